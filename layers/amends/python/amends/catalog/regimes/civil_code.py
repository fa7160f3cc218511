"""Civil Code of China, art. 833: the market price at destination."""

from amends.domain.compensation.china import cap_falls_away, excused, market_price, watch_courier
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import award_in_proportion
from amends.domain.compensation.worksheet import Worksheet

_RULE = "civil_code.833"


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    watch_courier(sheet)
    if excused(sheet):
        return
    if sheet.event is LossEvent.DELAYED and not facts.value_destroyed_by_delay:
        loss = sheet.loss()
        sheet.award(
            loss, "civil_code.584", f"Loss caused by the delay: {loss}", f"延误造成的损失：{loss}"
        )
        sheet.give_back("postage", "cn.express.standard.delay")
        return
    if facts.insured_value is not None and facts.terms_prompted is not False:
        award_in_proportion(sheet, "civil_code.833.agreed")
        return
    if cap_falls_away(sheet):
        sheet.flag("cap_unavailable")
    price = market_price(sheet)
    sheet.award(
        price,
        _RULE,
        f"Market price at destination when delivered or due: {price} (carriage is in it)",
        f"交付或应交付时到达地市场价格：{price}（已含运费）",
    )


REGIMES = (
    Regime(
        code=_RULE,
        title=Text("Civil Code, art. 833", "民法典第八百三十三条"),
        editions=(
            edition("1999-10-01", valid_to="2020-12-31", source="Contract Law of China art. 312"),
            edition("2021-01-01", source="Civil Code of China arts 832, 833, 835"),
        ),
        fill=_fill,
    ),
)
