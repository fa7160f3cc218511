"""What goes over the wire: a request read, an answer and a push to send."""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request; `path` starts after the channel's mount, header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def content(self) -> object:
        """The body as JSON; None when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def rows(self) -> list[dict[str, object]]:
        """The objects of a JSON array, or the one object."""
        content = self.content()
        return [
            row
            for row in (content if isinstance(content, list) else [content])
            if isinstance(row, dict)
        ]

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def basic(self) -> tuple[str, str]:
        """User and password of Basic authentication; empty ones when there is none."""
        scheme, _, encoded = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return "", ""
        try:
            user, _, password = b64decode(encoded).decode().partition(":")
        except (NotBase64, UnicodeDecodeError):
            return "", ""
        return user, password


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A push: what is posted to the callback."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    url: str | None = None
    """Where the subscriber wanted it, when the channel was told with the registration."""


def as_json(body: object, *, status: int = 200, content_type: str = "application/json") -> Answer:
    """An answer in JSON."""
    return Answer(
        body=json.dumps(body, ensure_ascii=False).encode(),
        status=status,
        content_type=content_type,
    )


def compact(body: object) -> bytes:
    """JSON without spaces, as providers post it."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def text(row: Mapping[str, object], key: str) -> str:
    """A field as text; empty when absent or null."""
    value = row.get(key)
    return "" if value is None else str(value)


def inner(row: Mapping[str, object], key: str) -> dict[str, object]:
    """A nested object; empty when absent."""
    value = row.get(key)
    return value if isinstance(value, dict) else {}
