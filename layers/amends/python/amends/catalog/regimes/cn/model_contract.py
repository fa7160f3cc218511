"""The model waybill contract of Chinese couriers; applies only when it is named."""

from decimal import Decimal

from amends.domain.compensation.china import cap_falls_away, excused, watch_courier
from amends.domain.compensation.days import months_after
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text, edition
from amends.domain.compensation.terms import (
    award_whole_loss,
    award_within_insurance,
    only_charges_back,
    times_postage,
)
from amends.domain.compensation.windows import open_until
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    if facts.posted_on is not None:
        open_until(sheet, "inquiry", months_after(facts.posted_on, 12), "cn.model_contract.query")
    if excused(sheet, insured_covers_force_majeure=True):
        return
    if sheet.event is LossEvent.DELAYED and not facts.value_destroyed_by_delay:
        only_charges_back(sheet, "cn.model_contract.delay")
        return
    if cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.496", "The ceiling is void or no part of the contract",
                         "限额条款无效或未订入合同")  # fmt: skip
    elif facts.insured_value is not None:
        award_within_insurance(sheet, "cn.model_contract.insured")
    else:
        sheet.uninsured_cap = True
        sheet.need("postage")
        chosen = facts.chosen_multiple
        multiple = sheet.value("times_fee") if chosen is None else Decimal(chosen)
        loss = sheet.loss()
        cap = times_postage(sheet, multiple, "cn.model_contract.cap")
        sheet.award_lower(loss, cap, "cn.model_contract.cap")
    sheet.give_back("postage", "cn.model_contract.fee")


REGIMES = (
    Regime(
        code="cn.model_contract",
        title=Text("Model waybill contract", "快递运单示范合同"),
        is_contract=True,
        editions=(
            edition(
                "2015-01-01",
                source="model waybill contract",
                confidence=Confidence.MEDIUM,
                figures={"times_fee": "5"},
            ),
        ),
        fill=_fill,
    ),
)
