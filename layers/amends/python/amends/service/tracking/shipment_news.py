"""Shipment news: merchants who watch a parcel hear of its milestones and of what stands out."""

from collections.abc import Iterator

from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.parcel.anomaly import anomalies_of
from amends.domain.parcel.shipment import Shipment, is_watch
from amends.domain.parcel.thresholds import Anomaly, AnomalyKind
from amends.domain.people.webhook_event import EventType, OutgoingEvent, outgoing
from amends.ports.tracking import Watches
from amends.service.people.announcing import Herald, publish


def tell_watchers(herald: Herald, watches: Watches, shipment: Shipment, occasion: Occasion) -> None:
    """Publish what is new to every merchant that watches it and has an endpoint.

    The same milestone, or the same anomaly since the same moment, has the same id: told again
    after a crash, it is the same event.
    """
    for watcher in sorted(shipment.watchers):
        watch = watches.get(watcher) if watcher.startswith("shp_") else None
        if watch is None or not herald.hooks.endpoints(watch.owner):
            continue
        for event in _events(watcher, shipment, occasion):
            publish(herald, watch.owner, event, occasion)


def owners_of(watches: Watches, shipment: Shipment) -> list[str]:
    """The merchants who watch it."""
    found = (watches.get(one) for one in shipment.watchers if is_watch(one))
    return sorted({watch.owner for watch in found if watch is not None})


def _events(watch_id: str, shipment: Shipment, occasion: Occasion) -> Iterator[OutgoingEvent]:
    state = shipment.state
    common: dict[str, object] = {
        "shipment_id": watch_id,
        "tracking_number": shipment.number,
    }
    place = int(occasion.at.timestamp() * 1000)
    if state.last_movement_at is not None:
        yield outgoing(
            EventType.SHIPMENT_MILESTONE_REACHED,
            {**common, "milestone": state.milestone, "occurred_at": state.last_movement_at},
            event_id=derived("evt", watch_id, state.milestone),
            subject=watch_id,
            sequence=place,
            occurred_at=occasion.at,
        )
    for number, anomaly in enumerate(anomalies_of(shipment, now=occasion.at), start=1):
        told, apart = _told(anomaly)
        yield outgoing(
            EventType.SHIPMENT_ANOMALY_SEEN,
            {**common, **told},
            event_id=derived("evt", watch_id, anomaly.kind, *apart),
            subject=watch_id,
            sequence=place + number,
            occurred_at=occasion.at,
        )


def _told(anomaly: Anomaly) -> tuple[dict[str, object], tuple[str, ...]]:
    """What is told of it, and what makes it another one: a later estimate is told again."""
    told: dict[str, object] = {"anomaly": anomaly.kind, "since": anomaly.since}
    apart = [anomaly.since.isoformat()]
    if anomaly.promised_on is not None:
        told["promised_on"] = anomaly.promised_on.isoformat()
    if anomaly.estimated_at is not None:
        told["estimated_delivery_at"] = anomaly.estimated_at
        if anomaly.kind is AnomalyKind.WILL_BE_LATE:
            apart.append(anomaly.estimated_at.date().isoformat())
    return told, tuple(apart)
