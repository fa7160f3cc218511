"""Exchange: a conversation with a third party, without I/O.

A plug-in is a generator: it yields requests and is sent responses. One adapter does all I/O, so a
protocol can be tested with a plain loop, and a timeout is an answer like any other.
"""

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")


class Trouble(StrEnum):
    """Why there is no response."""

    REFUSED = "refused"
    """The connection was never made: the request cannot have acted."""
    TIMEOUT = "timeout"
    """Sent, unanswered: it may have acted."""
    BROKEN = "broken"
    """The connection broke while it was being answered: it may have acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request; `url` is absolute and carries no secret (those go in headers or body)."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def get(
        cls,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> "Request":
        """A GET; `query` is encoded and appended."""
        full = f"{url}?{urlencode(query)}" if query else url
        return cls(method="GET", url=full, headers=headers or {})

    @classmethod
    def post_json(
        cls, url: str, document: object, *, headers: Mapping[str, str] | None = None
    ) -> "Request":
        """A POST of JSON, compact and UTF-8, as it will be signed and sent."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(
            method="POST",
            url=url,
            headers={"content-type": "application/json", **(headers or {})},
            body=body,
        )

    @classmethod
    def post_form(
        cls,
        url: str,
        form: Mapping[str, str] | Sequence[tuple[str, str]],
        *,
        headers: Mapping[str, str] | None = None,
    ) -> "Request":
        """A POST of a url-encoded form."""
        return cls(
            method="POST",
            url=url,
            headers={"content-type": "application/x-www-form-urlencoded", **(headers or {})},
            body=urlencode(form).encode(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; `trouble` set and `status` 0 when nothing did. Header names: lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trouble: Trouble | None = None

    def json(self) -> Any:
        """The parsed body; raises ValueError when it is not JSON."""
        return json.loads(self.body)

    @property
    def is_ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


Exchange = Generator[Request, Response, T]


def converse(exchange: Exchange[T], send: Callable[[Request], Response]) -> T:
    """Carry the exchange through with `send`, and return what it concludes."""
    try:
        request = next(exchange)
        while True:
            request = exchange.send(send(request))
    except StopIteration as done:
        result: T = done.value
        return result
