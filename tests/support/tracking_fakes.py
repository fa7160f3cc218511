"""Fakes of the ports of tracking, a clock that is told the time, and a queue that keeps it."""

import heapq
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from threading import Lock
from typing import Any

from amends.adapters.shipment_codec import pack, unpack
from amends.domain.parcel.shipment import Due, Shipment, Watch, shard_of
from amends.domain.parcel.throttle import Breaker, Bucket
from amends.domain.parcel.unmapped import Unmapped
from amends.ports.tracking import Gate, Seen, StaleShipment


@dataclass(slots=True)
class Clock:
    """Says what it was told."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def wait(self, span: timedelta) -> None:
        """Sleep."""
        self.at += span


class MemoryShipments:
    """Shipments in memory; every state takes the way through its bytes."""

    def __init__(self) -> None:
        self.rows: dict[str, Shipment] = {}
        self._due: dict[tuple[int, str], tuple[Due, ...]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._marks: dict[tuple[int, str], str] = {}
        self.writes = 0
        self._lock = Lock()

    @property
    def due_rows(self) -> Mapping[tuple[str, str], Due]:
        """Whatever is due, by waybill and key."""
        return {(due.waybill, due.key): due for pack in self._due.values() for due in pack}

    def get(self, waybill: str, *, surely: bool = False) -> Shipment | None:  # noqa: ARG002 - the name is the port's
        return self.rows.get(waybill)

    def several(self, wanted: Sequence[tuple[str, str]]) -> Seen:
        rows = [row for waybill, key in wanted for row in self.due_row(key, waybill)]
        due = {(row.waybill, row.key): row for row in rows}
        found = {waybill: self.rows[waybill] for waybill, _ in wanted if waybill in self.rows}
        return Seen(shipments=found, due_rows=due)

    def under(self, number: str) -> Sequence[str]:
        return sorted(self._numbers.get(number, ()))

    def add(self, shipment: Shipment, due: Due) -> bool:
        self._numbers.setdefault(shipment.number, set()).add(shipment.waybill)
        self.put_due(due)
        known = self.rows.setdefault(shipment.waybill, shipment)
        return known.token == shipment.token

    def save(self, shipment: Shipment) -> Shipment:
        state = unpack(shipment.number, pack(shipment.state))
        with self._lock:
            known = self.rows[shipment.waybill]
            if known.version != shipment.version:
                raise StaleShipment("the shipment has moved on")
            self.writes += 1
            after = known.version + 1
            kept = replace(known, state=state, token=shipment.token, version=after)
            self.rows[shipment.waybill] = kept
        return replace(shipment, version=after)

    def join(self, waybill: str, watcher: str) -> None:
        row = self.rows[waybill]
        self.rows[waybill] = replace(row, watchers=row.watchers | {watcher})

    def leave(self, waybill: str, watcher: str) -> None:
        row = self.rows[waybill]
        self.rows[waybill] = replace(row, watchers=row.watchers - {watcher})

    def promise(self, waybill: str, expected_on: date) -> None:
        row = self.rows[waybill]
        self.rows[waybill] = replace(row, expected_on=row.expected_on or expected_on)

    def note_registered(self, waybill: str, channel: str, *, known: bool) -> None:
        row = self.rows[waybill]
        kept = row.registered | {channel} if known else row.registered - {channel}
        self.rows[waybill] = replace(row, registered=kept)

    def put_due(self, due: Due) -> None:
        self.put_pack([due])

    def put_pack(self, pack: Sequence[Due]) -> None:
        self.writes += 1
        at = datetime.fromisoformat(pack[0].due_at.isoformat(timespec="milliseconds"))
        kept = tuple(replace(due, due_at=at) for due in pack)
        assert len({(due.shard, due.key, due.channel) for due in kept}) == 1
        self._due[kept[0].shard, kept[0].key] = kept

    def drop_due(self, due_key: str, waybill: str) -> None:
        self.writes += 1
        self._due.pop((shard_of(waybill), due_key), None)

    def due_row(self, due_key: str, waybill: str) -> Sequence[Due]:
        return self._due.get((shard_of(waybill), due_key), ())

    def due(self, *, shard: int, after: str, until: str, limit: int) -> Sequence[Due]:
        keys = sorted(key for at, key in self._due if at == shard and after < key <= until)
        rows: list[Due] = []
        for key in keys:
            if len(rows) >= limit:
                break
            rows += self._due[shard, key]
        return rows

    def mark(self, shard: int, *, of: str = "") -> str:
        return self._marks.get((shard, of), "")

    def move_mark(self, shard: int, *, known: str, to: str, of: str = "") -> bool:
        if self.mark(shard, of=of) != known:
            return False
        self._marks[shard, of] = to
        return True


class MemoryWatches:
    """Watches in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Watch] = {}

    def put(self, watch: Watch) -> None:
        known = self.rows.setdefault(watch.id, watch)
        if watch.people:
            self.rows[watch.id] = replace(known, people=watch.people)

    def get(self, watch_id: str) -> Watch | None:
        return self.rows.get(watch_id)

    def drop(self, watch_id: str) -> None:
        self.rows.pop(watch_id, None)

    def of(self, owner: str, *, limit: int, cursor: str | None) -> Sequence[Watch]:
        rows = [row for row in self.rows.values() if row.owner == owner]
        after = [row for row in sorted(rows, key=lambda row: row.id) if row.id > (cursor or " ")]
        return after[:limit]


class MemoryStrangeCodes:
    """Strange codes in memory."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Unmapped] = {}

    def note(self, seen: Unmapped) -> None:
        known = self.rows.get((seen.channel, seen.code), replace(seen, count=0))
        first = known.first_seen_at
        self.rows[seen.channel, seen.code] = replace(
            seen, first_seen_at=first, count=known.count + seen.count
        )

    def all(self) -> Sequence[Unmapped]:
        return list(self.rows.values())


class MemoryGates:
    """Gates in memory."""

    def __init__(self) -> None:
        self._gates: dict[str, Gate] = {}

    def load(self, gate: str) -> Gate:
        never = Bucket(full_at=datetime(2000, 1, 1, tzinfo=UTC))
        return self._gates.get(gate, Gate(bucket=never, breaker=Breaker()))

    def swap(self, gate: str, known: Gate, new: Gate) -> bool:
        if self.load(gate).version != known.version:
            return False
        self._gates[gate] = replace(new, version=known.version + 1)
        return True


class PlainSecrets:
    """Secrets that are no secret."""

    def __init__(self, secrets: Mapping[str, Mapping[str, str]]) -> None:
        self._secrets = secrets

    def of(self, account: str) -> Mapping[str, str]:
        return self._secrets.get(account, {})

    def put(self, account: str, secrets: Mapping[str, str]) -> None:
        """One more account."""
        self._secrets = {**self._secrets, account: secrets}


class TimedQueue:
    """A queue that delivers when it is time, by a clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._order = count()
        self._waiting: list[tuple[datetime, int, str]] = []

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        at = self._clock() + timedelta(seconds=min(delay_seconds, 900))
        heapq.heappush(self._waiting, (at, next(self._order), json.dumps(document)))

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        for document in documents:
            self.send(document)

    def take(self) -> Mapping[str, Any] | None:
        """The next message that may be delivered by now."""
        if not self._waiting or self._waiting[0][0] > self._clock():
            return None
        document: Mapping[str, Any] = json.loads(heapq.heappop(self._waiting)[2])
        return document

    @property
    def waiting(self) -> Sequence[Mapping[str, Any]]:
        """Everything that is still to be delivered."""
        return [json.loads(text) for _, _, text in self._waiting]

    def clear(self) -> None:
        """Let go of everything."""
        self._waiting.clear()

    @property
    def next_at(self) -> datetime | None:
        """When the next message may be delivered."""
        return self._waiting[0][0] if self._waiting else None
