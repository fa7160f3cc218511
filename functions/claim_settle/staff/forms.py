"""Forms of the staff's bodies, told by the reading itself: what `prepare` asks of a `Body`.

A command's body has no second description that could differ from how it is read. `prepare` is run
once with a body that answers everything and notes what it was asked. No handler imports this.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from amends.domain.case.permissions import Group
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import Refusal
from amends.web.call import Call, nobody
from claim_settle.body import LONGEST, Body
from claim_settle.staff_desk import Asked, Desk

Schema = dict[str, Any]
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")
AT = datetime(2026, 1, 1, tzinfo=UTC)
TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"\S"}
MONEY: Schema = {"$ref": "#/components/schemas/MoneyBody"}


class _AllReadError(Exception):
    """The command has read what it reads."""


class _Told(dict[str, Any]):
    """A body in which whatever is looked for is there, or nothing is.

    Who looks before reading does not need it.
    """

    def __init__(self, *, is_full: bool) -> None:
        super().__init__()
        self.is_full = is_full
        self.looked_for: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.looked_for.add(name)
        return "" if self.is_full else default

    def __contains__(self, name: object) -> bool:
        self.looked_for.add(str(name))
        return self.is_full

    def __getitem__(self, _: str) -> Any:
        return ""


class Noted(Body):
    """A body that answers everything and notes what was asked."""

    __slots__ = ("properties", "required")

    def __init__(self, *, is_full: bool = True) -> None:
        super().__init__(_Told(is_full=is_full))
        self.properties: Schema = {}
        self.required: list[str] = []

    @property
    def form(self) -> Schema:
        """The schema of what was asked."""
        schema: Schema = {"type": "object", "properties": self.properties}
        if self.required:
            schema["required"] = self.required
        return {**schema, "additionalProperties": False}

    def text(self, name: str, default: str | None = None) -> str:
        """Note a text."""
        self._note(name, TEXT if default is None else {"type": "string", "maxLength": LONGEST})
        return self._needed(name, "text", default)

    def maybe(self, name: str) -> str | None:
        """Note a text that need not be there."""
        self._note(name, {**TEXT, "type": ["string", "null"]})
        return "text"

    def yes(self, name: str, *, default: bool | None = None) -> bool:
        """Note a yes or no."""
        self._note(name, {"type": "boolean"})
        return self._needed(name, value=True, default=default)

    def whole(self, name: str, default: int | None = None) -> int:
        """Note a whole number."""
        self._note(name, {"type": "integer", "minimum": 0, "maximum": 10**9})
        return self._needed(name, 1, default)

    def texts(self, name: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Note a list of texts."""
        member = {"type": "string", "maxLength": 300}
        self._note(name, {"type": "array", "maxItems": 200, "items": member})
        return self._needed(name, ("text",), default)

    def choice(self, name: str, among: type[_E]) -> _E:
        """Note a member of an enumeration."""
        self._note(name, {"type": "string", "enum": [str(one) for one in among]})
        return self._needed(name, next(iter(among)))

    def moment(self, name: str) -> datetime:
        """Note a moment."""
        self._note(name, {"type": "string", "format": "date-time"})
        return self._needed(name, AT)

    def day(self, name: str) -> date:
        """Note a date."""
        self._note(name, {"type": "string", "format": "date"})
        return self._needed(name, AT.date())

    def money(self, name: str) -> Money:
        """Note an amount."""
        self._note(name, MONEY)
        return self._needed(name, Money.of("1", "CNY"))

    def mapping(self, name: str) -> Mapping[str, object]:
        """Note an object that somebody else reads."""
        self._note(name, {"type": "object"})
        return {}

    def rows(self, name: str) -> list[Body]:
        """Note a list of objects; what is read of one is noted as of each."""
        row = Noted()
        items = row.form
        self._note(name, {"type": "array", "minItems": 1, "maxItems": 50, "items": items})
        self.required.append(name)
        items["required"] = row.required
        return [row]

    def done(self) -> None:
        """Stop: whatever was going to be read has been."""
        raise _AllReadError

    def _note(self, name: str, schema: Schema) -> None:
        self.properties.setdefault(name, schema)

    def _needed(self, name: str, value: _T, default: _T | None = None) -> _T:
        is_looked_for = isinstance(self.raw, _Told) and name in self.raw.looked_for
        if default is None and not is_looked_for and name not in self.required:
            self.required.append(name)
        return value


def form_of(read: Callable[[Asked], object], **places: str) -> Schema:
    """The schema of the body that a command reads.

    It is read twice, with all and with nothing of what it looks for first: what both ways read is
    needed, what only one reads is not. `places` are parts of the path that a command looks up.
    """
    full, bare = Noted(is_full=True), Noted(is_full=False)
    for body in (full, bare):
        with suppress(_AllReadError, Refusal):  # a made-up answer met a rule: all was read before
            read(_asked(body, places))
    full.properties = {**full.properties, **bare.properties}
    full.required = [name for name in full.required if name in bare.required]
    return full.form


def _asked(body: Body, places: Mapping[str, str]) -> Asked:
    call = Call(
        method="POST",
        path="/",
        headers={},
        query={},
        raw_body=b"",
        request_id="",
        identity=nobody,
        params=defaultdict(str, places),
    )
    occasion = Occasion(at=AT, by="staff:", because="")
    return Asked(
        desk=_NOWHERE, call=call, body=body, by="staff:", groups=tuple(Group), occasion=occasion
    )


def _nothing(*_: object) -> Any:
    raise _AllReadError


def nowhere(desk: type[_T]) -> _T:
    """A desk that has nothing: whoever asks it for something has read all of the body before."""
    return desk(**{one.name: _nothing for one in fields(desk)})  # type: ignore[arg-type]  # a desk that only notes


_NOWHERE = nowhere(Desk)
