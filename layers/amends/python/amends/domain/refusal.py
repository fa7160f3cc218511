"""Refusals: what we answer when the request, not the system, is at fault."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One field that was refused: its path (`shipment.weight_grams`), a stable code, a sentence."""

    field: str
    code: str
    message: str


class Refusal(Exception):  # noqa: N818 - the field's word; not every refusal is an error
    """The request cannot be granted as it stands.

    `code` is stable and public; `status` is the HTTP status that the edge answers with; the
    message is one sentence that a caller may read: no personal data, no table name, no stack.
    `retry_after_seconds` says when the same request may be granted, where that is known.
    """

    code = "refused"
    status = 400
    retry_after_seconds: int | None = None

    def __init__(self, message: str, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(message)
        self.errors = tuple(errors)


class NotFound(Refusal):
    """There is no such thing, or it is not the caller's: the two are told apart by nobody."""

    code = "not_found"
    status = 404


class OutOfOrder(Refusal):
    """The step is a good one at another moment of the case."""

    code = "out_of_order"
    status = 409


class Invalid(Refusal):
    """A value is outside what the field allows."""

    code = "invalid"
    status = 422
