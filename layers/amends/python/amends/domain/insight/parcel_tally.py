"""What one watched parcel counts for once it has come to an end: the ground that rates stand on."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from amends.domain.insight.tally import Counted, Dimension, Group, Measured, groups_of
from amends.domain.parcel.carriers import house_of
from amends.domain.parcel.shipment import Shipment
from amends.domain.parcel.state import SILENT
from amends.domain.parcel.vocabulary import Milestone

ENDS = frozenset({Milestone.DELIVERED, Milestone.RETURNED, Milestone.DESTROYED})
"""Ends at which a parcel is counted; one that is lost is counted by the case that finds so."""
SILENCE = timedelta(hours=68)
"""A gap between scans that 95 of 100 stay below (tracking.md 5.4, small sample: low confidence)."""
FIRST_SCAN_WITHIN = timedelta(days=3)
"""From the day of posting to the first movement (tracking.md 5.3: visible after one to three)."""


def has_ended(shipment: Shipment) -> bool:
    """Whether the parcel ever came to an end: only then is it worth a look at what it counts."""
    return any(event.scan.milestone in ENDS for event in shipment.state.events)


def count_parcel(shipment: Shipment, merchants: Iterable[str] = ()) -> Counted:
    """The parcel in the month of its last movement; nothing while it travels (again)."""
    state = shipment.state
    at = state.last_movement_at or shipment.watched_since
    empty = Counted(source=f"parcel {shipment.waybill}", version=shipment.version, month="")
    if state.milestone not in ENDS:
        return empty
    told = _measures(shipment)
    common = groups_of(
        carrier=house_of(shipment.carrier),
        origin=shipment.origin_country,
        destination=shipment.destination_country,
        weight_grams=None,
        service=shipment.service,
    )
    own = (Group(dimension=Dimension.MERCHANT, value=name) for name in sorted(set(merchants)))
    return Counted(
        source=empty.source,
        version=empty.version,
        month=f"{at:%Y-%m}",
        groups=(*common, *own),
        measures=tuple(Measured(name=name, count=n) for name, n in sorted(told.items()) if n),
    )


def _measures(shipment: Shipment) -> Counter[str]:
    state = shipment.state
    told: Counter[str] = Counter(parcels=1)
    told[f"ended_{state.milestone}"] += 1
    moves = [event.scan.at for event in state.events if event.scan.milestone not in SILENT]
    told["scans"] += len(moves)
    told["silent"] += any(later - earlier > SILENCE for earlier, later in pairwise(moves))
    posted = _midnight(shipment)
    if posted is not None and moves:
        told["postings"] += 1
        told["first_scan_in_time"] += moves[0] - posted <= FIRST_SCAN_WITHIN
        if state.milestone is Milestone.DELIVERED and moves[-1] > posted:
            told["travel_count"] += 1
            told["travel_minutes"] += round((moves[-1] - posted) / timedelta(minutes=1))
    promised = state.estimated_delivery_at
    if promised is not None and state.milestone is Milestone.DELIVERED and moves:
        told["promised"] += 1
        told["on_time"] += moves[-1].date() <= promised.date()
    return told


def _midnight(shipment: Shipment) -> datetime | None:
    if shipment.shipped_on is None:
        return None
    return datetime.combine(shipment.shipped_on, time(), tzinfo=UTC)
