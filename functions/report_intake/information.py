"""Models: the answers to what was asked, in the fields of the report."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from amends.domain.case.report import Shipment
from amends.domain.case.talking.information import Answers
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.number import check
from amends.service.investigation.investigating import details_of
from amends.web.bodies import Body, Long, Short
from report_intake.models import (
    NUMBER,
    ItemBody,
    Moment,
    PersonBody,
    ShipmentFactsBody,
    to_item,
    to_shipment,
)


class ShipmentAnswer(ShipmentFactsBody):
    """Any part of what the report says of the shipment."""

    tracking_number: Annotated[str, Field(pattern=NUMBER)] | None = None


class IncidentAnswer(Body):
    """Any part of what the report says of the incident; its kind only where that was asked."""

    kind: Kind | None = None
    noticed_at: Moment | None = None
    inquired_on: date | None = None
    narrative: Long | None = None
    details: dict[str, Any] = Field(default_factory=dict)


class InformationBody(Body):
    """`POST /v1/cases/{id}/information`: what was asked; `unknown` names what one cannot say."""

    incident: IncidentAnswer | None = None
    shipment: ShipmentAnswer | None = None
    items: Annotated[list[ItemBody], Field(min_length=1, max_length=200)] | None = None
    reporter: PersonBody | None = None
    sender: PersonBody | None = None
    addressee: PersonBody | None = None
    unknown: Annotated[list[Short], Field(max_length=50)] = Field(default_factory=list)

    def to_answers(self, kind: Kind) -> Answers:
        """What the case may know; the details are read by the incident's own kind."""
        incident = self.incident or IncidentAnswer()
        return Answers(
            paths=frozenset(_paths(self.model_dump(exclude_none=True, exclude={"unknown"}))),
            unknown=frozenset(self.unknown),
            shipment=_shipment(self.shipment),
            items=None if self.items is None else tuple(to_item(item) for item in self.items),
            details=details_of(incident.kind or kind, incident.details),
            noticed_at=incident.noticed_at,
            inquired_on=incident.inquired_on,
            kind=incident.kind,
        )

    def to_words(self) -> Mapping[str, object]:
        """What only the contacts may hold."""
        told: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        persons: dict[str, object] = {
            who: told[who] for who in ("reporter", "sender", "addressee") if who in told
        }
        places = {
            end: told["shipment"][end]
            for end in ("origin", "destination")
            if end in told.get("shipment", {})
        }
        return {"narrative": told.get("incident", {}).get("narrative"), **persons, **places}


def _shipment(body: ShipmentAnswer | None) -> Mapping[str, Any]:
    """The fields that were told, in the domain's form."""
    if body is None:
        return {}
    number = check(body.tracking_number).normalised if body.tracking_number else ""
    told = to_shipment(body, number)
    values = {each.name: getattr(told, each.name) for each in fields(Shipment)}
    return {name: value for name, value in values.items() if value not in (None, "")}


def _paths(document: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Every path that holds something, from the whole down to its leaves."""
    for name, value in document.items():
        path = f"{above}{name}"
        if value not in ({}, []):
            yield path
        if isinstance(value, Mapping):
            yield from _paths(value, f"{path}.")
