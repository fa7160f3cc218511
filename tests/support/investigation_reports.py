"""Reports about one small parcel from China to Germany, as the API and as the domain take them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from amends.domain.case.question import Fact
from amends.domain.case.report import ItemLine, Report, Shipment
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.money import Money
from amends.domain.parcel.reading import Place, Scan
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Step

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""A Monday, ten in the morning in China."""
SHIPMENT: Mapping[str, Any] = {
    "tracking_number": "RR123456785CN",
    "carrier": "china_post",
    "service": "registered_small_packet",
    "shipped_on": "2026-02-20",
    "expected_on": "2026-03-05",
    "origin": {"country": "CN", "postal_code": "310000", "city": "杭州"},
    "destination": {"country": "DE", "postal_code": "20095", "city": "Hamburg"},
    "weight_grams": 480,
    "postage": {"amount": "32.50", "currency": "CNY"},
    "registration_fee": {"amount": "8.00", "currency": "CNY"},
}
ITEMS = [{"name": "cup", "unit_value": {"amount": "260.00", "currency": "CNY"}}]
PEOPLE: Mapping[str, Any] = {
    "reporter": {"role": "sender", "name": "李雷", "phone": "+86 571 8800 1234", "language": "en"},
    "sender": {"name": "李雷", "phone": "+86 571 8800 1234", "address": {"city": "杭州"}},
    "addressee": {"name": "Erika Muster", "phone": "+49 40 123456", "address": {"city": "Hamburg"}},
}


def report_of(kind: Kind, *, details: Mapping[str, str] | None = None, **changes: Any) -> Report:
    """A report about an international small parcel from China to Germany, sent ten days ago."""
    shipment: dict[str, Any] = {
        "tracking_number": "RR123456785CN",
        "carrier": "china_post",
        "service": "registered_small_packet",
        "shipped_on": date(2026, 2, 20),
        "expected_on": date(2026, 3, 5),
        "origin_country": "CN",
        "destination_country": "DE",
        "weight_grams": 480,
        "postage": Money.of("32.50", "CNY"),
        "registration_fee": Money.of("8.00", "CNY"),
    }
    items = changes.pop("items", (ItemLine(name="cup", unit_value=Money.of("260.00", "CNY")),))
    return Report(
        kind=kind,
        noticed_at=START - timedelta(hours=5),
        shipment=Shipment(**{**shipment, **changes}),
        items=items,
        details=tuple(Fact(code=code, value=value) for code, value in (details or {}).items()),
        role=Role.SENDER,
        language="en",
        channel=ReportChannel.WEB,
    )


def scan_of(node: str, step: Step, at: datetime) -> Scan:
    """One scan of a channel at a node."""
    return Scan(
        at=at,
        at_raw="",
        offset_source=OffsetSource.EXPLICIT,
        milestone=Milestone.IN_TRANSIT,
        step=step,
        place=Place(text=node),
        channel="upu",
    )
