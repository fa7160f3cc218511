"""Idempotency-Key: the same key and body get the first answer; another body is refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

from amends.domain.refusal import FieldError, Invalid
from amends.ports.idempotency import Claimed, Idempotency, Replay, Reused
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.problem import KeyRequired, KeyReused, StillRunning

LONGEST = 255


def once(
    call: Call,
    *,
    caller: str,
    store: Idempotency,
    at: datetime,
    act: Callable[[str], Answer],
    is_required: bool = False,
    hide: Callable[[Answer], Answer] = lambda answer: answer,
    unhide: Callable[[Answer], Answer] = lambda answer: answer,
) -> Answer:
    """Act once for each key of a caller.

    `act` is given the origin that ids are derived from: the key, or the request without one.
    `hide` takes out of the kept answer what may not be stored; `unhide` puts it back.
    """
    key = call.headers.get("idempotency-key")
    if key is None:
        if is_required:
            raise KeyRequired("this request needs an Idempotency-Key")
        return act(f"{caller}\x1frequest\x1f{call.request_id}")
    if not 1 <= len(key) <= LONGEST:
        error = FieldError(field="Idempotency-Key", code="length", message="1 to 255 characters")
        raise Invalid("the Idempotency-Key has 1 to 255 characters", errors=[error])
    origin = f"{caller}\x1f{call.method} {call.path}\x1f{key}"
    row = sha256(origin.encode()).hexdigest()
    digest = sha256(call.raw_body).hexdigest()
    match store.claim(row, digest, at=at):
        case Replay(status=status, body=body, headers=headers):
            told = Answer(
                status=status, body=body, headers={**headers, "idempotency-replayed": "true"}
            )
            return unhide(told)
        case Reused():
            raise KeyReused("this Idempotency-Key came with another body before")
        case Claimed():
            pass
        case _:
            raise StillRunning("the first request with this Idempotency-Key is being answered")
    try:
        answer = act(origin)
        kept = hide(answer)
        store.answered(row, status=kept.status, body=kept.body, headers=dict(kept.headers))
    except Exception:
        # What is done again under the same origin is done once: the client need not wait.
        with suppress(Exception):
            store.release(row)
        raise
    return answer
