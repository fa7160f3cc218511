"""ZTO-type courier terms."""

from amends.domain.compensation.china import cap_falls_away, excused, watch_courier
from amends.domain.compensation.days import after
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_whole_loss,
    fixed_cap,
    only_charges_back,
    times_postage,
)
from amends.domain.compensation.windows import Window, notice_missed
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    if excused(sheet):
        return
    known_on = facts.delivered_on or facts.promised_on
    sheet.uninsured_cap = sheet.event is not LossEvent.DELAYED and facts.insured_value is None
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=known_on and after(known_on, int(sheet.value("notice_days"))),
        rule="cn.zto.notice",
    )
    if notice_missed(sheet, window, disputed=True):
        return
    unproven = facts.value_proven is False
    if unproven and facts.insured_value is not None:
        sheet.flag("treated_as_uninsured")
    if sheet.event is LossEvent.DELAYED:
        only_charges_back(sheet, "cn.zto.delay")
    elif cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.496", "The ceiling is void or no part of the contract",
                         "限额条款无效或未订入合同")  # fmt: skip
    elif unproven:
        _without_proof(sheet)
    else:
        if facts.value_proven is None:
            sheet.ask("value_proven")
        if facts.insured_value is not None:
            award_in_proportion(sheet, "cn.zto.insured")
        else:
            sheet.award_lower(sheet.loss(), fixed_cap(sheet, "ceiling", "CNY", "cn.zto.cap"),
                              "cn.zto.cap")  # fmt: skip


def _without_proof(sheet: Worksheet) -> None:
    facts = sheet.facts
    times = times_postage(sheet, sheet.value("times_fee"), "cn.zto.no_proof")
    ceiling = fixed_cap(sheet, "ceiling", "CNY", "cn.zto.cap")
    lower = sheet.in_currency(times, "CNY").amount < ceiling.amount
    cap = times if lower else ceiling
    claimed = facts.actual_loss or (facts.actual_value if sheet.is_total else None)
    loss = sheet.payable(cap) if claimed is None else sheet.loss()
    sheet.award_lower(loss, cap, "cn.zto.no_proof")


REGIMES = (
    Regime(
        code="cn.zto",
        title=Text("ZTO-type terms", "中通类条款"),
        is_contract=True,
        editions=(
            edition(
                "2015-01-01",
                source="ZTO-type terms as published in an app",
                confidence=Confidence.MEDIUM,
                figures={"ceiling": "500", "times_fee": "3", "notice_days": "30"},
            ),
        ),
        fill=_fill,
    ),
)
