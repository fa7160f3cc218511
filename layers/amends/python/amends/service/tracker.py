"""Tracker: what the use cases of tracking work with."""

from dataclasses import dataclass

from amends.ports import CaseStore, Queue, Shipments, Watches
from amends.service.asking import Channels


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """Stores, channels and the queue, wired by `runtime`."""

    shipments: Shipments
    watches: Watches
    channels: Channels
    queue: Queue
    cases: CaseStore
