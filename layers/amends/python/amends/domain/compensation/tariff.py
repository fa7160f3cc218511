"""Tariff: a merchant's or carrier's own contract as data, validated, then a regime like any other.

    {
      "code": "contract.acme", "title": {"en": "Acme contract", "zh-CN": "…"},
      "valid_from": "2026-01-01", "valid_to": null, "source": "contract no. 7, clause 9",
      "cap": {"amount": "300.00", "currency": "CNY"}, "times_postage": "5", "per_kg": null,
      "insured": "proportional", "freight_back": ["lost", "damaged"], "delay": "freight",
      "force_majeure": "excluded", "window": {"from": "delivered_on", "days": 30}
    }

Of several limits the lowest holds. `insured` is `proportional` (insured amount times the share
lost), `up_to` (the loss within it) or null (not sold). `delay` is `freight` or null.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from amends.domain.compensation.days import after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.form_values import FieldRefusedError, day, decimal, money, text
from amends.domain.compensation.rules import Regime, Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_within_insurance,
    delay_not_covered,
    excuses,
    only_charges_back,
)
from amends.domain.compensation.windows import Window, notice_missed
from amends.domain.compensation.worksheet import Worksheet
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid

_CODE = re.compile(r"contract\.[a-z0-9][a-z0-9_]{0,40}")
_STARTS = ("posted_on", "promised_on", "delivered_on")


class BadTariff(Invalid):
    """A tariff that cannot be used; `errors` names every field."""

    code = "bad_tariff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """The terms of one contract; a limit that is None is not agreed."""

    code: str
    title: Text
    valid_from: date
    source: str
    valid_to: date | None = None
    cap: Money | None = None
    times_postage: Decimal | None = None
    per_kg: Money | None = None
    insured: str | None = None
    freight_back: tuple[str, ...] = ()
    delay: str | None = None
    force_majeure: str = "excluded"
    window: tuple[str, int] | None = None


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
    return _regime(tariff)


def _regime(tariff: Tariff) -> Regime:
    return Regime(
        code=tariff.code,
        title=tariff.title,
        editions=(
            edition(
                tariff.valid_from.isoformat(),
                valid_to=None if tariff.valid_to is None else tariff.valid_to.isoformat(),
                source=tariff.source,
            ),
        ),
        fill=lambda sheet: _fill(sheet, tariff),
    )


def _fill(sheet: Worksheet, tariff: Tariff) -> None:
    facts, rule = sheet.facts, tariff.code
    if tariff.window is not None:
        name, days = tariff.window
        start: date | None = getattr(facts, name)
        last = start and after(start, days)
        window = Window(name="complaint", fact="complained_on", last_day=last, rule=rule)
        if notice_missed(sheet, window):
            return
    insured = facts.insured_value is not None and tariff.insured is not None
    covers = tariff.force_majeure == "covered" or (
        insured and tariff.force_majeure == "insured_only"
    )
    if sheet.excused(excuses(rule, force_majeure=not covers)):
        return
    if sheet.event is LossEvent.DELAYED:
        if tariff.delay is None:
            delay_not_covered(sheet, rule)
        else:
            only_charges_back(sheet, rule)
        return
    if insured:
        award = award_in_proportion if tariff.insured == "proportional" else award_within_insurance
        award(sheet, rule)
    else:
        _uninsured(sheet, tariff)
    if sheet.event.value in tariff.freight_back:
        sheet.give_back("postage", rule)


def _uninsured(sheet: Worksheet, tariff: Tariff) -> None:
    loss = sheet.loss()
    caps = [] if tariff.cap is None else [Exact.of(tariff.cap)]
    if tariff.times_postage is not None:
        sheet.need("postage")
        postage = sheet.facts.postage
        caps += [] if postage is None else [Exact.of(postage).times(tariff.times_postage)]
    if tariff.per_kg is not None:
        caps.append(Exact.of(tariff.per_kg).times(sheet.kilograms()))
    for cap in caps:
        sheet.note(tariff.code, f"Limit: {cap}", f"限额：{cap}", cap)
    if caps:
        lowest = min(caps, key=lambda cap: sheet.payable(cap).amount)
        sheet.award_lower(loss, lowest, tariff.code)
    else:
        sheet.award(loss, tariff.code, f"The loss: {loss}", f"损失：{loss}")


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
}

if set(_READERS) != {field.name for field in fields(Tariff)}:  # a term without a reader is a bug
    raise TypeError("terms and their readers differ")
