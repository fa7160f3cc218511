"""Call: one HTTP request as an API function sees it."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amends.domain.ids import ASKED, derived
from amends.web.problem import BadBody, TooLarge, Unsupported
from amends.web.strict import strict_json

if TYPE_CHECKING:
    from amends.web.identity import Identity

LARGEST_BODY = 1_000_000
"""Bytes; files go to the bucket, not through the API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Header names are lower case; `identity` proves the JWT that is shown, None without one."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    raw_body: bytes
    request_id: str
    identity: "Callable[[], Identity | None]"
    params: Mapping[str, str]

    @property
    def language(self) -> str:
        """`zh-CN` when the caller prefers any Chinese, else `en`."""
        for part in self.headers.get("accept-language", "").split(","):
            tag = part.split(";")[0].strip().lower()
            if tag.startswith("zh"):
                return "zh-CN"
            if tag.startswith("en"):
                return "en"
        return "en"

    @property
    def cause(self) -> str:
        """What events name as their cause: the client's key, the same whenever it asks again.

        Without a key it is this one request.
        """
        key = self.headers.get("idempotency-key")
        return derived(ASKED, self.method, self.path, key) if key else self.request_id

    @property
    def bearer(self) -> str | None:
        """The token of `Authorization: Bearer …`, or None."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() or None if scheme.lower() == "bearer" else None

    def json(self) -> Any:
        """The body as JSON; refuses another content type, broken JSON, NaN and duplicate keys."""
        content_type = self.headers.get("content-type", "").split(";")[0].strip().lower()
        if content_type != "application/json":
            raise Unsupported("the body must be application/json")
        if not self.raw_body:
            raise BadBody("the body is empty")
        try:
            return strict_json(self.raw_body)
        except ValueError as error:
            raise BadBody("the body is not valid JSON") from error


def call_of(event: Mapping[str, Any]) -> Call:
    """Read an HTTP API event (payload format 2.0); refuses a body above the limit."""
    context = event.get("requestContext", {})
    http = context.get("http", {})
    body = event.get("body") or ""
    if len(body) > LARGEST_BODY * 4 // 3 + 4:
        raise TooLarge(f"a body has at most {LARGEST_BODY} bytes")
    try:
        raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BadBody("the body cannot be decoded") from error
    if len(raw) > LARGEST_BODY:
        raise TooLarge(f"a body has at most {LARGEST_BODY} bytes")
    return Call(
        method=http.get("method", "GET"),
        path=event.get("rawPath", "/"),
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        query=event.get("queryStringParameters") or {},
        raw_body=raw,
        request_id=context.get("requestId", ""),
        identity=nobody,
        params={},
    )


def nobody() -> None:
    """The identity of a call that shows no JWT."""
