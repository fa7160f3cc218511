"""Tariff terms: what a contract agrees, and how it fills a worksheet like any other regime."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from amends.domain.compensation.days import after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_within_insurance,
    delay_not_covered,
    excuses,
    only_charges_back,
)
from amends.domain.compensation.windows import (
    Window,
    inquiry_missed,
    notice_missed,
    open_until,
    presume_lost,
)
from amends.domain.compensation.worksheet import Worksheet
from amends.domain.money import Money

DONE = {"inquiry": "inquired_on", "claim": "inquired_on", "complaint": "complained_on"}
"""The fact that tells when an act was done; acts beside these lie ahead and are only told."""


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
    windows: tuple[tuple[str, str, int], ...] = ()
    presumed_lost: tuple[str, int] | None = None


def regime_of(tariff: Tariff) -> Regime:
    """The contract as a regime like any other, with the one edition that it is."""
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
    if tariff.presumed_lost is not None:
        presume_lost(sheet, _last(sheet, *tariff.presumed_lost), rule)
    if _missed(sheet, tariff):
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


def _missed(sheet: Worksheet, tariff: Tariff) -> bool:
    """Record every window; whether one of those that deny was missed."""
    own = () if tariff.window is None else (("complaint", *tariff.window),)
    missed = False
    for name, start, days in (*own, *tariff.windows):
        last, fact = _last(sheet, start, days), DONE.get(name)
        if fact is None:
            open_until(sheet, name, last, tariff.code)
            continue
        window = Window(name=name, fact=fact, last_day=last, rule=tariff.code)
        miss = notice_missed if fact == "complained_on" else inquiry_missed
        missed = miss(sheet, window) or missed
    return missed


def _last(sheet: Worksheet, start: str, days: int) -> date | None:
    began: date | None = getattr(sheet.facts, start)
    return began and after(began, days)


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
