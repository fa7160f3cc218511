"""Pacing: one worker's share of a channel's limits, which all workers take from one row.

A worker takes several requests in one write and may send each only for a short while after its
slot; that while is added to every span of the limit, so that requests sent late still keep it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from amends.domain.parcel.channel import Limits
from amends.domain.parcel.throttle import (
    Breaker,
    Circuit,
    Grant,
    after_answer,
    circuit,
    take,
    trying,
)
from amends.ports.tracking import Gate, Gates

_WAY = timedelta(milliseconds=250)
"""By so much one request may take longer than another to reach the channel."""
_STRAIGHT = timedelta(milliseconds=250)
"""How long after its slot a request may be sent where none are held for later."""
_LONGEST = timedelta(seconds=5)
"""How long those may be held that are taken in advance, where the limit's span allows it.

So long a worker does not hear of another's 429: only its own ends its lease at once.
"""
_SHARE = 100
"""A worker takes no more in advance than one in so many of the limit."""
_PATIENCE = timedelta(seconds=3)
"""How long a worker waits for slots in one asking of several."""
_ATTEMPTS = 8


@dataclass(slots=True, kw_only=True)
class Lease:
    """What one worker holds of one channel's limits, from one message to the next."""

    slots: deque[datetime] = field(default_factory=deque)
    unused: int = 0
    """Taken and never sent: given back to the day's quota with the next write."""
    surplus: int = 0
    """How many are taken in advance; grows while they are used up, ends when any lapse."""
    taken_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    seen: Gate | None = None
    """The gate as we wrote it last."""
    is_alone: bool = False
    """Nobody else wrote between our last two: it need not be read before it is written."""


class Pace:
    """The slots of one asking."""

    def __init__(
        self,
        limits: Limits,
        *,
        gate: str,
        gates: Gates,
        lease: Lease,
        now: Callable[[], datetime],
        wanted: int,
    ) -> None:
        self._most = limits.requests // _SHARE
        self._lives = min(limits.per / 2, _LONGEST) if self._most else _STRAIGHT
        self._limits = replace(limits, per=limits.per + self._lives + _WAY)
        self._gate, self._gates, self._lease, self._now = gate, gates, lease, now
        self._until = now() + (_PATIENCE if wanted > 1 else timedelta())

    def hold(self, wanted: int) -> datetime | None:
        """Have a slot at least, up to so many; when none is to be had, when to come again."""
        self._drop_lapsed()
        if self._lease.slots:
            return None
        return self._take(wanted)

    def pass_one(self, wait: Callable[[timedelta], None]) -> datetime | None:
        """Use up one slot, waiting for it; when none is to be had, when to come again."""
        slots = self._lease.slots
        while True:
            self._drop_lapsed()
            if not slots and (until := self._take(1)):
                return until
            ahead = slots[0] - self._now()
            if ahead <= timedelta():
                slots.popleft()
                return None
            wait(ahead)

    def learn(self, *, is_ok: bool, retry_after: timedelta | None) -> None:
        """Tell the breaker; nothing is written while all is well."""
        lease = self._lease
        is_well = lease.seen is None or lease.seen.breaker == Breaker()
        if is_ok and is_well:
            return
        if not is_ok:
            lease.unused += len(lease.slots)
            lease.slots.clear()
            lease.surplus = 0
        for _ in range(_ATTEMPTS):
            known = self._gates.load(self._gate)
            now = self._now()
            told = after_answer(known.breaker, is_ok=is_ok, now=now, retry_after=retry_after)
            if self._swap(known, replace(known, breaker=told)):
                return

    def _take(self, wanted: int) -> datetime | None:
        lease = self._lease
        is_busy = not lease.unused and self._now() - lease.taken_at <= self._lives
        lease.surplus = min(lease.surplus * 2 + 1, self._most) if is_busy else 0
        known = lease.seen if lease.is_alone else None
        for _ in range(_ATTEMPTS):
            is_fresh = known is None
            known = known or self._load()
            now = self._now()
            grant, breaker = self._granted(known, wanted + lease.surplus, now)
            if not grant.slots:
                if is_fresh:
                    return grant.retry_at or now + self._limits.per
            elif self._swap(known, replace(known, bucket=grant.bucket, breaker=breaker)):
                lease.slots.extend(grant.slots)
                lease.unused, lease.taken_at = 0, now
                return None
            known = None
        return self._now() + self._limits.per

    def _granted(self, known: Gate, wanted: int, now: datetime) -> tuple[Grant, Breaker]:
        breaker = known.breaker
        match circuit(breaker, now=now):
            case Circuit.OPEN:
                return Grant(bucket=known.bucket, retry_at=breaker.open_until), breaker
            case Circuit.HALF_OPEN:
                breaker, wanted = trying(breaker, now=now), 1
            case Circuit.CLOSED:
                pass
        is_same_day = self._lease.taken_at.date() == now.date()
        grant = take(
            known.bucket,
            limits=self._limits,
            now=now,
            wanted=wanted,
            patience=max(self._until - now, timedelta()),
            lives=self._lives + _WAY,
            unused=self._lease.unused if is_same_day else 0,
        )
        return grant, breaker

    def _load(self) -> Gate:
        known, seen = self._gates.load(self._gate), self._lease.seen
        self._lease.is_alone = seen is not None and seen.version == known.version
        return known

    def _swap(self, known: Gate, new: Gate) -> bool:
        is_ours = self._gates.swap(self._gate, known, new)
        if is_ours:
            self._lease.seen = replace(new, version=known.version + 1)
        else:
            self._lease.is_alone = False
        return is_ours

    def _drop_lapsed(self) -> None:
        slots, now = self._lease.slots, self._now()
        while slots and now - slots[0] > self._lives:
            slots.popleft()
            self._lease.unused += 1
