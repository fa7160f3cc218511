"""A tracker in memory that asks simulated channels, by a clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from amends.adapters.http import send
from amends.catalog import codes
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import DUE_SHARDS
from amends.service.tracking.asking import Channels
from amends.service.tracking.polling import poll
from amends.service.tracking.sweeping import sweep, sweep_overdue
from amends.service.tracking.telling import tell_again
from amends.service.tracking.tracker import Tracker
from simulators.carriers import Handle
from tests.support.fakes import MemoryCases
from tests.support.tracking_fakes import (
    Clock,
    MemoryGates,
    MemoryShipments,
    MemoryStrangeCodes,
    MemoryWatches,
    PlainSecrets,
    TimedQueue,
)


@dataclass(slots=True, kw_only=True)
class Parlour:
    """Everything of one test: the world, the clock, the tracker, and what was given up on."""

    world: Handle
    clock: Clock
    shipments: MemoryShipments
    queue: TimedQueue
    tracker: Tracker
    parked: list[Mapping[str, Any]] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)

    def occasion(self) -> Occasion:
        """Now."""
        return Occasion(at=self.clock(), by="test", because="test")

    def work(self) -> int:
        """Take every message that is deliverable; how many there were."""
        done = 0
        while (message := self.queue.take()) is not None:
            done += 1
            try:
                if "tell" in message:
                    tell_again(self.tracker, message, self.occasion())
                else:
                    poll(self.tracker, message, self.occasion())
            except Exception:  # noqa: BLE001 - what SQS does: again later, then parked
                tried = self.tries[str(message)] = self.tries.get(str(message), 0) + 1
                if tried < 5:
                    self.queue.send(message, delay_seconds=360)
                else:
                    self.parked.append(message)
        return done

    def run(self, span: timedelta, *, overdue: bool = True) -> None:
        """Let so much time pass: a sweep where anything is due, messages when they may come."""
        end = self.clock() + span
        while self.clock() < end:
            for shard in range(DUE_SHARDS):
                sweep(self.tracker, shard, at=self.clock())
                if overdue and self.clock().minute % 10 == 0:
                    sweep_overdue(self.tracker, shard, at=self.clock())
            self.work()
            self.clock.at = min(end, self._next())

    def _next(self) -> datetime:
        """The next full minute at which there is something to do, or the next message before."""
        due = min((row.due_at for row in self.shipments.due_rows.values()), default=None)
        minute = self.clock().replace(second=0, microsecond=0) + timedelta(minutes=1)
        ahead = minute if due is None or due <= minute else due + timedelta(minutes=1)
        message = self.queue.next_at
        return max(self.clock(), ahead if message is None else min(ahead, message))


def parlour(world: Handle, clock: Clock, **settings: Any) -> Parlour:
    """A tracker of this world; `settings` are those of the stack."""
    ours = [code for code in codes("channels") if code in world.world.posts]
    shipments, queue = MemoryShipments(), TimedQueue(clock)
    accounts = {code: {"base_url": world.base_url(code)} for code in ours}
    channels = Channels(
        settings={"channels": accounts, **settings},
        secrets=PlainSecrets({f"channels/{code}": world.secrets(code) for code in ours}),
        http=send,
        gates=MemoryGates(),
        tokens={},
        now=clock,
        wait=clock.wait,
    )
    tracker = Tracker(
        shipments=shipments,
        watches=MemoryWatches(),
        channels=channels,
        queue=queue,
        cases=MemoryCases(),
        strange=MemoryStrangeCodes(),
        news=lambda _shipment, _occasion: None,
    )
    return Parlour(world=world, clock=clock, shipments=shipments, queue=queue, tracker=tracker)
