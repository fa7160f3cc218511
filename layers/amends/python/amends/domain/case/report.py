"""Report: what is said about the parcel when a case opens, without anybody's personal data."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.domain.case.question import Fact
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.money import Money, worth_of

NO_NUMBER = "UNKNOWN"
"""Stands where a report that came by mail, by phone or by letter does not know the number yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One kind of thing in the parcel; `flags` such as `fragile`, `valuable`."""

    name: str
    quantity: int = 1
    specification: str | None = None
    unit_value: Money | None = None
    flags: tuple[str, ...] = ()
    hs_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What was sent. Addresses are personal data: only country and postal code stand here."""

    tracking_number: str
    carrier: str | None = None
    service: str | None = None
    shipped_on: date | None = None
    expected_on: date | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    destination_postal_code: str | None = None
    weight_grams: int | None = None
    postage: Money | None = None
    registration_fee: Money | None = None
    insurance_fee: Money | None = None
    insured_value: Money | None = None
    order_reference: str | None = None

    @property
    def is_numbered(self) -> bool:
        """Whether there is a number to ask anybody about; without one a case is a draft."""
        return self.tracking_number != NO_NUMBER

    @property
    def waybill(self) -> str:
        """Carrier, number and ship date: numbers are recycled, so the date is identity."""
        day = self.shipped_on.isoformat() if self.shipped_on else "-"
        return f"{self.carrier or '-'}#{self.tracking_number}#{day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The first report: what is alleged, of which shipment, by whom in which role."""

    kind: Kind
    shipment: Shipment
    noticed_at: datetime | None = None
    inquired_on: date | None = None
    """When the claimant first asked the operator, where that was before this report."""
    declared_loss: Money | None = None
    items: tuple[ItemLine, ...] = ()
    details: tuple[Fact, ...] = ()
    """What this kind of incident asks for, typed by its file."""
    role: Role
    language: str
    channel: ReportChannel

    @property
    def value(self) -> Money | None:
        """The items' declared value in one currency, or None when it is not said for each."""
        return worth_of((item.unit_value, item.quantity) for item in self.items)
