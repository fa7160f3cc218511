"""China: what domestic couriers share: Civil Code defences, delay, appeal, market price."""

from decimal import Decimal

from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, LossEvent
from amends.domain.compensation.terms import excuses, share_of_value
from amends.domain.compensation.windows import open_until, presume_lost
from amends.domain.compensation.worksheet import Worksheet

# Industry standard for express service (secondary source): thorough delay in calendar days.
SAME_CITY_DAYS = 3
INTER_CITY_DAYS = 7
_STANDARD = "industry standard for express service (secondary quotation)"


def watch_courier(sheet: Worksheet) -> None:
    """Presumed loss, appeal to the postal regulator (12305) and action at law."""
    facts = sheet.facts
    service = facts.service or ""
    if facts.promised_on is not None:
        if facts.same_city or service == "same_city":
            presume_lost(
                sheet,
                after(facts.promised_on, SAME_CITY_DAYS),
                "cn.express.standard.same_city",
                _STANDARD,
            )
        elif facts.same_city is False or service == "inter_city":
            presume_lost(
                sheet,
                after(facts.promised_on, INTER_CITY_DAYS),
                "cn.express.standard.inter_city",
                _STANDARD,
            )
    event_on = facts.delivered_on or facts.promised_on or facts.posted_on
    if event_on is not None:
        answered = facts.complained_on and after(facts.complained_on, 8)
        open_until(
            sheet, "appeal", months_after(event_on, 12), "cn.appeal.12305", first_day=answered
        )
        open_until(sheet, "action", months_after(event_on, 36), "civil_code.188")


def excused(sheet: Worksheet, *, insured_covers_force_majeure: bool = False) -> bool:
    """Civil Code 832: the carrier's defences; 835: force majeure gives the paid freight back."""
    facts = sheet.facts
    covered = insured_covers_force_majeure and facts.insured_value is not None
    freed = sheet.excused(excuses("civil_code.832", force_majeure=not covered))
    if freed and facts.cause is Cause.FORCE_MAJEURE and sheet.event is LossEvent.LOST:
        sheet.give_back("postage", "civil_code.835")
    return freed


def cap_falls_away(sheet: Worksheet) -> bool:
    """Whether the ceiling is no part of the contract (Civil Code 496) or void (506)."""
    facts = sheet.facts
    return facts.terms_prompted is False or facts.cause in (Cause.GROSS_NEGLIGENCE, Cause.INTENT)


def market_price(sheet: Worksheet) -> Exact:
    """Civil Code 833: the market price at destination, or its share for a part loss."""
    facts = sheet.facts
    absent = ["market_price_at_destination"] if facts.market_price_at_destination is None else []
    if not sheet.is_total:
        absent += [name for name in ("actual_value", "actual_loss") if not getattr(facts, name)]
    sheet.need(*absent)
    price = facts.market_price_at_destination
    whole = Exact(Decimal(0), sheet.payout) if price is None else sheet.payable(price)
    if sheet.is_total:
        return sheet.without_senders_share(whole)
    return whole.times(share_of_value(sheet, sheet.loss()))
