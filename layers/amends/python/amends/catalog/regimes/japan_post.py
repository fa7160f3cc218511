"""Japan Post, to abroad."""

from amends.domain.compensation.conventions import UPU_PARCEL_XDR, UPU_PARCEL_XDR_PER_KG
from amends.domain.compensation.days import months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import ItemKind
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
)
from amends.domain.compensation.windows import Window, inquiry_missed
from amends.domain.compensation.worksheet import Worksheet

_REGISTERED = (ItemKind.REGISTERED_LETTER, ItemKind.REGISTERED_SMALL_PACKET)


def _fill(sheet: Worksheet) -> None:
    facts, posted = sheet.facts, sheet.facts.posted_on
    if delay_not_covered(sheet, "japan_post.delay"):
        return
    months = int(sheet.value("inquiry_months"))
    window = Window(
        name="inquiry",
        fact="inquired_on",
        last_day=posted and months_after(posted, months),
        rule="japan_post.inquiry",
    )
    if inquiry_missed(sheet, window) or sheet.excused(excuses("japan_post.exclusions")):
        return
    if facts.insured_value is not None:
        most = Exact(sheet.value("declared_most"), "JPY") if _is_ems(sheet) else None
        award_within_insurance(sheet, "japan_post.declared", most=most)
        return
    if facts.item_kind in _REGISTERED:
        cap = fixed_cap(sheet, "registered", "JPY", "japan_post.registered")
    elif _is_ems(sheet):
        cap = fixed_cap(sheet, "ems", "JPY", "japan_post.ems")
    elif facts.item_kind is ItemKind.PARCEL:
        per_kg = sheet.value("parcel_xdr_per_kg") * sheet.kilograms()
        cap = Exact(sheet.value("parcel_xdr") + per_kg, "XDR")
        sheet.note("upu.22.3.1", f"Limit: {cap}", f"限额：{cap}", cap)
    else:
        not_covered(
            sheet, "japan_post.ordinary", "Ordinary mail is not covered", "平常邮件不予赔偿"
        )
        return
    sheet.award_lower(sheet.loss(), cap, "japan_post.limit")


def _is_ems(sheet: Worksheet) -> bool:
    return sheet.facts.item_kind in (ItemKind.EMS, ItemKind.EXPRESS)


REGIMES = (
    Regime(
        code="japan_post.intl",
        title=Text("Japan Post international", "日本邮政国际"),
        editions=(
            edition(
                "2014-01-01",
                source="Japan Post questions and answers on international mail",
                figures={
                    "registered": "6000",
                    "ems": "20000",
                    "declared_most": "2000000",
                    "inquiry_months": "6",
                    "parcel_xdr": UPU_PARCEL_XDR,
                    "parcel_xdr_per_kg": UPU_PARCEL_XDR_PER_KG,
                },
            ),
        ),
        fill=_fill,
    ),
)
