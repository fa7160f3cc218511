"""Deutsche Post and DHL Paket: from Germany."""

from amends.domain.compensation.conventions import UPU_PARCEL_XDR, UPU_PARCEL_XDR_PER_KG
from amends.domain.compensation.days import after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Contents, Facts, ItemKind
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    not_covered,
)
from amends.domain.compensation.windows import presume_lost
from amends.domain.compensation.worksheet import Worksheet

_SMALL = frozenset(("paeckchen", "päckchen", "packchen", "small_packet", "small_parcel"))


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    if facts.posted_on is not None:
        presume_lost(sheet, after(facts.posted_on, int(sheet.value("lost_days"))), "dp_dhl.lost")
    if delay_not_covered(sheet, "dp_dhl.delay"):
        return
    if sheet.excused(excuses("dp_dhl.exclusions")):
        return
    service = (facts.service or "").lower()
    if facts.insured_value is not None:
        most = Exact(sheet.value("insured_most"), "EUR")
        award_within_insurance(sheet, "dp_dhl.insured", most=most)
        return
    name = _ceiling(facts, service)
    if name is None:
        not_covered(
            sheet, "dp_dhl.uncovered", "This product carries no liability", "该产品不承担赔偿"
        )
        return
    if name == "parcel_abroad":
        cap = _abroad(sheet)
    else:
        cap = fixed_cap(sheet, name, "EUR", f"dp_dhl.{name}")
    sheet.award_lower(sheet.loss(), cap, f"dp_dhl.{name}")


def _ceiling(facts: Facts, service: str) -> str | None:
    """The figure that holds for the product; None where there is no liability."""
    if any(service.startswith(small) for small in _SMALL):
        return None
    if "einwurf" in service:
        return "einwurf"
    if service.startswith("wert"):
        return "cash" if facts.contents is Contents.CASH else "valuables"
    registered = facts.item_kind in (
        ItemKind.REGISTERED_LETTER,
        ItemKind.REGISTERED_SMALL_PACKET,
    )
    if "einschreiben" in service or registered:
        return "einschreiben"
    if facts.item_kind in (ItemKind.ORDINARY_MAIL, ItemKind.PRINTED_MATTER):
        return None
    home = facts.is_domestic and "international" not in service
    return "paket" if home else "parcel_abroad"


def _abroad(sheet: Worksheet) -> Exact:
    kilograms = sheet.kilograms()
    base, more = sheet.value("parcel_xdr"), sheet.value("parcel_xdr_per_kg")
    cap = Exact(base + more * kilograms, "XDR")
    line = f"{base:f} + {more:f} × {kilograms:f} = {cap}"
    sheet.note("dp_dhl.parcel_abroad", f"Basic parcel abroad: {line}", f"国际基本包裹：{line}", cap)
    return cap


REGIMES = (
    Regime(
        code="dp_dhl.de",
        title=Text("Deutsche Post and DHL Paket", "德国邮政与DHL包裹"),
        editions=(
            edition(
                "2015-01-01",
                source="Deutsche Post FAQ on registered mail; published DHL parcel liability",
                figures={
                    "einschreiben": "25",
                    "einwurf": "20",
                    "paket": "500",
                    "cash": "100",
                    "valuables": "500",
                    "insured_most": "25000",
                    "parcel_xdr": UPU_PARCEL_XDR,
                    "parcel_xdr_per_kg": UPU_PARCEL_XDR_PER_KG,
                    "lost_days": "20",
                },
            ),
        ),
        fill=_fill,
    ),
)
