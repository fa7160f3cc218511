"""Events for merchants: their types, what each tells, and the body that is signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from amends.domain.money import Money
from amends.domain.refusal import Invalid


class EventType(StrEnum):
    """What a merchant may hear of; stable, public names."""

    CASE_REPORTED = "case.reported"
    CASE_STAGE_CHANGED = "case.stage_changed"
    CASE_INFORMATION_REQUESTED = "case.information_requested"
    CASE_OFFER_MADE = "case.offer_made"
    CASE_PAYOUT_CONFIRMED = "case.payout_confirmed"
    CASE_CLOSED = "case.closed"
    SHIPMENT_MILESTONE_REACHED = "shipment.milestone_reached"
    SHIPMENT_ANOMALY_SEEN = "shipment.anomaly_seen"
    ENDPOINT_PAUSED = "endpoint.paused"
    """Our own notice, shown in the event list: an endpoint failed for too long."""


FIELDS: Mapping[EventType, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        EventType.CASE_REPORTED: "case_id kind tracking_number status stage",
        EventType.CASE_STAGE_CHANGED: "case_id previous_stage status stage",
        EventType.CASE_INFORMATION_REQUESTED: "case_id requests due_at",
        EventType.CASE_OFFER_MADE: "case_id offer_id remedy amount expires_at",
        EventType.CASE_PAYOUT_CONFIRMED: "case_id payout_id amount rail",
        EventType.CASE_CLOSED: "case_id outcome",
        EventType.SHIPMENT_MILESTONE_REACHED: "shipment_id tracking_number milestone occurred_at",
        EventType.SHIPMENT_ANOMALY_SEEN: "shipment_id tracking_number anomaly since",
        EventType.ENDPOINT_PAUSED: "endpoint_id failing_since reason",
    }.items()
}
"""What the `data` of each type always holds."""

MAY_HOLD: Mapping[EventType, frozenset[str]] = {
    EventType.CASE_REPORTED: frozenset({"order_reference", "shipment_id"}),
    EventType.CASE_STAGE_CHANGED: frozenset({"outcome"}),
    EventType.CASE_CLOSED: frozenset({"amount"}),
    EventType.SHIPMENT_MILESTONE_REACHED: frozenset({"carrier", "step", "reason"}),
    EventType.SHIPMENT_ANOMALY_SEEN: frozenset(
        {"carrier", "case_id", "promised_on", "estimated_delivery_at"}
    ),
}
"""What it may hold besides; nothing else is told, so no personal data slips in."""


class BadEvent(Invalid):
    """The data is not what its type tells."""

    code = "bad_event"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingEvent:
    """One event for one merchant; `sequence` orders the events of one subject (case, shipment)."""

    id: str
    type: EventType
    subject: str
    sequence: int
    occurred_at: datetime
    data: Mapping[str, object]

    def body(self) -> bytes:
        """The JSON that is signed and sent, byte for byte the same at every attempt."""
        document = {"type": self.type, "timestamp": _rfc3339(self.occurred_at), "data": self.data}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def outgoing(
    event_type: EventType,
    data: Mapping[str, object],
    *,
    event_id: str,
    subject: str,
    sequence: int,
    occurred_at: datetime,
) -> OutgoingEvent:
    """An event with exactly the data that its type tells; moments and money take the API's form."""
    given, always = set(data), FIELDS[event_type]
    if missing := sorted(always - given):
        raise BadEvent(f"{event_type} lacks {', '.join(missing)}")
    if extra := sorted(given - always - MAY_HOLD.get(event_type, frozenset())):
        raise BadEvent(f"{event_type} does not tell {', '.join(extra)}")
    return OutgoingEvent(
        id=event_id,
        type=event_type,
        subject=subject,
        sequence=sequence,
        occurred_at=occurred_at,
        data={name: _plain(value) for name, value in data.items()},
    )


def _plain(value: object) -> object:
    match value:
        case datetime():
            return _rfc3339(value)
        case Money():
            return {"amount": f"{value.amount:f}", "currency": value.currency}
        case _:
            return value


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
