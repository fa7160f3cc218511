"""Rows of merchants' webhooks: values to attributes and back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.adapters.codec import dumps, loads
from amends.adapters.summary import moment, shard_key, shard_of
from amends.domain.people.webhook import Endpoint, Secret
from amends.domain.people.webhook_delivery import Delivery
from amends.domain.people.webhook_event import EventType, OutgoingEvent

KEPT_FOR = timedelta(days=90)
"""How long an event can be listed and sent again."""


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """A delivery's row."""
    return {
        **key_of(delivery.endpoint_id, place_of(delivery)),
        "body": {"S": dumps(delivery)},
        "due_shard": {"S": shard_key(shard_of(delivery.endpoint_id))},
        "due_at": {"S": moment(delivery.due_at)},
        **ends_of(delivery.due_at),
    }


def place_of(delivery: Delivery) -> str:
    """Where a delivery stands: by subject and sequence."""
    return f"{delivery.subject}#{delivery.sequence:012d}#{delivery.event_id}"


def sequence_at(place: str) -> int:
    """The sequence that a place stands for."""
    return int(place.split("#")[-2])


def delivery_of(row: Mapping[str, Any]) -> Delivery:
    """The delivery of a row; a claim moves the moment in the row alone."""
    known = loads(Delivery, row["body"]["S"])
    due = row.get("due_at")
    return replace(known, due_at=datetime.fromisoformat(due["S"])) if due else known


def endpoint_body(endpoint: Endpoint) -> dict[str, object]:
    """An endpoint as JSON."""
    return {
        "url": endpoint.url,
        "types": sorted(endpoint.types),
        "since": endpoint.since.isoformat(),
        "is_paused": endpoint.is_paused,
        "turn": endpoint.turn,
        "secrets": [
            {"value": one.value, "until": one.until.isoformat() if one.until else None}
            for one in endpoint.secrets
        ],
    }


def endpoint_of(row: Mapping[str, Any]) -> Endpoint:
    """The endpoint of a row."""
    told = json.loads(row["body"]["S"])
    return Endpoint(
        id=row["sk"]["S"],
        merchant=row["pk"]["S"].removeprefix("hooks#"),
        url=told["url"],
        types=frozenset(EventType(kind) for kind in told["types"]),
        secrets=tuple(
            Secret(
                value=one["value"],
                until=datetime.fromisoformat(one["until"]) if one["until"] else None,
            )
            for one in told["secrets"]
        ),
        since=datetime.fromisoformat(told["since"]),
        is_paused=told["is_paused"],
        turn=told.get("turn"),
    )


def event_body(event: OutgoingEvent) -> dict[str, object]:
    """An event as JSON."""
    return {
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at.astimezone(UTC).isoformat(),
        "data": dict(event.data),
    }


def event_of(row: Mapping[str, Any]) -> OutgoingEvent:
    """The event of a row."""
    told = json.loads(row["body"]["S"])
    return OutgoingEvent(
        id=told["id"],
        type=EventType(told["type"]),
        subject=told["subject"],
        sequence=told["sequence"],
        occurred_at=datetime.fromisoformat(told["occurred_at"]),
        data=told["data"],
    )


def body_of(document: Mapping[str, object]) -> dict[str, Any]:
    """The attribute that holds JSON."""
    return {"body": {"S": json.dumps(document, ensure_ascii=False)}}


def ends_of(at: datetime) -> dict[str, Any]:
    """When a row ends by itself."""
    return {"expires_at": {"N": str(int((at + KEPT_FOR).timestamp()))}}


def key_of(pk: str, sk: str) -> dict[str, Any]:
    """A row's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}
