"""SF Express: its domestic terms, and its international terms where no convention applies."""

from decimal import Decimal

from amends.domain.compensation.china import cap_falls_away, excused, watch_courier
from amends.domain.compensation.days import after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Account, LossEvent, Mode
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_whole_loss,
    delay_not_covered,
    excuses,
    fixed_cap,
    only_charges_back,
    per_kilogram,
    share_of_value,
    switched_off,
    times_postage,
)
from amends.domain.compensation.windows import Window, notice_missed
from amends.domain.compensation.worksheet import Worksheet


def _domestic(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    if excused(sheet):
        return
    if sheet.event is LossEvent.DELAYED:
        only_charges_back(sheet, "cn.sf.delay")
        return
    unproven = facts.insured_value is not None and facts.value_proven is False
    if unproven:
        sheet.flag("treated_as_uninsured")
        sheet.note(
            "cn.sf.proof",
            "Insured, but the value is not proven: treated as uninsured",
            "已保价但无价值证明：按未保价处理",
        )
    if cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.496", "The ceiling is void or no part of the contract",
                         "限额条款无效或未订入合同")  # fmt: skip
    elif facts.insured_value is not None and not unproven:
        if facts.value_proven is None:
            sheet.ask("value_proven")
        award_in_proportion(sheet, "cn.sf.insured")
    else:
        sheet.uninsured_cap = True
        sheet.need("postage", "account")
        monthly = facts.account is Account.MONTHLY
        multiple = sheet.value("monthly" if monthly else "walk_in")
        loss = sheet.loss()
        sheet.award_lower(loss, times_postage(sheet, multiple, "cn.sf.cap"), "cn.sf.cap")
    sheet.give_back("postage", "cn.sf.freight")
    if unproven:
        sheet.give_back("insurance_fee", "cn.sf.proof")


def _international(sheet: Worksheet) -> None:
    facts = sheet.facts
    posted = facts.posted_on
    days = int(sheet.value("notice_days"))
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=posted and after(posted, days),
        rule="cn.sf.intl.notice",
    )
    if facts.promised_on is not None and facts.delivered_on is None:
        switched_off(
            sheet,
            "presumed_days",
            "cn.express.standard.abroad",
            "Ten days (another source: thirty) after the promise an item would be presumed lost",
            "承诺时限后十日（另一来源为三十日）视为丢失",
        )
    if delay_not_covered(sheet, "cn.sf.intl.delay"):
        return
    if notice_missed(sheet, window, disputed=True):
        return
    if sheet.excused(excuses("cn.sf.intl.exclusions")):
        return
    if cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.496", "The ceiling is void or no part of the contract",
                         "限额条款无效或未订入合同")  # fmt: skip
        return
    if facts.insured_value is not None:
        _lower_of_insured_and_value(sheet)
        return
    sheet.uninsured_cap = True
    sheet.need("gross_weight_grams", "mode")
    road = facts.mode is Mode.ROAD
    per_kg = per_kilogram(sheet, "road_per_kg" if road else "per_kg", "USD", "cn.sf.intl.cap")
    fixed = fixed_cap(sheet, "fixed", "USD", "cn.sf.intl.cap")
    loss = sheet.loss()
    cap = per_kg if per_kg.amount < fixed.amount else fixed
    sheet.award_lower(loss, cap, "cn.sf.intl.cap")


def _lower_of_insured_and_value(sheet: Worksheet) -> None:
    """The decided value is the lower of insured and cash value; a part loss takes its share."""
    facts = sheet.facts
    loss = sheet.loss()
    if facts.insured_value is None:
        return
    insured = sheet.payable(facts.insured_value)
    value = loss if facts.actual_value is None else sheet.payable(facts.actual_value)
    decided = insured if insured.amount < value.amount else value
    share = share_of_value(sheet, loss)
    part = Exact(min(decided.amount * share, loss.amount), decided.currency)
    sheet.cap, sheet.cap_binds = facts.insured_value, loss.amount > insured.amount
    shown = f"{share.quantize(Decimal('0.0001')):f}"
    sheet.award(
        part,
        "cn.sf.intl.insured",
        f"The lower of insured and cash value {decided}, share lost {shown}: {part}",
        f"保价额与实际现金价值取低者 {decided}，损失比例 {shown}：{part}",
    )


REGIMES = (
    Regime(
        code="cn.sf.domestic",
        title=Text("SF Express domestic terms", "顺丰境内条款"),
        is_contract=True,
        editions=(
            edition(
                "2015-01-01",
                source="SF terms as embedded in third-party apps, version that waives the freight",
                confidence=Confidence.MEDIUM_HIGH,
                figures={"walk_in": "7", "monthly": "9"},
            ),
        ),
        fill=_domestic,
    ),
    Regime(
        code="cn.sf.intl",
        title=Text("SF Express international terms", "顺丰国际条款"),
        editions=(
            edition(
                "2015-01-01",
                source="SF international terms as embedded in third-party apps",
                confidence=Confidence.MEDIUM_HIGH,
                figures={
                    "fixed": "100",
                    "per_kg": "20",
                    "road_per_kg": "10",
                    "notice_days": "30",
                    "presumed_days": Doubt("10", Confidence.LOW, "industry standard, K 0.4"),
                },
            ),
        ),
        fill=_international,
    ),
)
