"""Tracker: what the use cases of tracking work with."""

from collections.abc import Callable
from dataclasses import dataclass

from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Shipment
from amends.ports import CaseStore, Queue
from amends.ports.tracking import Shipments, StrangeCodes, Watches
from amends.service.tracking.asking import Channels


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """Stores, channels and the queue, wired by `runtime`."""

    shipments: Shipments
    watches: Watches
    channels: Channels
    queue: Queue
    cases: CaseStore
    strange: StrangeCodes
    news: Callable[[Shipment, Occasion], None]
    """Told of a parcel before its news is kept; it may be told of the same news again."""
