"""Contract: what an endpoint promises, declared beside its router and read by `tools.openapi`.

No handler imports this: a declaration may name pydantic models and cost what it likes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Form = Any
"""What a body or an answer looks like: a pydantic model, a TypedDict, a dataclass, `list[…]`, an
`Altered` one of these, or a JSON schema written out."""


class Caller(StrEnum):
    """Who may call, and with which proof."""

    ANYONE = "anyone"
    CLAIMANT = "claimant"
    CLAIMANT_OR_MERCHANT = "claimant_or_merchant"
    ANYONE_OR_MERCHANT = "anyone_or_merchant"
    MERCHANT_CASES = "merchant_cases"
    MERCHANT_SHIPMENTS = "merchant_shipments"
    MERCHANT_WEBHOOKS = "merchant_webhooks"
    STAFF = "staff"
    TASK_LINK = "task_link"
    SIGNATURE = "signature"


class Key(StrEnum):
    """Whether an Idempotency-Key is read."""

    UNREAD = "unread"
    HONOURED = "honoured"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of the query or of the path: a JSON schema and a sentence."""

    schema: Mapping[str, Any]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A dataclass of the domain as a view shows it: some fields replaced, some left out."""

    name: str
    source: type
    fields: Mapping[str, Form] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One verb on one path; `answers` maps each good status to its document, None to no body.

    `refuses` names statuses of problems beyond those that its caller, body, key and path imply.
    `media` is the type of the good answers. `etag`, `location`: which headers they carry.
    """

    says: str
    caller: Caller
    answers: Mapping[int, Form]
    body: Form = None
    is_body_optional: bool = False
    query: Mapping[str, Parameter] = field(default_factory=dict)
    key: Key = Key.UNREAD
    if_match: bool = False
    etag: bool = False
    location: bool = False
    speaks: bool = False
    refuses: tuple[int, ...] = ()
    more: str = ""
    media: str = "application/json"
    body_media: str = "application/json"


Operations = Mapping[tuple[str, str], Operation]
"""Operations by method and path, the path exactly as the router has it."""

LIMIT = Parameter(
    schema={"type": "integer", "minimum": 1, "maximum": 100}, says="How many rows a page has."
)
CURSOR = Parameter(
    schema={"type": "string", "minLength": 1, "maxLength": 100},
    says="`next_cursor` of the page before.",
)


def schema_of(**fields: Any) -> dict[str, Any]:
    """The schema of an object of these fields, all of them there."""
    return {"type": "object", "properties": fields, "required": list(fields)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list answer: `data` of these, `has_more` and `next_cursor`."""

    of: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several forms."""

    among: tuple[Form, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A list of one form."""

    of: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOf:
    """A dataclass as a body: each of its fields may be absent or null; `beside` stands with them.

    Each entry of `beside` is the name of an object, and what it is.
    """

    source: type
    beside: tuple[tuple[str, str], ...] = ()
