"""Royal Mail, within the United Kingdom."""

from datetime import date

from amends.domain.compensation.days import after, working_days_after, working_days_between
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    excuses,
    fixed_cap,
    not_covered,
)
from amends.domain.compensation.windows import Window, inquiry_missed, presume_lost
from amends.domain.compensation.worksheet import Worksheet

_BASIC = ("first", "second", "1st", "2nd")


def _fill(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    service = facts.service or ""
    special = "special" in service
    if facts.promised_on is not None:
        days = int(sheet.value("lost_special" if special else "lost_working_days"))
        presume_lost(sheet, working_days_after(facts.promised_on, days), "royal_mail.lost")
    window = Window(
        name="claim",
        fact="inquired_on",
        last_day=posted and after(posted, int(sheet.value("claim_days"))),
        rule="royal_mail.claim",
    )
    if inquiry_missed(sheet, window) or sheet.excused(
        excuses("royal_mail.exclusions", force_majeure=False)
    ):
        return
    if facts.proof_of_posting is False:
        not_covered(sheet, "royal_mail.posting", "Posting is not proven", "无交寄证明")
    elif sheet.event is LossEvent.DELAYED:
        _delay(sheet, special=special)
    else:
        _loss(sheet, service, special=special)


def _delay(sheet: Worksheet, *, special: bool) -> None:
    facts = sheet.facts
    sheet.need("promised_on")
    due = facts.promised_on or date.max
    late = working_days_between(due, facts.delivered_on or facts.as_of or due)
    rule = "royal_mail.delay"
    if special and late >= 1:
        long = late >= int(sheet.value("special_long"))
        owed = fixed_cap(sheet, "special_late_long" if long else "special_late", "GBP", rule)
    elif not special and late >= int(sheet.value("delay_working_days")):
        owed = _stamps(sheet, rule)
    else:
        not_covered(sheet, rule, "Not late enough to be compensated", "延误未达赔偿标准")
        return
    due_now = sheet.payable(owed)
    sheet.award(
        due_now, rule, f"{late} working days late: {due_now}", f"延误{late}个工作日：{due_now}"
    )


def _loss(sheet: Worksheet, service: str, *, special: bool) -> None:
    facts = sheet.facts
    sheet.need("service")
    rule = "royal_mail.cover"
    if facts.value_proven is False:
        owed = sheet.payable(_stamps(sheet, rule))
        sheet.award(
            owed, rule, f"Value not proven: six stamps, {owed}", f"无价值证明：六枚邮票 {owed}"
        )
    elif special or not ("signed" in service or any(one in service for one in _BASIC)):
        sheet.need("insured_value")
        award_within_insurance(sheet, rule)
    elif facts.insured_value is not None:
        award_within_insurance(sheet, rule)
    else:
        name = "signed_for" if "signed" in service else "basic"
        sheet.award_lower(sheet.loss(), fixed_cap(sheet, name, "GBP", rule), rule)
    if sheet.is_total:
        sheet.give_back("postage", "royal_mail.postage")


def _stamps(sheet: Worksheet, rule: str) -> Exact:
    stamp = Exact(sheet.value("first_class_stamp"), "GBP")
    six = stamp.times(sheet.value("stamps"))
    sheet.note(rule, f"6 × {stamp} = {six}", f"6 × {stamp} = {six}", six)
    return six


_FIGURES: dict[str, str | Doubt] = {
    "basic": "20",
    "signed_for": "50",
    "stamps": "6",
    "special_late": "5",
    "special_late_long": "10",
    "special_long": "7",
    "delay_working_days": "3",
    "lost_working_days": "10",
    "lost_special": "5",
    "claim_days": Doubt("80", Confidence.MEDIUM, "general knowledge 0.7"),
}


def _stamp(price: str) -> dict[str, str | Doubt]:
    return {"first_class_stamp": Doubt(price, Confidence.MEDIUM, "first class tariff, from memory")}


_SOURCE = "Royal Mail compensation as explained by Ofcom and a consumer guide"
REGIMES = (
    Regime(
        code="royal_mail",
        title=Text("Royal Mail", "英国皇家邮政"),
        editions=tuple(
            edition(
                start,
                valid_to=end,
                source=_SOURCE,
                confidence=Confidence.MEDIUM,
                figures={**_FIGURES, **_stamp(price)},
            )
            for start, end, price in (
                ("2015-01-01", "2025-04-06", "1.65"),
                ("2025-04-07", None, "1.70"),
            )
        ),
        fill=_fill,
    ),
)
