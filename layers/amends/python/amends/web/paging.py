"""Paging: what a list's query may say, refused when it is wrong, and the list that answers it."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from amends.domain.refusal import FieldError, Invalid
from amends.web.call import Call

LARGEST_PAGE = 100
LONGEST = 100
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


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


def whole(rows: Sequence[object]) -> dict[str, Any]:
    """A list that is all there."""
    return {"data": rows, "has_more": False, "next_cursor": None}


def page_of(
    call: Call,
    rows: Sequence[_T],
    *,
    place: Callable[[_T], str],
    show: Callable[[_T], object],
    default: int = 25,
) -> dict[str, Any]:
    """The page that is asked for of rows at hand, sorted by `place`, which no two rows share.

    A row that goes while somebody pages keeps none of the others from its page.
    """
    limit, after = limit_of(call, default), cursor_of(call) or ""
    ahead = [row for row in sorted(rows, key=place) if place(row) > after]
    page, more = ahead[:limit], len(ahead) > limit
    return {
        "data": [show(row) for row in page],
        "has_more": more,
        "next_cursor": place(page[-1]) if more else None,
    }


def _wrong(name: str, wanted: str) -> Invalid:
    error = FieldError(field=name, code="invalid", message=f"{wanted} is expected")
    return Invalid(f"{name} is not as it should be", errors=[error])
