"""Kuaidi100 快递100: one number a question, signed forms, China time throughout."""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from hashlib import md5, sha256
from urllib.parse import parse_qsl

from amends.catalog.payloads.kuaidi100 import CHANNEL, param_of, read
from amends.domain.exchange import Exchange, Request, Response
from amends.domain.parcel.answering import answer, together
from amends.domain.parcel.carriers import name_at
from amends.domain.parcel.channel import (
    Account,
    Answer,
    Asked,
    BadSignature,
    Limits,
    Malformed,
    Push,
    PushKind,
)
from amends.domain.parcel.wire import document, failure, part, text

CARRIERS: frozenset[str] = frozenset()
LIMITS = Limits(
    batch_size=1,
    requests=5,
    per=timedelta(seconds=1),
    refresh_after=timedelta(minutes=30),
    source="Kuaidi100: the same number again within 30 minutes may be locked; no rate published",
)
SECRETS: tuple[str, ...] = ("customer", "key", "salt")
"""Subscribing also takes `callback_url`, where the pushes go."""
BASE_URL = "https://poll.kuaidi100.com"
ACKNOWLEDGED = '{"result":true,"returnCode":"200","message":"成功"}'.encode()

_REFUSALS = {
    "501": "ok",  # subscribed already
    "500": "unavailable",
    "600": "unauthorised",
    "601": "quota",
    "700": "needs_details",
    "701": "needs_details",  # no such courier
    "702": "bad_number",
}


__all__ = ["BASE_URL", "CARRIERS", "LIMITS", "SECRETS", "read", "receive", "register", "track"]


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about one number (more are asked one after another)."""
    answers: list[Answer] = []
    for one in asked:
        param = _compact(
            {
                "com": name_at(CHANNEL, one.carrier) or one.carrier or "auto",
                "num": one.number,
                "phone": one.phone_tail or "",
                "resultv2": "4",
                "show": "0",
                "order": "desc",
            }
        )
        customer = account.secrets["customer"]
        sign = _md5(param + account.secrets["key"] + customer)
        response = yield Request.post_form(
            f"{account.base_url}/poll/query.do",
            {"customer": customer, "sign": sign, "param": param},
        )
        answers.append(
            answer([one], response, channel=CHANNEL, read=partial(read, number=one.number))
        )
    return together(answers)


def register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """Subscribe each number to pushes, signed with our own salt."""
    outcome: dict[str, str] = {}
    for one in asked:
        carrier = name_at(CHANNEL, one.carrier) or one.carrier or ""
        param = {
            "company": carrier,
            "number": one.number,
            "key": account.secrets["key"],
            "parameters": {
                "callbackurl": account.secrets.get("callback_url", ""),
                "salt": account.secrets["salt"],
                "resultv2": "4",
                "autoCom": "0" if carrier else "1",
                "phone": one.phone_tail or "",
            },
        }
        response = yield Request.post_form(
            f"{account.base_url}/poll", {"schema": "json", "param": _compact(param)}
        )
        outcome[one.number] = _subscribed(response)
    return outcome


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """The form's `sign` is the MD5 of its decoded `param` and the salt of the subscription."""
    del headers  # nothing in them is signed
    param = param_of(body)
    claimed = dict(parse_qsl(body.decode("utf-8", "replace"))).get("sign", "").upper()
    salt = secrets.get("salt", "")
    expected = _md5(param.decode() + salt) if param else ""
    if not param or not salt or not hmac.compare_digest(expected.encode(), claimed.encode()):
        raise BadSignature("the field `sign` does not match `param`")
    readings = tuple(one for one in read(param) if one.number)
    if not readings:
        raise Malformed("the push names no number")
    event_id = sha256(param).hexdigest()
    return Push(
        kind=PushKind.READINGS, event_id=event_id, readings=readings, acknowledge=ACKNOWLEDGED
    )


def _compact(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _md5(signed: str) -> str:
    return md5(signed.encode(), usedforsecurity=False).hexdigest().upper()


def _subscribed(response: Response) -> str:
    if failed := failure(response):
        return failed[0]
    try:
        content = part(document(response.body))
    except Malformed:
        return "malformed"
    if content.get("result") is True or text(content.get("returnCode")) == "200":
        return "ok"
    return _REFUSALS.get(text(content.get("returnCode")), "malformed")
