"""Tariff: a merchant's or carrier's own contract as data, validated, then a regime like any other.

    {
      "code": "contract.acme", "title": {"en": "Acme contract", "zh-CN": "…"},
      "valid_from": "2026-01-01", "valid_to": null, "source": "contract no. 7, clause 9",
      "cap": {"amount": "300.00", "currency": "CNY"}, "times_postage": "5", "per_kg": null,
      "insured": "proportional", "freight_back": ["lost", "damaged"], "delay": "freight",
      "force_majeure": "excluded", "window": {"from": "delivered_on", "days": 30},
      "windows": [{"name": "action", "from": "posted_on", "days": 730}],
      "presumed_lost": {"from": "promised_on", "days": 20}
    }

Of several limits the lowest holds. `insured` is `proportional` (insured amount times the share
lost), `up_to` (the loss within it) or null (not sold). `delay` is `freight` or null. `window` is
the one to complain in; `windows` names others: one to inquire, complain or claim in denies what
comes after it, one to appeal or sue in is only told.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal

from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.form_values import FieldRefusedError, day, decimal, money, text
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text
from amends.domain.compensation.tariff_terms import DONE, Tariff, regime_of
from amends.domain.refusal import FieldError, Invalid

_CODE = re.compile(r"contract\.[a-z0-9][a-z0-9_]{0,40}")
_STARTS = ("posted_on", "promised_on", "delivered_on")
_WINDOWS = (*DONE, "appeal", "action")
MOST_WINDOWS = 8


class BadTariff(Invalid):
    """A tariff that cannot be used; `errors` names every field."""

    code = "bad_tariff"


def read_tariff(document: object) -> Regime:
    """A regime from a tariff document; refuses unknown fields and terms without any limit."""
    if not isinstance(document, Mapping):
        raise BadTariff("a tariff is one JSON object")
    errors: list[FieldError] = []
    told: dict[str, object] = {}
    for name, raw in document.items():
        if name not in _READERS:
            errors.append(_error(str(name)[:60], "unknown_field", "there is no such term"))
        elif raw is not None:
            try:
                told[name] = _READERS[name](raw)
            except FieldRefusedError as error:
                errors.append(_error(name + error.at, error.code, error.message))
    errors += [
        _error(name, "missing", "this term is required")
        for name in ("code", "title", "valid_from", "source")
        if name not in told and not any(error.field.startswith(name) for error in errors)
    ]
    if not errors and not {"cap", "times_postage", "per_kg", "insured"} & set(told):
        errors.append(_error("cap", "missing", "a limit or an insurance rule is required"))
    if errors:
        message = f"{errors[0].field}: {errors[0].message}"
        raise BadTariff(f"{len(errors)} term(s) cannot be read: {message}", errors=errors)
    tariff = Tariff(**told)  # type: ignore[arg-type]  # each reader gives its field's type
    if tariff.valid_to is not None and tariff.valid_to < tariff.valid_from:
        late = _error("valid_to", "out_of_order", "it ends before it begins")
        raise BadTariff("the tariff ends before it begins", errors=[late])
    return regime_of(tariff)


def _error(field: str, code: str, message: str) -> FieldError:
    return FieldError(field=field, code=code, message=message)


def _choice(*known: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if raw not in known:
            raise FieldRefusedError("unknown_value", f"one of {', '.join(known)} is expected")
        return str(raw)

    return read


def _code(raw: object) -> str:
    code = text(raw)
    if not _CODE.fullmatch(code):
        raise FieldRefusedError("bad_format", "a code such as contract.acme is expected")
    return code


def _title(raw: object) -> Text:
    if not isinstance(raw, Mapping) or set(raw) != {"en", "zh-CN"}:
        raise FieldRefusedError("wrong_type", "a text in en and zh-CN is expected")
    return Text(text(raw["en"]), text(raw["zh-CN"]))


def _multiple(raw: object) -> Decimal:
    multiple = decimal(raw)
    if not 0 < multiple <= 100:
        raise FieldRefusedError("out_of_range", "a multiple above 0 and up to 100 is expected")
    return multiple


def _events(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or len(raw) > len(LossEvent):
        raise FieldRefusedError("wrong_type", "a list of events is expected")
    read = _choice(*(event.value for event in LossEvent))
    return tuple(read(one) for one in raw)


def _window(raw: object) -> tuple[str, int]:
    if not isinstance(raw, Mapping) or set(raw) != {"from", "days"}:
        raise FieldRefusedError("wrong_type", '{"from": "delivered_on", "days": 30} is expected')
    days = raw["days"]
    if isinstance(days, bool) or not isinstance(days, int) or not 0 < days <= 3660:
        raise FieldRefusedError("out_of_range", "1 to 3660 days are expected", ".days")
    return _choice(*_STARTS)(raw["from"]), days


def _windows(raw: object) -> tuple[tuple[str, str, int], ...]:
    if not isinstance(raw, list) or len(raw) > MOST_WINDOWS:
        raise FieldRefusedError("wrong_type", f"a list of at most {MOST_WINDOWS} windows")
    found = []
    for place, one in enumerate(raw):
        if not isinstance(one, Mapping) or set(one) != {"name", "from", "days"}:
            raise FieldRefusedError("wrong_type", "a name, a start and days", f".{place}")
        name = _choice(*_WINDOWS)(one["name"])
        found.append((name, *_window({"from": one["from"], "days": one["days"]})))
    return tuple(found)


_READERS: dict[str, Callable[[object], object]] = {
    "code": _code,
    "title": _title,
    "valid_from": day,
    "valid_to": day,
    "source": text,
    "cap": money,
    "times_postage": _multiple,
    "per_kg": money,
    "insured": _choice("proportional", "up_to"),
    "freight_back": _events,
    "delay": _choice("freight"),
    "force_majeure": _choice("excluded", "insured_only", "covered"),
    "window": _window,
    "windows": _windows,
    "presumed_lost": _window,
}

if set(_READERS) != {field.name for field in fields(Tariff)}:  # a term without a reader is a bug
    raise TypeError("terms and their readers differ")
