"""Models: what the intake's requests may say; anything else is refused, field by field."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from amends.domain.case.evidence import LARGEST
from amends.domain.case.report import ItemLine, Report, Shipment
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid
from amends.service.investigation.investigating import details_of
from amends.web.bodies import Body, Long, MoneyBody, Short

NUMBER = r"^[A-Za-z0-9 .\-]{4,60}$"
COUNTRY = r"^[A-Z]{2}$"
INQUIRED = "inquired_on"
"""The one detail that every kind knows: when the operator was first asked."""


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time needs an offset, such as Z")
    return at


Flag = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Moment = Annotated[datetime, AfterValidator(_aware)]


class AddressBody(Body):
    """Where somebody lives; personal data."""

    country: Annotated[str, Field(pattern=COUNTRY)] | None = None
    postal_code: Short | None = None
    city: Short | None = None
    region: Short | None = None
    lines: Annotated[list[Short], Field(max_length=6)] = []


class IncidentBody(Body):
    """What is alleged."""

    kind: Kind
    noticed_at: Moment | None = None
    narrative: Long | None = None
    details: dict[str, Any] = {}
    wish: Long | None = None
    """What would put it right, in the reporter's own words."""
    is_another: bool = False
    """Another incident on the same waybill, on purpose: it does not join the open case."""


class ShipmentFactsBody(Body):
    """What is said of a shipment beside its number."""

    carrier: Annotated[str, Field(pattern=r"^[a-z0-9_]{2,40}$")] | None = None
    service: Annotated[str, Field(pattern=r"^[a-z0-9_]{2,60}$")] | None = None
    shipped_on: date | None = None
    expected_on: date | None = None
    origin: AddressBody | None = None
    destination: AddressBody | None = None
    weight_grams: Annotated[int, Field(strict=True, gt=0, le=1_000_000)] | None = None
    postage: MoneyBody | None = None
    registration_fee: MoneyBody | None = None
    insurance_fee: MoneyBody | None = None
    insured_value: MoneyBody | None = None
    order_reference: Short | None = None


class ShipmentBody(ShipmentFactsBody):
    """What was sent."""

    tracking_number: Annotated[str, Field(pattern=NUMBER)]


class ItemBody(Body):
    """One kind of thing in the parcel."""

    name: Short
    quantity: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 1
    specification: Short | None = None
    unit_value: MoneyBody | None = None
    flags: Annotated[list[Flag], Field(max_length=10)] = []
    hs_code: Annotated[str, Field(pattern=r"^[0-9.]{4,14}$")] | None = None


class PersonBody(Body):
    """Somebody's name and how to reach them; personal data."""

    name: Short | None = None
    phone: Annotated[str, Field(pattern=r"^[+0-9 ()\-]{4,30}$")] | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")] | None = None
    address: AddressBody | None = None


class ReporterBody(PersonBody):
    """Who reports."""

    role: Role
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"


class ReportBody(Body):
    """`POST /v1/cases`."""

    incident: IncidentBody
    shipment: ShipmentBody
    items: Annotated[list[ItemBody], Field(max_length=200)] = []
    reporter: ReporterBody
    sender: PersonBody | None = None
    addressee: PersonBody | None = None
    channel: ReportChannel = ReportChannel.WEB

    def to_report(self, number: str) -> Report:
        """What the case may know: nothing of the persons."""
        told = {k: v for k, v in self.incident.details.items() if k != INQUIRED}
        return Report(
            kind=self.incident.kind,
            noticed_at=self.incident.noticed_at,
            inquired_on=_inquired_on(self.incident.details),
            shipment=to_shipment(self.shipment, number),
            items=tuple(to_item(item) for item in self.items),
            details=details_of(self.incident.kind, told),
            role=self.reporter.role,
            language="zh-CN" if self.reporter.language.lower().startswith("zh") else "en",
            channel=self.channel,
        )

    def to_contact(self) -> Mapping[str, object]:
        """What only the contacts table may hold."""
        told = self.model_dump(mode="json", exclude_none=True)
        return {
            "narrative": self.incident.narrative,
            **({"wish": self.incident.wish} if self.incident.wish else {}),
            "details": self.incident.details,
            **{who: told[who] for who in ("reporter", "sender", "addressee") if who in told},
            "origin": told["shipment"].get("origin"),
            "destination": told["shipment"].get("destination"),
        }


class EvidenceBody(Body):
    """The file that will come, for a case or a shipment, as its sender knows it."""

    kind: Annotated[str, Field(pattern=r"^[a-z_]{2,40}$")]
    file_name: Short
    content_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]{1,60}$")]
    size: Annotated[int, Field(strict=True, ge=1, le=LARGEST)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WithdrawBody(Body):
    """`POST /v1/cases/{id}/withdraw`."""

    reason: Short = "withdrawn by the claimant"


def to_shipment(body: ShipmentFactsBody, number: str) -> Shipment:
    """The shipment without anybody's address."""
    return Shipment(
        tracking_number=number,
        carrier=body.carrier,
        service=body.service,
        shipped_on=body.shipped_on,
        expected_on=body.expected_on,
        origin_country=body.origin.country if body.origin else None,
        destination_country=body.destination.country if body.destination else None,
        destination_postal_code=body.destination.postal_code if body.destination else None,
        weight_grams=body.weight_grams,
        postage=_money(body.postage),
        registration_fee=_money(body.registration_fee),
        insurance_fee=_money(body.insurance_fee),
        insured_value=_money(body.insured_value),
        order_reference=body.order_reference,
    )


def to_item(body: ItemBody) -> ItemLine:
    """One line of the packing list."""
    return ItemLine(
        name=body.name,
        quantity=body.quantity,
        specification=body.specification,
        unit_value=_money(body.unit_value),
        flags=tuple(body.flags),
        hs_code=body.hs_code,
    )


def _money(body: MoneyBody | None) -> Money | None:
    return body.to_money() if body else None


def _inquired_on(details: Mapping[str, Any]) -> date | None:
    told = details.get(INQUIRED)
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError):
        error = FieldError(
            field="incident.details.inquired_on",
            code="date",
            message="a date such as 2026-09-10 is expected",
        )
        raise Invalid("some fields cannot be accepted", errors=[error]) from None
