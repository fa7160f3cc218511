"""DHL Express: the Convention by air, contract limits elsewhere."""

from amends.domain.compensation.conventions import CMR_XDR_PER_KG, with_montreal
from amends.domain.compensation.days import after
from amends.domain.compensation.facts import Mode
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    per_kilogram,
    switched_off,
)
from amends.domain.compensation.windows import Window, notice_missed, presume_lost
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    by_air = facts.mode is Mode.AIR and facts.convention_applies is True and not facts.is_domestic
    if by_air and facts.promised_on is not None:
        presume_lost(sheet, after(facts.promised_on, 7), "montreal.13.3")
    if delay_not_covered(sheet, "dhl_express.delay"):
        return
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=posted and after(posted, int(sheet.value("notice_days"))),
        rule="dhl_express.notice",
    )
    # The Convention lets no contract shorten its own periods: such a refusal may not stand.
    if notice_missed(sheet, window, disputed=by_air) or sheet.excused(
        excuses("dhl_express.exclusions")
    ):
        return
    if facts.insured_value is not None:
        award_within_insurance(sheet, "dhl_express.insurance")
        return
    sheet.need("mode", "gross_weight_grams")
    if facts.is_domestic and facts.origin_country == "CN":
        cap = per_kilogram(sheet, "china_cny_per_kg", "CNY", "dhl_express.china")
    elif facts.mode is Mode.ROAD:
        cap = per_kilogram(sheet, "road_xdr_per_kg", "XDR", "dhl_express.road")
    elif by_air:
        cap = per_kilogram(sheet, "xdr_per_kg", "XDR", "montreal.22.3")
    else:
        if facts.mode is Mode.AIR and not facts.is_domestic:
            sheet.need("convention_applies")
        switched_off(
            sheet,
            "newer_contract_xdr_per_kg",
            "dhl_express.newer",
            "Later texts name 22, then 26 XDR a kilogram",
            "后来的文本写每公斤22、26 XDR",
        )
        cap = per_kilogram(sheet, "contract_xdr_per_kg", "XDR", "dhl_express.limit")
    sheet.award_lower(sheet.loss(), cap, "dhl_express.limit")


REGIMES = (
    Regime(
        code="dhl_express",
        title=Text("DHL Express terms", "DHL快递条款"),
        editions=with_montreal(
            {
                "contract_xdr_per_kg": "19",
                "newer_contract_xdr_per_kg": Doubt("26", Confidence.LOW, "later texts, K 0.6"),
                "road_xdr_per_kg": CMR_XDR_PER_KG,
                "china_cny_per_kg": "20",
                "notice_days": "30",
            },
            "DHL Express terms as embedded in apps",
            Confidence.MEDIUM_HIGH,
        ),
        fill=_fill,
    ),
)
