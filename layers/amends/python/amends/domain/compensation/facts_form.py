"""The documented form of facts: a JSON object in, `Facts` out, or every field that was refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from amends.domain.compensation.facts import (
    Account,
    Cause,
    Claimant,
    Contents,
    Extent,
    Facts,
    InsuranceKind,
    ItemKind,
    LossEvent,
    MilitaryMail,
    Mode,
)
from amends.domain.money import XDR, Money, digits_of
from amends.domain.refusal import FieldError, Invalid, Refusal

_DECIMAL = re.compile(r"[0-9]{1,30}(\.[0-9]{1,20})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CODE = re.compile(r"[a-z0-9][a-z0-9_.]{0,59}")
_LARGEST = Decimal(10) ** 12
_HEAVIEST = 10**9  # a thousand tonnes
_LONGEST = 100


class BadFacts(Invalid):
    """Facts that cannot be read; `errors` names every field."""

    code = "bad_facts"


class _FieldRefusedError(Exception):
    def __init__(self, code: str, message: str, at: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.at = code, message, at


def parse(document: object) -> Facts:
    """Read facts in the documented form; refuse unknown fields, wrong types, impossible values."""
    if not isinstance(document, Mapping):
        raise BadFacts("facts are one JSON object")
    errors: list[FieldError] = []
    values: dict[str, object] = {}
    for name, raw in document.items():
        if not isinstance(name, str) or name not in _READERS:
            errors.append(
                FieldError(
                    field=str(name)[:60],
                    code="unknown_field",
                    message="there is no such fact",
                )
            )
        elif raw is not None:
            try:
                values[name] = _READERS[name](raw)
            except _FieldRefusedError as error:
                path = name + error.at
                errors.append(FieldError(field=path, code=error.code, message=error.message))
        if len(errors) >= _LONGEST:
            break
    if not errors:
        facts = Facts(**values)  # type: ignore[arg-type]  # each reader gives its field's type
        errors = _contradictions(facts)
        if not errors:
            return facts
    raise BadFacts(
        f"{len(errors)} field(s) cannot be read: {errors[0].field}: {errors[0].message}",
        errors=errors,
    )


def _contradictions(facts: Facts) -> list[FieldError]:
    errors = []
    order = (
        ("posted_on", "promised_on"),
        ("posted_on", "delivered_on"),
        ("posted_on", "inquired_on"),
        ("posted_on", "complained_on"),
        ("posted_on", "as_of"),
        ("delivered_on", "as_of"),
        ("inquired_on", "as_of"),
        ("complained_on", "as_of"),
    )
    for earlier, later in order:
        first, second = getattr(facts, earlier), getattr(facts, later)
        if first is not None and second is not None and second < first:
            message = f"{earlier} {first} lies after {later} {second}"
            errors.append(FieldError(field=later, code="out_of_order", message=message))
    short, gross = facts.weight_short_grams, facts.gross_weight_grams
    if short is not None and gross is not None and short > gross:
        message = "the weight short exceeds the gross weight"
        errors.append(FieldError(field="weight_short_grams", code="too_large", message=message))
    if facts.payout_currency == XDR:
        message = "nobody can be paid in XDR: name a currency"
        errors.append(FieldError(field="payout_currency", code="not_payable", message=message))
    return errors


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise _FieldRefusedError("wrong_type", "a text is expected")
    if len(raw) > _LONGEST:
        raise _FieldRefusedError("too_long", f"at most {_LONGEST} characters")
    return raw


def _service(raw: object) -> str:
    text = _text(raw)
    if not text.isprintable():
        raise _FieldRefusedError("bad_format", "control characters are refused")
    return text


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = _text(raw)
        if not pattern.fullmatch(text):
            raise _FieldRefusedError("bad_format", f"{what} is expected")
        return text

    return read


def _one_of(kinds: type[StrEnum]) -> Callable[[object], StrEnum]:
    known = {kind.value: kind for kind in kinds}

    def read(raw: object) -> StrEnum:
        text = _text(raw)
        if text not in known:
            raise _FieldRefusedError("unknown_value", f"one of {', '.join(known)} is expected")
        return known[text]

    return read


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _FieldRefusedError("wrong_type", "true or false is expected")
    return raw


def _day(raw: object) -> date:
    text = _text(raw)
    if not _DATE.fullmatch(text):
        raise _FieldRefusedError("bad_format", "a date such as 2026-03-17 is expected")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _FieldRefusedError("bad_format", "there is no such day") from error
    if not 1950 <= day.year <= 2150:
        raise _FieldRefusedError("out_of_range", "a day between 1950 and 2150 is expected")
    return day


def _whole(largest: int) -> Callable[[object], int]:
    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise _FieldRefusedError("wrong_type", "a whole number is expected")
        if not 0 < raw <= largest:
            raise _FieldRefusedError("out_of_range", f"a number from 1 to {largest} is expected")
        return raw

    return read


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw) if 0 <= raw < _LARGEST else "-"
    if not isinstance(raw, str):
        raise _FieldRefusedError("wrong_type", 'a decimal text such as "12.30" is expected')
    if not _DECIMAL.fullmatch(raw):
        raise _FieldRefusedError("bad_amount", "a decimal of zero or more is expected")
    return Decimal(raw)


def _rate(raw: object) -> Decimal:
    rate = _decimal(raw)
    if not Decimal("0.0000001") <= rate <= 1000:
        raise _FieldRefusedError("out_of_range", "a rate above 0 and up to 1000 is expected")
    return rate


def _currency(raw: object) -> str:
    text = _text(raw)
    try:
        digits_of(text)
    except Refusal as error:
        raise _FieldRefusedError("unknown_currency", "a code of ISO 4217 is expected") from error
    return text


def _money(raw: object) -> Money:
    if not isinstance(raw, Mapping) or set(raw) != {"amount", "currency"}:
        raise _FieldRefusedError("wrong_type", '{"amount": "12.30", "currency": "CNY"} is expected')
    parts: dict[str, str | Decimal] = {}
    for part, read in (("amount", _decimal), ("currency", _currency)):
        try:
            parts[part] = read(raw[part])
        except _FieldRefusedError as error:
            raise _FieldRefusedError(error.code, error.message, f".{part}") from error
    amount = Decimal(parts["amount"])
    if amount >= _LARGEST:
        raise _FieldRefusedError("too_large", "an amount below 10^12 is expected", ".amount")
    try:
        return Money.of(amount, str(parts["currency"]))
    except Refusal as error:
        raise _FieldRefusedError("bad_amount", str(error), ".amount") from error


_BY_KIND: dict[Callable[[object], object], str] = {
    _one_of(LossEvent): "event",
    _one_of(Extent): "extent",
    _one_of(ItemKind): "item_kind",
    _one_of(Mode): "mode",
    _one_of(Account): "account",
    _one_of(Cause): "cause",
    _one_of(InsuranceKind): "insurance_kind",
    _one_of(Contents): "contents",
    _one_of(Claimant): "claimant",
    _one_of(MilitaryMail): "military",
    _matching(_CODE, "a code in lower case"): "carrier regime",
    _matching(_COUNTRY, "a country of two capital letters"): "origin_country destination_country",
    _service: "service",
    _currency: "payout_currency",
    _rate: "sdr_rate",
    _whole(_HEAVIEST): "gross_weight_grams weight_short_grams",
    _whole(100): "chosen_multiple",
    _day: "posted_on promised_on delivered_on inquired_on complained_on as_of rate_date",
    _money: "actual_value actual_loss market_price_at_destination insured_value postage "
    "registration_fee insurance_fee salvage repair_cost compensation_received duties",
    _flag: "value_proven value_destroyed_by_delay terms_prompted convention_applies same_city "
    "remote_area proof_of_posting waiver fragile damage_apparent force_majeure_cover guaranteed "
    "receipt_given",
}
_READERS = {name: read for read, names in _BY_KIND.items() for name in names.split()}

if set(_READERS) != {field.name for field in fields(Facts)}:  # a fact without a reader is a bug
    raise TypeError("facts and their readers differ")
