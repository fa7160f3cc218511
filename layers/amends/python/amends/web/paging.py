"""Paging: what a list's query may say, refused when it is wrong."""

from enum import StrEnum
from typing import TypeVar

from amends.domain.refusal import FieldError, Invalid
from amends.web.call import Call

LARGEST_PAGE = 100
LONGEST = 100
_E = TypeVar("_E", bound=StrEnum)


def limit_of(call: Call, default: int = 25) -> int:
    """`?limit=`, 1 to 100."""
    told = call.query.get("limit", str(default))
    if not (told.isascii() and told.isdigit() and len(told) < 4 and 1 <= int(told) <= LARGEST_PAGE):
        raise _wrong("limit", f"1 to {LARGEST_PAGE}")
    return int(told)


def cursor_of(call: Call) -> str | None:
    """`?cursor=`, as an earlier page gave it."""
    return text_of(call, "cursor")


def text_of(call: Call, name: str) -> str | None:
    """A text of 1 to 100 characters, when it is asked for."""
    told = call.query.get(name)
    if told is not None and not (1 <= len(told) <= LONGEST and told.isprintable()):
        raise _wrong(name, f"1 to {LONGEST} characters")
    return told


def one_of(call: Call, name: str, among: type[_E]) -> _E | None:
    """A member of an enumeration, when it is asked for."""
    told = call.query.get(name)
    if told is None:
        return None
    if told not in set(among):
        raise _wrong(name, f"one of {', '.join(among)}")
    return among(told)


def _wrong(name: str, wanted: str) -> Invalid:
    error = FieldError(field=name, code="invalid", message=f"{wanted} is expected")
    return Invalid(f"{name} is not as it should be", errors=[error])
