"""USPS: domestic indemnity, and international mail outside the treaty's own caps."""

from typing import TYPE_CHECKING

from amends.domain.compensation.conventions import UPU_REGISTERED_XDR
from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Contents, Facts, ItemKind, LossEvent, MilitaryMail
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
    only_charges_back,
)
from amends.domain.compensation.windows import Window, inquiry_missed, presume_lost
from amends.domain.compensation.worksheet import Worksheet

if TYPE_CHECKING:
    from datetime import date

_INCLUDED = ("priority", "ground_advantage", "express")
_REGISTERED = (ItemKind.REGISTERED_LETTER, ItemKind.REGISTERED_SMALL_PACKET)


def _is_registered(facts: Facts) -> bool:
    return facts.item_kind in _REGISTERED or "registered" in (facts.service or "")


def _is_express(facts: Facts) -> bool:
    return facts.item_kind is ItemKind.EMS or "express" in (facts.service or "")


def _domestic(sheet: Worksheet) -> None:
    facts = sheet.facts
    express, registered = _is_express(facts), _is_registered(facts)
    lost = sheet.event is LossEvent.LOST
    waits = int(sheet.value("express_first" if express else "lost_first"))
    if facts.posted_on is not None and facts.military is None:
        presume_lost(sheet, after(facts.posted_on, waits), "dmm.609.1")
        lost = sheet.event is LossEvent.LOST
    if sheet.event is LossEvent.DELAYED:
        if express:
            only_charges_back(sheet, "dmm.604.9.money_back")
        else:
            delay_not_covered(sheet, "dmm.609.delay")
        return
    if inquiry_missed(sheet, _filing(sheet, waits if lost else None)):
        return
    if sheet.excused(excuses("dmm.609.4", force_majeure=False)):
        return
    if facts.insured_value is not None:
        name = "registered_most" if registered else "insured_most"
        award_within_insurance(sheet, "dmm.609", most=Exact(sheet.value(name), "USD"))
    else:
        sheet.need("service")
        included = any(one in (facts.service or "") for one in _INCLUDED)
        if registered or not (included or express):
            not_covered(
                sheet,
                "dmm.609.insurance",
                "This service includes no insurance and none was bought",
                "该服务不含保险且未购买保险",
            )
            return
        sheet.award_lower(
            sheet.loss(), fixed_cap(sheet, "included", "USD", "dmm.609.included"), "dmm.609"
        )
    if lost and sheet.is_total:
        sheet.give_back("postage", "dmm.609.postage")


def _filing(sheet: Worksheet, waits: int | None) -> Window:
    facts, posted = sheet.facts, sheet.facts.posted_on
    first: date | None = None
    last: date | None = None
    if posted is not None:
        match facts.military:
            case None:
                last = after(posted, int(sheet.value("last_day")))
            case MilitaryMail.EXPRESS:
                waits = 21 if waits is not None else None
                last = after(posted, 180)
            case MilitaryMail.AIR | MilitaryMail.SURFACE:
                surface = facts.military is MilitaryMail.SURFACE
                waits = (75 if surface else 45) if waits is not None else None
                last = months_after(posted, 12)
        first = None if waits is None else after(posted, waits)
    return Window(
        name="claim", fact="inquired_on", first_day=first, last_day=last, rule="dmm.609.1"
    )


def _international(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    if delay_not_covered(sheet, "imm.932.delay"):
        return
    express, registered = _is_express(facts), _is_registered(facts)
    wait = int(sheet.value("express_first" if express else "parcel_first"))
    window = Window(
        name="inquiry",
        fact="inquired_on",
        first_day=posted and after(posted, wait),
        last_day=posted and months_after(posted, 6),
        rule="imm.932",
    )
    if inquiry_missed(sheet, window):
        return
    if sheet.excused(excuses("imm.932", force_majeure=registered)):
        return
    if registered:
        cap = fixed_cap(sheet, "registered", "XDR", "imm.932.registered")
    elif facts.item_kind in (ItemKind.ORDINARY_MAIL, ItemKind.PRINTED_MATTER):
        not_covered(sheet, "imm.932.ordinary", "Ordinary mail is not covered", "平常邮件不予赔偿")
        return
    elif facts.insured_value is not None:
        award_within_insurance(sheet, "imm.932", most=Exact(sheet.value("insured_most"), "USD"))
        return
    else:
        papers = facts.contents is Contents.DOCUMENTS or "document" in (facts.service or "")
        cap = fixed_cap(sheet, "documents" if papers else "goods", "USD", "imm.932.included")
    sheet.award_lower(sheet.loss(), cap, "imm.932")


_DMM = "USPS DMM 609 and filing windows; 90 FR 61328"
_DOMESTIC = {
    "included": "100",
    "insured_most": "5000",
    "registered_most": "50000",
    "last_day": "60",
}
REGIMES = (
    Regime(
        code="usps.dom",
        title=Text("USPS domestic", "美国邮政国内"),
        editions=(
            edition(
                "2015-01-01",
                valid_to="2026-01-17",
                source=_DMM,
                figures={
                    **_DOMESTIC,
                    "lost_first": Doubt("15", Confidence.MEDIUM, "USPS filing windows"),
                    "express_first": "7",
                },
            ),
            edition(
                "2026-01-18",
                source=_DMM,
                figures={**_DOMESTIC, "lost_first": "15", "express_first": "7"},
            ),
        ),
        fill=_domestic,
    ),
    Regime(
        code="usps.intl",
        title=Text("USPS international", "美国邮政国际"),
        editions=(
            edition(
                "2008-01-01",
                source="USPS IMM 322, 932, 934",
                figures={
                    "goods": "200",
                    "documents": "100",
                    "registered": UPU_REGISTERED_XDR,
                    "insured_most": "5000",
                    "parcel_first": "7",
                    "express_first": "3",
                },
            ),
        ),
        fill=_international,
    ),
)
