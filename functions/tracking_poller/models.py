"""Models: what the tracking API is sent."""

from collections.abc import Callable
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import Wanted
from amends.domain.people.likeness import ROLES, digests_of
from amends.domain.refusal import FieldError, Invalid

MOST = 100


class PlaceBody(BaseModel):
    """An address, as it stands on the label."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    postal_code: str | None = Field(default=None, max_length=12)
    city: str | None = Field(default=None, max_length=100)
    lines: list[str] = Field(default=[], max_length=6)


class PartyBody(BaseModel):
    """Who sent it, or to whom; kept as keyed digests, to be compared with a report."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, pattern=r"^[+0-9 ()\-]{4,30}$")
    address: PlaceBody | None = None


class ShipmentBody(BaseModel):
    """One shipment to watch."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    tracking_number: str = Field(min_length=4, max_length=60)
    carrier: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")
    service: str | None = Field(default=None, max_length=60)
    shipped_on: date | None = None
    expected_on: date | None = None
    origin_country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    destination_country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    destination_postal_code: str | None = Field(default=None, max_length=12)
    phone_tail: str | None = Field(default=None, pattern=r"^[0-9]{4}$")
    order_reference: str | None = Field(default=None, max_length=100)
    sender: PartyBody | None = None
    addressee: PartyBody | None = None

    def wanted(self, digest: Callable[[str], str]) -> Wanted:
        """As the domain takes it; of people it takes digests alone."""
        values = self.model_dump()
        people = {role: values.pop(role) for role in ROLES}
        number = values.pop("tracking_number")
        return Wanted(number=number, people=digests_of(people, digest), **values)


def read_shipments(document: Any, digest: Callable[[str], str]) -> tuple[list[Wanted], bool]:
    """One shipment, or `{"shipments": […]}` with up to 100; whether it was a list."""
    is_many = isinstance(document, dict) and "shipments" in document
    rows = document["shipments"] if is_many else [document]
    if is_many and (len(document) > 1 or not isinstance(rows, list) or not 0 < len(rows) <= MOST):
        raise Invalid(
            f"shipments is a list of 1 to {MOST}",
            errors=[FieldError(field="shipments", code="length", message=f"1 to {MOST}")],
        )
    errors: list[FieldError] = []
    wanted = []
    for place, row in enumerate(rows):
        before = f"shipments.{place}." if is_many else ""
        try:
            one = ShipmentBody.model_validate(row).wanted(digest)
            wanted.append(one)
            errors += _impossible(one.number, before)
        except ValidationError as error:
            errors += [
                FieldError(
                    field=f"{before}{'.'.join(str(part) for part in one['loc'])}",
                    code=one["type"],
                    message=one["msg"],
                )
                for one in error.errors(include_input=False, include_url=False)
            ]
    if errors:
        raise Invalid("some fields are not as they should be", errors=errors)
    return wanted, is_many


def _impossible(number: str, before: str) -> list[FieldError]:
    """A number that can be nobody's is refused with the likely correction, an unknown one never."""
    found = check(number)
    if found.valid is not False:
        return []
    hint = f"; perhaps {found.suggestion}" if found.suggestion else ""
    return [
        FieldError(
            field=f"{before}tracking_number",
            code=str(found.reason),
            message=f"no carrier issues such a number{hint}",
        )
    ]
