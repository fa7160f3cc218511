"""UPU Convention and Regulations: registered items, parcels, insured items, M bags."""

from collections.abc import Callable
from datetime import timedelta

from amends.domain.compensation.conventions import (
    UPU_PARCEL_XDR,
    UPU_PARCEL_XDR_PER_KG,
    UPU_REGISTERED_XDR,
)
from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, Claimant, ItemKind
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
)
from amends.domain.compensation.windows import (
    CIVIL_CODE_188,
    POSTAL_LAW_65,
    Window,
    inquiry_missed,
    open_until,
    presume_lost,
)
from amends.domain.compensation.worksheet import Worksheet

# Lines for which the posts promise nothing (A.4), and e-commerce parcels since 2016.
_UNCOVERED_SERVICES = frozenset(
    ("e_packet", "epacket", "eub", "small_packet_plus", "pudo_economy", "pudo_standard", "ecompro")
)


def _filling(award: Callable[[Worksheet], None]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        _watch(sheet)
        if _out_of_scope(sheet) or inquiry_missed(sheet, _inquiry(sheet)):
            return
        facts = sheet.facts
        if sheet.excused(excuses("upu.23", force_majeure=False)):
            return
        if facts.cause is Cause.FORCE_MAJEURE and not facts.force_majeure_cover:
            sheet.excused(excuses("upu.23"))
            if sheet.is_total:
                sheet.give_back("postage", "upu.23.force_majeure")
                sheet.give_back("registration_fee", "upu.23.force_majeure")
            return
        award(sheet)
        if sheet.is_total:
            sheet.give_back("postage", "upu.22.charges")

    return fill


def _inquiry(sheet: Worksheet) -> Window:
    posted = sheet.facts.posted_on
    last = posted and months_after(posted + timedelta(days=1), int(sheet.value("inquiry_months")))
    return Window(name="inquiry", fact="inquired_on", last_day=last, rule="upu.21")


def _watch(sheet: Worksheet) -> None:
    facts = sheet.facts
    china = facts.origin_country == "CN"
    if facts.inquired_on is not None:
        if china:
            presume_lost(sheet, after(facts.inquired_on, 60), "cn.postal_law.49.2", "Postal Law 49")
        else:
            presume_lost(sheet, months_after(facts.inquired_on, 2), "upu.reply")
        open_until(sheet, "payment", months_after(facts.inquired_on, 3), "upu.25")
    if china and facts.posted_on is not None:
        open_until(sheet, "inquiry_china", after(facts.posted_on, 180), "cn.postal_law.49.1")
        if facts.complained_on is not None:
            until = months_after(facts.complained_on, 12)
            open_until(sheet, "appeal", until, "cn.postal_law.65", source=POSTAL_LAW_65)
        until = months_after(facts.posted_on, 36)
        open_until(sheet, "action", until, "civil_code.188", source=CIVIL_CODE_188)


def _out_of_scope(sheet: Worksheet) -> bool:
    facts = sheet.facts
    unregistered = facts.item_kind is ItemKind.ORDINARY_MAIL or (
        facts.item_kind is ItemKind.PRINTED_MATTER and not facts.registration_fee
    )
    if unregistered or facts.service in _UNCOVERED_SERVICES:
        not_covered(
            sheet,
            "upu.22.1.2",
            "Neither registered, insured nor an ordinary parcel: not covered",
            "非挂号、非保价、非普通包裹：不予赔偿",
        )
        return True
    if delay_not_covered(sheet, "upu.22.1.3"):
        return True
    if facts.claimant is Claimant.ADDRESSEE:
        if facts.waiver is False:
            not_covered(
                sheet,
                "upu.22.9",
                "The sender is entitled and has not waived in favour of the addressee",
                "索赔权属寄件人，且其未书面放弃",
            )
            return True
        if facts.waiver is None:
            sheet.ask("waiver")
    return False


def _registered(sheet: Worksheet) -> None:
    cap = fixed_cap(sheet, "registered", "XDR", "upu.22.2.1")
    sheet.award_lower(sheet.loss(), cap, "upu.22.2.1" if sheet.is_total else "upu.22.2.2")


def _m_bag(sheet: Worksheet) -> None:
    cap = fixed_cap(sheet, "m_bag", "XDR", "upu.22.2.1")
    sheet.award_lower(sheet.loss(), cap, "upu.22.2.1")


def _parcel(sheet: Worksheet) -> None:
    kilograms = sheet.kilograms()
    base, more = sheet.value("parcel"), sheet.value("parcel_per_kg")
    cap = Exact(base + more * kilograms, "XDR")
    line = f"{base:f} + {more:f} × {kilograms:f} = {cap}"
    sheet.note(
        "upu.22.3.1",
        f"{base:f} XDR a parcel and {more:f} XDR a kilogram: {line}",
        f"每件 {base:f} XDR，另每公斤 {more:f} XDR：{line}",
        cap,
    )
    sheet.award_lower(sheet.loss(), cap, "upu.22.3.1" if sheet.is_total else "upu.22.3.2")


def _insured(sheet: Worksheet) -> None:
    award_within_insurance(sheet, "upu.22.4")


_FIGURES = {
    "inquiry_months": "6",
    "registered": UPU_REGISTERED_XDR,
    "m_bag": "150",
    "parcel": UPU_PARCEL_XDR,
    "parcel_per_kg": UPU_PARCEL_XDR_PER_KG,
}
_EDITIONS = (
    edition(
        "2006-01-01",
        valid_to="2013-12-31",
        source="UPU Convention, earlier cycles; Letter Post and Parcel Post Regulations",
        confidence=Confidence.MEDIUM,
        figures=_FIGURES,
    ),
    edition(
        "2014-01-01",
        valid_to="2017-12-31",
        source="UPU Convention (Doha 2012) arts 19, 23, 24; Letter and Parcel Post Regulations",
        figures=_FIGURES,
    ),
    edition(
        "2018-01-01",
        source="UPU Convention (Istanbul 2016) arts 21-23; Letter and Parcel Post Regulations",
        figures=_FIGURES,
    ),
)
REGIMES = tuple(
    Regime(code=code, title=Text(en, zh), editions=_EDITIONS, fill=_filling(award))
    for code, en, zh, award in (
        ("upu.registered", "UPU: registered items", "万国邮联：挂号函件", _registered),
        ("upu.parcel", "UPU: ordinary parcels", "万国邮联：普通包裹", _parcel),
        ("upu.insured", "UPU: insured items", "万国邮联：保价邮件", _insured),
        ("upu.mbag", "UPU: registered M bags", "万国邮联：挂号M袋", _m_bag),
    )
)
