"""Reading a staff request's body: typed fields, all refusals at once, nothing unknown."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from amends.domain.case.question import Fact, Question, read_answers
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid, Refusal

LONGEST = 2000
_E = TypeVar("_E", bound=StrEnum)


def body_of(document: object) -> "Body":
    """A body to read; refuses what is no JSON object."""
    if not isinstance(document, dict):
        raise Invalid("the body is one JSON object")
    return Body(document)


@dataclass(slots=True)
class Body:
    """A JSON object being read; `done` refuses what was wrong, missing or not asked for."""

    raw: Mapping[str, Any]
    path: str = ""
    seen: set[str] = field(default_factory=set)
    errors: list[FieldError] = field(default_factory=list)

    def text(self, name: str, default: str | None = None) -> str:
        """A text of 1 to 2,000 characters."""
        value: str = self._take(name, str, default)
        if not value.strip() and value != default:
            self._wrong(name, "required", "this must be said")
        elif len(value) > LONGEST or "\x00" in value:
            self._wrong(name, "too_long", f"at most {LONGEST} characters")
        return value

    def maybe(self, name: str) -> str | None:
        """A text that need not be there."""
        if self.raw.get(name) is None:
            self.seen.add(name)
            return None
        return self.text(name)

    def yes(self, name: str, *, default: bool | None = None) -> bool:
        """True or false."""
        value: bool = self._take(name, bool, default)
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number from 0 to a thousand million."""
        value: int = self._take(name, int, default)
        if isinstance(value, bool) or not 0 <= value <= 10**9:
            self._wrong(name, "out_of_range", "a whole number from 0")
        return value

    def texts(self, name: str, *, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of at most 200 texts."""
        value = self._take(name, list, list(default) if default is not None else None)
        if len(value) > 200 or not all(isinstance(v, str) and len(v) <= 300 for v in value):
            self._wrong(name, "wrong_type", "a list of texts")
            return ()
        return tuple(value)

    def choice(self, name: str, among: type[_E]) -> _E:
        """One of an enumeration's values."""
        value = self.raw.get(name)
        self.seen.add(name)
        known = list(among)
        if not isinstance(value, str) or value not in known:
            self._wrong(name, "unknown_value", f"one of {', '.join(known)}")
            return known[0]
        return among(value)

    def moment(self, name: str) -> datetime:
        """A moment with its offset."""
        text = self._take(name, str, None)
        with suppress(ValueError):
            at = datetime.fromisoformat(text)
            if at.tzinfo is not None:
                return at.astimezone(UTC)
        self._wrong(name, "wrong_type", "a moment such as 2026-11-20T08:00:00Z")
        return datetime(2000, 1, 1, tzinfo=UTC)

    def day(self, name: str) -> date:
        """A date."""
        text = self._take(name, str, None)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._wrong(name, "wrong_type", "a date such as 2026-11-20")
            return date(2000, 1, 1)

    def money(self, name: str) -> Money:
        """An amount and its currency."""
        raw = self._take(name, dict, None)
        try:
            if set(raw) != {"amount", "currency"} or not isinstance(raw["amount"], str):
                raise ValueError("an amount in quotes and a currency")  # noqa: TRY301 - one refusal
            return Money.of(raw["amount"], raw["currency"])
        except (ValueError, ArithmeticError, TypeError, KeyError, Refusal):
            self._wrong(name, "wrong_type", "such as {amount: '12.30', currency: 'CNY'}")
            return Money.of("0", "CNY")

    def mapping(self, name: str) -> Mapping[str, object]:
        """An object that somebody else reads."""
        value: Mapping[str, object] = self._take(name, dict, {})
        return value

    def answers(self, name: str, asked: Sequence[Question]) -> tuple[Fact, ...]:
        """Typed answers to these questions."""
        try:
            return read_answers(asked, self.mapping(name), path=f"{self.path}{name}")
        except Invalid as refused:
            self.errors.extend(refused.errors)
            return ()

    def rows(self, name: str) -> list["Body"]:
        """A list of 1 to 50 objects, each read like this one."""
        value = self._take(name, list, None)
        if not 1 <= len(value) <= 50 or not all(isinstance(row, dict) for row in value):
            self._wrong(name, "wrong_type", "a list of objects")
            return []
        return [
            Body(raw=row, path=f"{self.path}{name}.{index}.", errors=self.errors)
            for index, row in enumerate(value)
        ]

    def done(self) -> None:
        """Refuse the body when anything was wrong with it."""
        for name in self.raw.keys() - self.seen:
            self._wrong(name, "unknown", "this field is not known")
        if self.errors:
            raise Invalid("the body cannot be read", errors=self.errors)

    def _take(self, name: str, kind: type[Any], default: Any) -> Any:
        self.seen.add(name)
        value = self.raw.get(name, default)
        if value is None:
            self._wrong(name, "required", "this field is needed")
            return kind()
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._wrong(name, "wrong_type", f"this field is {kind.__name__}")
            return kind()
        return value

    def _wrong(self, name: str, code: str, message: str) -> None:
        if not any(error.field == f"{self.path}{name}" for error in self.errors):
            self.errors.append(FieldError(field=f"{self.path}{name}", code=code, message=message))
