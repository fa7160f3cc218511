"""Tracking under fire: the stores of watched parcels, their queue, and what is told of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from amends.domain.case.case import Case
from amends.domain.exchange import Request, Response
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import DUE_SHARDS, Due, Shipment
from amends.ports import CaseStore
from amends.service.tracking.asking import Channels
from amends.service.tracking.polling import poll
from amends.service.tracking.sweeping import sweep, sweep_overdue
from amends.service.tracking.telling import tell_again
from amends.service.tracking.tracker import Tracker
from amends.service.tracking.watching import wanted_of, watch
from tests.support.cutting import delivered, guard
from tests.support.interleaving import Interleaving
from tests.support.tracking_fakes import (
    Clock,
    MemoryGates,
    MemoryShipments,
    MemoryStrangeCodes,
    MemoryWatches,
    PlainSecrets,
    TimedQueue,
)


class SteppedShipments(MemoryShipments):
    """Adds a parcel in three writes, as the table does, with a point between any two."""

    def __init__(self, fire: Interleaving) -> None:
        super().__init__()
        self._fire = fire

    def add(self, shipment: Shipment, due: Due) -> bool:
        self._numbers.setdefault(shipment.number, set()).add(shipment.waybill)
        self._fire.point("in Shipments.add, the number noted")
        self.put_due(due)
        self._fire.point("in Shipments.add, the due row written")
        return super().add(shipment, due)


@dataclass
class Tracking:
    """The poller's functions on memory; `send` answers for the channels."""

    fire: Interleaving
    clock: Clock
    cases: CaseStore
    send: Callable[[Request], Response]
    settings: dict[str, Any] = field(default_factory=lambda: {"channels": {"upu": {}}})
    news: Callable[[Shipment, Occasion], None] = lambda _shipment, _occasion: None
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)
    parked: list[Mapping[str, Any]] = field(default_factory=list)
    times: int = 5
    """How often the queue delivers a message before it is parked."""

    def __post_init__(self) -> None:
        self.shipments = SteppedShipments(self.fire)
        self.watches = MemoryWatches()
        self.queue = TimedQueue(self.clock)
        self.requests: list[str] = []
        self.tracker = Tracker(
            shipments=guard(self.shipments, self.fire),
            watches=guard(self.watches, self.fire),
            channels=Channels(
                settings=self.settings,
                secrets=PlainSecrets(self.secrets),
                http=self._send,
                gates=guard(MemoryGates(), self.fire),
                tokens={},
                now=self.clock,
                wait=self.clock.wait,
            ),
            queue=guard(self.queue, self.fire),
            cases=self.cases,
            strange=guard(MemoryStrangeCodes(), self.fire),
            news=self._tell_watchers,
        )

    def occasion(self) -> Occasion:
        """Now."""
        return Occasion(at=self.clock(), by="tracking_poller", because="a test")

    def watch_case(self, case: Case) -> None:
        """What the stack does for a case's parcel."""
        wanted = wanted_of(case)
        if wanted is not None:
            watch(self.tracker, wanted, self.occasion())

    def sweep(self) -> None:
        """One turn of the schedule; whatever failed comes with the next one."""
        for shard in range(DUE_SHARDS):
            sweep(self.tracker, shard, at=self.clock())
            if self.clock().minute % 10 == 0:
                sweep_overdue(self.tracker, shard, at=self.clock())

    def work(self) -> None:
        """Everything that the queue may deliver by now, each until it is taken or parked."""
        while (message := self.queue.take()) is not None:
            if delivered(lambda found=message: self.act(found), times=self.times) is None:  # type: ignore[misc]  # mypy infers no default of a lambda
                self.parked.append(message)

    def act(self, message: Any) -> bool:
        """One message."""
        if "tell" in message:
            tell_again(self.tracker, message, self.occasion())
        else:
            poll(self.tracker, message, self.occasion())
        return True

    def run(self, span: timedelta, *, step: timedelta = timedelta(minutes=10)) -> None:
        """Let time pass: the sweep, then what it queued."""
        end = self.clock() + span
        while self.clock() < end:
            delivered(self.sweep, times=1)
            self.work()
            self.clock.at = min(end, self.clock.at + step)

    def told(self) -> object:
        """What is watched, in what state, and whether each parcel has a due moment."""
        rows = sorted(self.shipments.rows.values(), key=lambda row: row.waybill)
        due = [row.waybill for row in self.shipments.due_rows.values()]
        return [
            (
                row.waybill,
                row.has_case,
                sorted(one for one in row.watchers if "@" not in one),
                sorted(row.registered),
                row.state.milestone,
                row.waybill in due,
            )
            for row in rows
        ]

    def _tell_watchers(self, shipment: Shipment, occasion: Occasion) -> None:
        self.news(shipment, occasion)

    def _send(self, request: Request) -> Response:
        self.fire.point("before a channel is asked")
        self.requests.append(request.url)
        answer = self.send(request)
        self.fire.point("after a channel was asked")
        return answer


def at(moment: datetime) -> Clock:
    """A clock that says so."""
    return Clock(moment)
