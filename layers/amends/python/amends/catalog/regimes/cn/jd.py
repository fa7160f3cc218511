"""JD-type courier terms."""

from decimal import Decimal

from amends.domain.compensation.china import cap_falls_away, excused, watch_courier
from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import InsuranceKind
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_whole_loss,
    award_within_insurance,
    delay_not_covered,
    fixed_cap,
    share_of_value,
    times_postage,
)
from amends.domain.compensation.windows import Window, notice_missed, open_until
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    if facts.posted_on is not None:
        open_until(sheet, "inquiry", months_after(facts.posted_on, 12), "cn.jd.query")
    if delay_not_covered(sheet, "cn.jd.delay"):
        return
    if excused(sheet, insured_covers_force_majeure=True):
        return
    sheet.uninsured_cap = facts.insured_value is None
    delivered = facts.delivered_on
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=delivered and after(delivered, int(sheet.value("notice_days"))),
        rule="cn.jd.notice",
    )
    if notice_missed(sheet, window, disputed=True):
        return
    if cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.496", "The ceiling is void or no part of the contract",
                         "限额条款无效或未订入合同")  # fmt: skip
    elif facts.insured_value is not None:
        full = facts.insurance_kind is InsuranceKind.FULL or "full" in (facts.service or "")
        (award_within_insurance if full else award_in_proportion)(sheet, "cn.jd.insured")
    else:
        sheet.need("postage", *(() if sheet.is_total else ("actual_loss",)))
        loss = sheet.loss()
        multiple = sheet.value("times_freight") * _part_of_freight(sheet, loss)
        by_freight = times_postage(sheet, multiple, "cn.jd.cap")
        fixed = fixed_cap(sheet, "ceiling", "CNY", "cn.jd.cap")
        lower = sheet.in_currency(by_freight, "CNY").amount < fixed.amount
        sheet.award_lower(loss, by_freight if lower else fixed, "cn.jd.cap")


def _part_of_freight(sheet: Worksheet, loss: Exact) -> Decimal:
    """The freight of the lost part: by weight where it is known, else by value."""
    short, gross = sheet.facts.weight_short_grams, sheet.facts.gross_weight_grams
    if sheet.is_total:
        return Decimal(1)
    if short is not None and gross is not None:
        return Decimal(short) / Decimal(gross)
    return share_of_value(sheet, loss)


REGIMES = (
    Regime(
        code="cn.jd",
        title=Text("JD-type terms", "京东类条款"),
        is_contract=True,
        editions=(
            edition(
                "2015-01-01",
                source="JD-type terms via a reseller",
                confidence=Confidence.MEDIUM,
                figures={"times_freight": "9", "ceiling": "1000", "notice_days": "1"},
            ),
        ),
        fill=_fill,
    ),
)
