"""Form values: single values of a JSON document, read strictly."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from amends.domain.money import Money, digits_of
from amends.domain.parcel.countries import is_country
from amends.domain.refusal import Refusal

T = TypeVar("T")

LONGEST = 100
LARGEST = Decimal(10) ** 12
_DECIMAL = re.compile(r"[0-9]{1,30}(\.[0-9]{1,20})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FieldRefusedError(Exception):
    """One value was refused: a stable code, a sentence, and where inside the field (`.amount`)."""

    def __init__(self, code: str, message: str, at: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.at = code, message, at


def text(raw: object) -> str:
    """A printable text of at most 100 characters."""
    if not isinstance(raw, str):
        raise FieldRefusedError("wrong_type", "a text is expected")
    if len(raw) > LONGEST:
        raise FieldRefusedError("too_long", f"at most {LONGEST} characters")
    if not raw.isprintable():
        raise FieldRefusedError("bad_format", "control characters are refused")
    return raw


def matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    """A reader of texts of one shape."""

    def read(raw: object) -> str:
        told = text(raw)
        if not pattern.fullmatch(told):
            raise FieldRefusedError("bad_format", f"{what} is expected")
        return told

    return read


def country(raw: object) -> str:
    """A country of ISO 3166-1, two capital letters."""
    told = text(raw)
    if len(told) != 2 or not told.isascii() or not told.isupper():
        raise FieldRefusedError("bad_format", "a country of two capital letters is expected")
    if not is_country(told):
        raise FieldRefusedError("unknown_country", "a country of ISO 3166-1 such as CN is expected")
    return told


def one_of(kinds: type[StrEnum]) -> Callable[[object], StrEnum]:
    """A reader of the members of an enumeration."""
    known = {kind.value: kind for kind in kinds}

    def read(raw: object) -> StrEnum:
        told = text(raw)
        if told not in known:
            raise FieldRefusedError("unknown_value", f"one of {', '.join(known)} is expected")
        return known[told]

    return read


def flag(raw: object) -> bool:
    """True or false, and nothing that only looks like it."""
    if not isinstance(raw, bool):
        raise FieldRefusedError("wrong_type", "true or false is expected")
    return raw


def day(raw: object) -> date:
    """A calendar day between 1950 and 2150."""
    told = text(raw)
    if not _DATE.fullmatch(told):
        raise FieldRefusedError("bad_format", "a date such as 2026-03-17 is expected")
    try:
        found = date.fromisoformat(told)
    except ValueError as error:
        raise FieldRefusedError("bad_format", "there is no such day") from error
    if not 1950 <= found.year <= 2150:
        raise FieldRefusedError("out_of_range", "a day between 1950 and 2150 is expected")
    return found


def whole(largest: int) -> Callable[[object], int]:
    """A reader of whole numbers from 1."""

    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise FieldRefusedError("wrong_type", "a whole number is expected")
        if not 0 < raw <= largest:
            raise FieldRefusedError("out_of_range", f"a number from 1 to {largest} is expected")
        return raw

    return read


def decimal(raw: object) -> Decimal:
    """A decimal of zero or more, as a text or a whole number; no exponent, no NaN."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw) if 0 <= raw < LARGEST else "-"
    if not isinstance(raw, str):
        raise FieldRefusedError("wrong_type", 'a decimal text such as "12.30" is expected')
    if not _DECIMAL.fullmatch(raw):
        raise FieldRefusedError("bad_amount", "a decimal of zero or more is expected")
    return Decimal(raw)


def rate(raw: object) -> Decimal:
    """An exchange rate."""
    told = decimal(raw)
    if not Decimal("0.0000001") <= told <= 1000:
        raise FieldRefusedError("out_of_range", "a rate above 0 and up to 1000 is expected")
    return told


def share(raw: object) -> Decimal:
    """A part of a whole."""
    told = decimal(raw)
    if not 0 < told < 1:
        raise FieldRefusedError("out_of_range", "a share above 0 and below 1 is expected")
    return told


def currency(raw: object) -> str:
    """A code of ISO 4217, or XDR."""
    told = text(raw)
    try:
        digits_of(told)
    except Refusal as error:
        raise FieldRefusedError("unknown_currency", "a code of ISO 4217 is expected") from error
    return told


def money(raw: object) -> Money:
    """`{"amount": "12.30", "currency": "CNY"}`, below 10^12, no more digits than it carries."""
    if not isinstance(raw, Mapping) or set(raw) != {"amount", "currency"}:
        raise FieldRefusedError("wrong_type", '{"amount": "12.30", "currency": "CNY"} is expected')
    code = _part("currency", currency, raw)
    amount = _part("amount", decimal, raw)
    if amount >= LARGEST:
        raise FieldRefusedError("too_large", "an amount below 10^12 is expected", ".amount")
    try:
        return Money.of(amount, code)
    except Refusal as error:
        raise FieldRefusedError("bad_amount", str(error), ".amount") from error


def _part(name: str, read: Callable[[object], T], raw: Mapping[str, object]) -> T:
    try:
        return read(raw[name])
    except FieldRefusedError as error:
        raise FieldRefusedError(error.code, error.message, f".{name}") from error
