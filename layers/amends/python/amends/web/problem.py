"""Problems: RFC 9457 answers, with nothing in them that a stranger may not read."""

import json
from collections.abc import Iterable, Mapping

from amends.domain.refusal import Refusal
from amends.web.answer import Answer

TITLES: Mapping[int, str] = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Unprocessable",
    428: "Precondition required",
    429: "Too many requests",
    500: "Internal error",
    503: "Not now",
}


class Unsupported(Refusal):
    """The body is not JSON by its content type."""

    code = "unsupported_media_type"
    status = 415


class TooLarge(Refusal):
    """The body is larger than any request of this API."""

    code = "too_large"
    status = 413


class BadBody(Refusal):
    """The body is not what its content type says."""

    code = "bad_json"
    status = 400


class MethodNotAllowed(Refusal):
    """The path exists, the verb does not."""

    code = "method_not_allowed"
    status = 405

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__("this path does not know that method")
        self.known = frozenset(known)


class Unauthenticated(Refusal):
    """No proof of who calls, or one that does not hold."""

    code = "unauthenticated"
    status = 401


class Forbidden(Refusal):
    """Who calls is known, and may not do this."""

    code = "forbidden"
    status = 403


class KeyRequired(Refusal):
    """A POST that moves money or promises it needs an Idempotency-Key."""

    code = "idempotency_key_required"
    status = 400


class KeyReused(Refusal):
    """The same Idempotency-Key came with another body."""

    code = "idempotency_key_reused"
    status = 422


class StillRunning(Refusal):
    """The first request with this Idempotency-Key has not been answered yet."""

    code = "idempotency_twin_running"
    status = 409


class PreconditionFailed(Refusal):
    """If-Match names a version that is no longer the newest."""

    code = "precondition_failed"
    status = 412


def problem(refusal: Refusal, *, request_id: str) -> Answer:
    """The answer to a refusal."""
    document: dict[str, object] = {
        "type": f"https://amends.example/problems/{refusal.code}",
        "title": TITLES.get(refusal.status, "Refused"),
        "status": refusal.status,
        "detail": str(refusal),
        "code": refusal.code,
        "request_id": request_id,
        "errors": [
            {"field": error.field, "code": error.code, "message": error.message}
            for error in refusal.errors
        ],
    }
    headers = {"content-type": "application/problem+json"}
    if refusal.status == 401:
        headers["www-authenticate"] = "Bearer"
    if isinstance(refusal, MethodNotAllowed):
        heads = {"HEAD"} if "GET" in refusal.known else set()
        headers["allow"] = ", ".join(sorted(refusal.known | heads))
    if refusal.retry_after_seconds is not None:
        headers["retry-after"] = str(refusal.retry_after_seconds)
    return Answer(status=refusal.status, body=json.dumps(document), headers=headers)


def accident(*, request_id: str) -> Answer:
    """The answer when the fault is ours: nothing but a number to quote."""
    document = {
        "type": "https://amends.example/problems/internal_error",
        "title": TITLES[500],
        "status": 500,
        "detail": "Something went wrong on our side; nothing of the request was lost.",
        "code": "internal_error",
        "request_id": request_id,
        "errors": [],
    }
    headers = {"content-type": "application/problem+json"}
    return Answer(status=500, body=json.dumps(document), headers=headers)
