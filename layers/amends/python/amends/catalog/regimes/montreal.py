"""Montreal Convention: international carriage of cargo by air."""

from amends.domain.compensation.conventions import MONTREAL
from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text
from amends.domain.compensation.terms import award_within_insurance, excuses, per_kilogram
from amends.domain.compensation.windows import Window, notice_missed, open_until, presume_lost
from amends.domain.compensation.worksheet import Worksheet

_DAMAGE_DAYS, _DELAY_DAYS, _PRESUMED_DAYS, _ACTION_MONTHS = 14, 21, 7, 24


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    if facts.promised_on is not None:
        presume_lost(sheet, after(facts.promised_on, _PRESUMED_DAYS), "montreal.13.3")
    arrival = facts.delivered_on or facts.promised_on
    open_until(sheet, "action", arrival and months_after(arrival, _ACTION_MONTHS), "montreal.35")
    delayed = sheet.event is LossEvent.DELAYED
    if _notice_missed(sheet, delayed=delayed):
        return
    # Strict for loss and damage: force majeure frees from delay only (arts 18, 19).
    if sheet.excused(excuses("montreal.18", force_majeure=delayed)):
        return
    if facts.insured_value is not None:
        sheet.note(
            "montreal.22.3",
            "A declared interest replaces the limit by weight",
            "特别声明价值取代按重量的限额",
        )
        award_within_insurance(sheet, "montreal.22.3")
        return
    part = not sheet.is_total and facts.weight_short_grams is not None
    weight = "weight_short_grams" if part else "gross_weight_grams"
    cap = per_kilogram(sheet, "xdr_per_kg", "XDR", "montreal.22.3", weight=weight)
    sheet.award_lower(sheet.loss(), cap, "montreal.22.3")


def _notice_missed(sheet: Worksheet, *, delayed: bool) -> bool:
    facts = sheet.facts
    if sheet.event is LossEvent.LOST and sheet.is_total:
        return False
    days = _DELAY_DAYS if delayed else _DAMAGE_DAYS
    received = facts.delivered_on
    if received is None and not delayed:
        sheet.ask("delivered_on")
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=received and after(received, days),
        rule="montreal.31",
    )
    return notice_missed(sheet, window)


REGIMES = (
    Regime(
        code="montreal",
        title=Text("Montreal Convention 1999", "1999年蒙特利尔公约"),
        editions=MONTREAL,
        fill=_fill,
    ),
)
