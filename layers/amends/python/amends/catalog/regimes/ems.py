"""EMS across a border: there is no single value, each post promises its own."""

from amends.domain.compensation.days import months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Contents
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Doubt, Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
    switched_off,
)
from amends.domain.compensation.windows import Window, inquiry_missed
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    if delay_not_covered(sheet, "ems.delay"):
        return
    months = int(sheet.value("inquiry_months"))
    window = Window(
        name="inquiry",
        fact="inquired_on",
        last_day=posted and months_after(posted, months),
        rule="ems.inquiry",
    )
    if inquiry_missed(sheet, window) or sheet.excused(excuses("ems.exclusions")):
        return
    if facts.insured_value is not None:
        award_within_insurance(sheet, "ems.insured")
    elif facts.origin_country == "GI":
        not_covered(sheet, "ems.gibraltar", "Gibraltar gives the postage only", "直布罗陀仅退邮资")
        if sheet.is_total:
            sheet.give_back("postage", "ems.gibraltar")
    else:
        sheet.award_lower(sheet.loss(), _cap(sheet), "ems.limit")


def _cap(sheet: Worksheet) -> Exact:
    facts = sheet.facts
    if facts.origin_country == "JP":
        return fixed_cap(sheet, "japan", "JPY", "ems.japan")
    if facts.origin_country == "IN":
        return fixed_cap(sheet, "india", "XDR", "ems.india")
    if facts.origin_country == "CN":
        switched_off(sheet, "china_goods", "ems.china", "China's older ceilings", "中国旧规则限额")
    papers = facts.contents is Contents.DOCUMENTS or "document" in (facts.service or "")
    return fixed_cap(sheet, "documents" if papers else "goods", "XDR", "ems.practice")


_OLD_CHINA = "older China rule for international EMS, from memory"
REGIMES = (
    Regime(
        code="ems.intl",
        title=Text("EMS, international", "国际特快专递（EMS）"),
        editions=(
            edition(
                "2000-01-01",
                source="EMS practice of posts (inferred from published conditions)",
                confidence=Confidence.MEDIUM,
                figures={
                    "documents": "30",
                    "goods": "130",
                    "india": "30",
                    "japan": "20000",
                    "inquiry_months": "6",
                    "china_documents": Doubt("500", Confidence.LOW, _OLD_CHINA),
                    "china_goods": Doubt("450", Confidence.LOW, _OLD_CHINA),
                    "china_goods_per_500_g": Doubt("70", Confidence.LOW, _OLD_CHINA),
                },
            ),
        ),
        fill=_fill,
    ),
)
