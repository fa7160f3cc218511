"""Couriers in China without terms on file: Express Regulations, standard, Civil Code."""

from amends.domain.compensation.china import (
    cap_falls_away,
    excused,
    market_price,
    watch_courier,
)
from amends.domain.compensation.days import months_after
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text, edition
from amends.domain.compensation.terms import (
    award_in_proportion,
    award_whole_loss,
    only_charges_back,
)
from amends.domain.compensation.windows import Window, notice_missed
from amends.domain.compensation.worksheet import Worksheet

_STANDARD = "industry standard for express service YZ/T 0128, GB/T 27917 (secondary)"


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    posted = facts.posted_on
    months = int(sheet.value("claim_months"))
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=posted and months_after(posted, months),
        rule="cn.express.standard.claim",
    )
    if notice_missed(sheet, window, disputed=True) or excused(sheet):
        return
    if sheet.event is LossEvent.DELAYED and not facts.value_destroyed_by_delay:
        only_charges_back(sheet, "cn.express.standard.delay")
    elif facts.insured_value is not None and cap_falls_away(sheet):
        award_whole_loss(sheet, "civil_code.506", "What was agreed cannot limit this loss",
                         "约定的赔偿限额不适用于该损失")  # fmt: skip
    elif facts.insured_value is not None:
        award_in_proportion(sheet, "cn.express.insured")
        if sheet.is_total:
            sheet.give_back("postage", "cn.express.standard.loss")
    else:
        price = market_price(sheet)
        sheet.award(
            price,
            "civil_code.833",
            f"No agreed amount: market price at destination {price}",
            f"无约定赔偿额：到达地市场价格 {price}",
        )


_FIGURES = {"claim_months": Doubt("12", Confidence.MEDIUM, _STANDARD)}
REGIMES = (
    Regime(
        code="cn.express",
        title=Text("Express delivery in China", "境内快递"),
        editions=(
            edition(
                "2018-05-01",
                valid_to="2025-05-31",
                source="Express Regulations 2018/2019 art. 27",
                figures=_FIGURES,
            ),
            edition(
                "2025-06-01",
                source="Express Regulations as revised 2025 art. 28",
                confidence=Confidence.MEDIUM_HIGH,
                figures=_FIGURES,
            ),
        ),
        fill=_fill,
    ),
)
