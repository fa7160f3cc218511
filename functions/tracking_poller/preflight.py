"""`POST /v1/preflight`: a parcel is checked before it is shipped; nothing is kept."""

from typing import Annotated, Any

from pydantic import Field

from amends.domain.insight.scorecard import Scorecard
from amends.domain.money import Money
from amends.domain.parcel.preflight import Address, Item, Person, Plan
from amends.domain.parcel.preflight_text import message
from amends.service.tracking.preflight import Preflight
from amends.web.bodies import Body, MoneyBody, Short, read
from amends.web.jsonable import to_jsonable

MOST_ITEMS = 200


class AddressBody(Body):
    """Where somebody lives."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    postal_code: Short | None = None
    city: Short | None = None
    region: Short | None = None
    lines: Annotated[tuple[Short, ...], Field(max_length=6)] = ()

    def address(self) -> Address:
        """As the domain takes it."""
        return Address(
            country=self.country,
            postal_code=self.postal_code,
            city=self.city,
            lines=self.lines,
        )


class PersonBody(Body):
    """Somebody; what is wrong with it is a finding, not a refusal."""

    name: Short | None = None
    phone: Short | None = None
    email: Short | None = None
    tax_id: Short | None = None
    address: AddressBody | None = None

    def person(self) -> Person:
        """As the domain takes it."""
        return Person(name=self.name, phone=self.phone, email=self.email, tax_id=self.tax_id)


class ItemBody(Body):
    """One line of the declaration."""

    name: Short
    quantity: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 1
    specification: Short | None = None
    unit_value: MoneyBody | None = None
    flags: Annotated[tuple[Short, ...], Field(max_length=10)] = ()
    hs_code: Short | None = None
    origin_country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None

    def item(self) -> Item:
        """As the domain takes it."""
        return Item(
            name=" ".join(filter(None, (self.name, self.specification))),
            quantity=self.quantity,
            unit_value=self.unit_value.to_money() if self.unit_value else None,
            flags=self.flags,
            hs_code=self.hs_code,
            origin_country=self.origin_country,
        )


class PackagingBody(Body):
    """How it is packed."""

    outer: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")] | None = None
    inner: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")] | None = None
    is_sealed: bool | None = None

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """As the domain takes it."""
        sealed = None if self.is_sealed is None else "yes" if self.is_sealed else "no"
        told = (("outer", self.outer), ("inner", self.inner), ("sealed", sealed))
        return tuple((name, value) for name, value in told if value is not None)


class ShipmentBody(Body):
    """What is to be sent."""

    tracking_number: Short | None = None
    carrier: Short | None = None
    service: Short | None = None
    shipped_on: Short | None = None
    expected_on: Short | None = None
    origin: AddressBody = Field(default_factory=AddressBody)
    destination: AddressBody = Field(default_factory=AddressBody)
    weight_grams: Annotated[int, Field(strict=True, gt=0, le=1_000_000)] | None = None
    postage: MoneyBody | None = None
    registration_fee: MoneyBody | None = None
    insurance_fee: MoneyBody | None = None
    insured_value: MoneyBody | None = None
    order_reference: Short | None = None


class PreflightBody(Body):
    """`POST /v1/preflight`: the same words as a report's."""

    shipment: ShipmentBody
    items: Annotated[tuple[ItemBody, ...], Field(max_length=MOST_ITEMS)] = ()
    sender: PersonBody | None = None
    addressee: PersonBody | None = None
    packaging: PackagingBody | None = None

    def plan(self) -> Plan:
        """As the domain takes it; the addressee's own address where the shipment has none."""
        there = self.shipment.destination
        if not there.lines and self.addressee and self.addressee.address:
            there = self.addressee.address
        here = self.shipment.origin
        if here.country is None and self.sender and self.sender.address:
            here = self.sender.address
        parcel = self.shipment
        return Plan(
            origin=here.address(),
            destination=there.address(),
            sender=self.sender.person() if self.sender else None,
            addressee=self.addressee.person() if self.addressee else None,
            items=tuple(item.item() for item in self.items),
            tracking_number=parcel.tracking_number,
            weight_grams=parcel.weight_grams,
            packaging=self.packaging.pairs() if self.packaging else None,
            insured_value=parcel.insured_value.to_money() if parcel.insured_value else None,
            insurance_fee=parcel.insurance_fee.to_money() if parcel.insurance_fee else None,
            postage=parcel.postage.to_money() if parcel.postage else None,
        )


def read_plan(document: Any) -> Plan:
    """The plan of a request; refuses what is no plan, field by field."""
    return read(PreflightBody, document).plan()


def preflight_document(told: Preflight, language: str) -> dict[str, Any]:
    """What the API answers."""
    insurance = told.insurance
    return {
        "is_ready": told.is_ready,
        "carriers": [_record(card) for card in told.carriers],
        "findings": [
            {
                "check": one.check,
                "severity": one.severity,
                "field": one.field,
                "code": one.code,
                "message": message(one, language),
                "source": one.source,
            }
            for one in told.findings
        ],
        "insurance": {
            "advice": insurance.advice,
            "expected_loss": _money(insurance.expected_loss),
            "premium": _money(insurance.premium),
            "loss_rate": str(insurance.rate),
            "is_premium_assumed": insurance.is_premium_assumed,
        },
    }


def _record(card: Scorecard) -> dict[str, Any]:
    shares = {one.code: to_jsonable(one.share) for one in card.criteria}
    return {
        "carrier": card.carrier,
        "score": card.score,
        "parcels": card.parcels,
        "is_thin": card.is_thin,
        "loss": shares["loss"],
        "tracking": shares["tracking"],
    }


def _money(amount: Money | None) -> dict[str, str] | None:
    return None if amount is None else {"amount": f"{amount.amount:f}", "currency": amount.currency}
