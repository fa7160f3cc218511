"""CMR: international carriage of goods by road."""

from decimal import Decimal

from amends.domain.compensation.conventions import CMR_XDR_PER_KG
from amends.domain.compensation.days import after, months_after, without_sundays
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_whole_loss,
    award_within_insurance,
    excuses,
    per_kilogram,
    share_of_value,
)
from amends.domain.compensation.windows import Window, notice_missed, open_until, presume_lost
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    _watch(sheet)
    if _notice_missed(sheet) or sheet.excused(excuses("cmr.17.2")):
        return
    if facts.cause is Cause.GROSS_NEGLIGENCE:
        sheet.flag("disputed")
        sheet.note(
            "cmr.29",
            "Whether gross negligence equals wilful misconduct is for the court's own law",
            "重大过失是否等同故意取决于法院地法",
        )
    unlimited = facts.cause is Cause.INTENT
    if unlimited:
        award_whole_loss(
            sheet, "cmr.29", "Wilful misconduct removes the limit", "故意行为不得援用限额"
        )
    if sheet.event is LossEvent.DELAYED:
        if not unlimited:
            _delay(sheet)
        return
    if not unlimited and facts.insured_value is not None:
        award_within_insurance(sheet, "cmr.24")
    elif not unlimited:
        weight = _weight(sheet)
        cap = per_kilogram(sheet, "xdr_per_kg", "XDR", "cmr.23.3", weight=weight)
        sheet.award_lower(sheet.loss(), cap, "cmr.23.3")
    share = _share(sheet)
    sheet.give_back("postage", "cmr.23.4", share)
    sheet.give_back("duties", "cmr.23.4", share)


def _delay(sheet: Worksheet) -> None:
    sheet.need("postage")
    loss = sheet.loss()
    postage = sheet.facts.postage
    if sheet.facts.insured_value is not None:
        award_within_insurance(sheet, "cmr.26")
    elif postage is not None:
        sheet.award_lower(loss, Exact.of(postage), "cmr.23.5")


def _weight(sheet: Worksheet) -> str:
    """Of a part loss the weight short; of damage without one the whole consignment (25.2)."""
    facts = sheet.facts
    damaged = sheet.event is LossEvent.DAMAGED and facts.weight_short_grams is None
    if sheet.is_total or damaged:
        return "gross_weight_grams"
    sheet.need("weight_short_grams", "gross_weight_grams")
    return "weight_short_grams"


def _share(sheet: Worksheet) -> Decimal:
    facts = sheet.facts
    short, gross = facts.weight_short_grams, facts.gross_weight_grams
    if sheet.is_total:
        return Decimal(1)
    if short is not None and gross is not None:
        share = Decimal(short) / Decimal(gross)
        line = f"{short} g / {gross} g"
        sheet.note("cmr.23.4", f"Share of the carriage, by weight: {line}", f"按重量分摊：{line}")
        return share
    return share_of_value(sheet, sheet.loss())


def _watch(sheet: Worksheet) -> None:
    facts = sheet.facts
    end = None
    if facts.promised_on is not None:
        end = after(facts.promised_on, int(sheet.value("lost_after_limit")))
    elif facts.posted_on is not None:
        end = after(facts.posted_on, int(sheet.value("lost_after_taking_over")))
    presume_lost(sheet, end, "cmr.20.1")
    months = 36 if facts.cause is Cause.INTENT else 12
    start = facts.delivered_on or end
    open_until(sheet, "action", start and months_after(start, months), "cmr.32")


def _notice_missed(sheet: Worksheet) -> bool:
    facts = sheet.facts
    received = facts.delivered_on
    if received is None:
        return False
    delayed = sheet.event is LossEvent.DELAYED
    if delayed:
        last = after(received, int(sheet.value("delay_days")))
    elif facts.damage_apparent:
        last = received
    else:
        last = without_sundays(received, int(sheet.value("hidden_days")))
    window = Window(name="complaint", fact="complained_on", last_day=last, rule="cmr.30")
    # Without a reservation good condition is only presumed (30.1): the refusal can be disputed.
    return notice_missed(sheet, window, disputed=not delayed)


REGIMES = (
    Regime(
        code="cmr",
        title=Text("CMR 1956 and Protocol 1978", "国际公路货物运输合同公约"),
        editions=(
            edition(
                "1980-12-28",
                source="CMR 1956 arts 17-32 with the Protocol of 1978",
                figures={
                    "xdr_per_kg": CMR_XDR_PER_KG,
                    "delay_days": "21",
                    "hidden_days": "7",
                    "lost_after_limit": "30",
                    "lost_after_taking_over": "60",
                },
            ),
        ),
        fill=_fill,
    ),
)
