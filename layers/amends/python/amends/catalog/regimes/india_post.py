"""India Post under the Regulations of 2024."""

from decimal import Decimal

from amends.domain.compensation.conventions import (
    UPU_PARCEL_XDR,
    UPU_PARCEL_XDR_PER_KG,
    UPU_REGISTERED_XDR,
)
from amends.domain.compensation.days import months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Facts, ItemKind, LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
    only_charges_back,
    times_postage,
)
from amends.domain.compensation.windows import Window, inquiry_missed
from amends.domain.compensation.worksheet import Worksheet

_REGISTERED = (ItemKind.REGISTERED_LETTER, ItemKind.REGISTERED_SMALL_PACKET)
_PARCELS = (ItemKind.PARCEL, ItemKind.INSURED_PARCEL)


def _is_express(facts: Facts) -> bool:
    return facts.item_kind in (ItemKind.EMS, ItemKind.EXPRESS) or facts.service == "speed_post"


def _fill(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    home = facts.is_domestic
    last = None
    if posted is not None and home:
        last = months_after(posted, int(sheet.value("home_months")))
    elif posted is not None:
        last = months_after(posted, int(sheet.value("abroad_months")))
    window = Window(name="inquiry", fact="inquired_on", last_day=last, rule="india_post.inquiry")
    if inquiry_missed(sheet, window) or sheet.excused(excuses("india_post.exclusions")):
        return
    if sheet.event is LossEvent.DELAYED:
        _delay(sheet)
    elif facts.insured_value is not None:
        award_within_insurance(sheet, "india_post.insured")
    else:
        cap = _home(sheet) if home else _abroad(sheet)
        if cap is None:
            not_covered(
                sheet, "india_post.ordinary", "Ordinary mail is not covered", "平常邮件不予赔偿"
            )
        else:
            sheet.award_lower(sheet.loss(), cap, "india_post.limit")


def _delay(sheet: Worksheet) -> None:
    facts = sheet.facts
    if not _is_express(facts):
        delay_not_covered(sheet, "india_post.delay")
    elif facts.is_domestic:
        only_charges_back(sheet, "india_post.delay")
    else:
        # EMS abroad: the EMS fee less the charge of a registered item.
        sheet.need("postage", "registration_fee")
        if facts.postage is None or facts.registration_fee is None:
            return
        fee, less = Exact.of(facts.postage), sheet.payable(facts.registration_fee)
        whole = sheet.payable(fee)
        share = max(Decimal(0), (whole.amount - less.amount)) / (whole.amount or Decimal(1))
        zero = Exact(Decimal(0), sheet.payout)
        sheet.award(zero, "india_post.ems_delay", "No indemnity for delay", "延误无其他赔偿")
        sheet.note("india_post.ems_delay", f"{whole} - {less}", f"{whole} - {less}")
        sheet.give_back("postage", "india_post.ems_delay", share)


def _home(sheet: Worksheet) -> Exact | None:
    facts = sheet.facts
    if _is_express(facts):
        twice = times_postage(sheet, sheet.value("speed_times"), "india_post.speed_post")
        ceiling = fixed_cap(sheet, "speed_post", "INR", "india_post.speed_post")
        return twice if sheet.in_currency(twice, "INR").amount < ceiling.amount else ceiling
    if facts.item_kind in _REGISTERED:
        return fixed_cap(sheet, "registered", "INR", "india_post.registered")
    if facts.item_kind in _PARCELS:
        return fixed_cap(sheet, "parcel", "INR", "india_post.parcel")
    return None


def _abroad(sheet: Worksheet) -> Exact | None:
    facts = sheet.facts
    if facts.item_kind in _REGISTERED or _is_express(facts):
        return fixed_cap(sheet, "abroad_xdr", "XDR", "india_post.abroad")
    if facts.item_kind in _PARCELS:
        per_kg = sheet.value("parcel_xdr_per_kg") * sheet.kilograms()
        cap = Exact(sheet.value("parcel_xdr") + per_kg, "XDR")
        sheet.note("india_post.air_parcel", f"Limit: {cap}", f"限额：{cap}", cap)
        return cap
    return None


REGIMES = (
    Regime(
        code="india_post",
        title=Text("India Post Regulations 2024", "印度邮政2024年规则"),
        editions=(
            edition(
                "2024-01-01",
                source="India Post Office Regulations 2024 (digest)",
                confidence=Confidence.MEDIUM_HIGH,
                figures={
                    "registered": "100",
                    "speed_times": "2",
                    "speed_post": "1000",
                    "parcel": "500",
                    "abroad_xdr": UPU_REGISTERED_XDR,
                    "parcel_xdr": UPU_PARCEL_XDR,
                    "parcel_xdr_per_kg": UPU_PARCEL_XDR_PER_KG,
                    "home_months": "3",
                    "abroad_months": "6",
                },
            ),
        ),
        fill=_fill,
    ),
)
