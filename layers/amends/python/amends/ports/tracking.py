"""Ports of tracking: watched parcels, and what all workers share about a channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from amends.domain.parcel.shipment import Due, Shipment, Watch
from amends.domain.parcel.throttle import Breaker, Bucket
from amends.domain.parcel.unmapped import Unmapped
from amends.domain.refusal import Refusal


class StaleShipment(Refusal):
    """The shipment changed while we were asking: merge again."""

    code = "shipment_moved_on"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look at several parcels found; what is not in it may be there all the same."""

    shipments: Mapping[str, Shipment]
    """By waybill."""
    due_rows: Mapping[tuple[str, str], Due]
    """By waybill and key: all of a shared row, also those that were not asked for."""


class Shipments(Protocol):
    """Watched parcels, and the rows that say when each is asked about next."""

    def get(self, waybill: str, *, surely: bool = False) -> Shipment | None:
        """One parcel; `surely` pays for a consistent read."""
        ...

    def several(self, wanted: Sequence[tuple[str, str]]) -> Seen:
        """Parcels and their due rows (waybill, due key), in few requests; perhaps not all."""
        ...

    def under(self, number: str) -> Sequence[str]:
        """Waybills watched under a number, whatever carrier and day."""
        ...

    def add(self, shipment: Shipment, due: Due) -> bool:
        """Watch a new parcel, its due row first; False when it is watched already."""
        ...

    def save(self, shipment: Shipment) -> Shipment:
        """Write what was heard; raises StaleShipment when the version has moved on."""
        ...

    def join(self, waybill: str, watcher: str) -> None:
        """Add a watcher."""
        ...

    def leave(self, waybill: str, watcher: str) -> None:
        """Take a watcher away."""
        ...

    def promise(self, waybill: str, expected_on: date) -> None:
        """Note the promised day, where none is known yet."""
        ...

    def note_registered(self, waybill: str, channel: str, *, known: bool) -> None:
        """A channel knows the number now, or has forgotten it."""
        ...

    def put_due(self, due: Due) -> None:
        """Write a due row; writing the same again changes nothing."""
        ...

    def put_pack(self, pack: Sequence[Due]) -> None:
        """Write a row that these share: they have its key, or it would not be one."""
        ...

    def drop_due(self, due_key: str, waybill: str) -> None:
        """Delete a due row, with all that share it; one that is gone is no error."""
        ...

    def due_row(self, due_key: str, waybill: str) -> Sequence[Due]:
        """One due row, all that share it; nothing when it was dealt with."""
        ...

    def due(self, *, shard: int, after: str, until: str, limit: int) -> Sequence[Due]:
        """Due rows of one shard with keys in `(after, until]`, the longest due first.

        Of a shared row all or none; so that there may be more than the limit.
        """
        ...

    def mark(self, shard: int, *, of: str = "") -> str:
        """How far the sweep of that name has swept one shard: a due key, empty at first."""
        ...

    def move_mark(self, shard: int, *, known: str, to: str, of: str = "") -> bool:
        """Move the mark on; False when another sweep has moved it."""
        ...


class Watches(Protocol):
    """Which owner wants to know about which parcels."""

    def put(self, watch: Watch) -> None:
        """Keep one owner's wish; the same again changes nothing."""
        ...

    def get(self, watch_id: str) -> Watch | None:
        """One wish."""
        ...

    def drop(self, watch_id: str) -> None:
        """Forget it."""
        ...

    def of(self, owner: str, *, limit: int, cursor: str | None) -> Sequence[Watch]:
        """A page of one owner's wishes after the cursor (an id), by id."""
        ...


class StrangeCodes(Protocol):
    """Channels' codes that no table knows, counted."""

    def note(self, seen: Unmapped) -> None:
        """Add to what is known of the code; the sample is the last one."""
        ...

    def all(self) -> Sequence[Unmapped]:
        """Every code."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One channel and account: what may be asked of it now."""

    bucket: Bucket
    breaker: Breaker
    version: int = 0


class Gates(Protocol):
    """What all workers share about one channel and account: its bucket and its breaker."""

    def load(self, gate: str) -> Gate:
        """The gate, open and full if nobody passed yet."""
        ...

    def swap(self, gate: str, known: Gate, new: Gate) -> bool:
        """Write if nobody else did meanwhile."""
        ...
