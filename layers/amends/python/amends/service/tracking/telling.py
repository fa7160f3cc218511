"""Telling: what the channels say reaches the open cases on that number."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.events import Event, TrackingRead
from amends.domain.case.goods.recovery import follow_leg
from amends.domain.case.investigation.tracing import note_anomaly, note_reading
from amends.domain.occasion import Occasion
from amends.domain.parcel.anomaly import anomalies_of
from amends.domain.parcel.shipment import Shipment
from amends.service.amend import amend
from amends.service.tracking.tracker import Tracker

ASK_AGAIN = timedelta(days=1)
"""When the case looks again by itself, whatever the poller does."""
TIMES = 4


def tell(tracker: Tracker, shipment: Shipment, occasion: Occasion, *, times: int = 0) -> int:
    """Note the reading and what stands out on every open case; how many there are.

    The same again changes no case. Where no case is open, watching for cases ends; only a case
    of the last hour may be one that the index does not show yet: that one is told a little later.
    """
    case_ids = tracker.cases.on_waybill(shipment.number)
    if not case_ids:
        old = shipment.cases_before(occasion.at)
        for watcher in old:
            tracker.shipments.leave(shipment.waybill, watcher)
        if times < TIMES and any(one not in old for one in shipment.watchers if "@" in one):
            again = {"tell": [shipment.waybill], "times": times + 1}
            tracker.queue.send(again, delay_seconds=5 * 3**times)
    for case_id in case_ids:
        amend(tracker.cases, case_id, occasion, lambda case: _news(case, shipment, occasion))
    return len(case_ids)


def tell_again(tracker: Tracker, message: Mapping[str, Any], occasion: Occasion) -> None:
    """Tell what is known, without asking."""
    for waybill in message["tell"]:
        shipment = tracker.shipments.get(waybill, surely=True)
        if shipment is not None and shipment.has_case:
            tell(tracker, shipment, occasion, times=int(message["times"]))


def reading_of(shipment: Shipment, occasion: Occasion) -> TrackingRead:
    """What a case is told of a parcel."""
    state = shipment.state
    return TrackingRead(
        milestone=state.milestone,
        reason=state.reason,
        direction=state.direction,
        found=state.is_found,
        channels=tuple(sorted(state.fresh)),
        scans=len(state.events),
        last_movement_at=state.last_movement_at,
        ask_again_at=occasion.at + ASK_AGAIN,
    )


def _news(case: Case, shipment: Shipment, occasion: Occasion) -> list[Event]:
    events: list[Event] = []
    if shipment.state.words:  # a channel that could not answer says nothing of the parcel
        reading = reading_of(shipment, occasion)
        events += note_reading(case, reading)
        events += follow_leg(case, reading, occasion)
    kinds = set()
    for anomaly in anomalies_of(shipment, now=occasion.at):
        if anomaly.kind not in kinds:
            kinds.add(anomaly.kind)
            events += note_anomaly(case, anomaly.kind, since=anomaly.since, node=anomaly.node)
    return events
