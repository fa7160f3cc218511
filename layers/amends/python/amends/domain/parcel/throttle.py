"""Throttle: token buckets, circuit breakers and back-off as arithmetic, without a clock or a store.

Each value is small and frozen, so that several workers can share it by a conditional write: read,
compute, write if nobody else did, or read again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from amends.domain.parcel.channel import Limits

FAILURES_TO_OPEN = 5
"""In a row, after which a channel is left alone."""
_OPEN_FOR = timedelta(minutes=1)
_OPEN_AT_MOST = timedelta(minutes=30)
_FIRST_RETRY = timedelta(minutes=2)
_LAST_RETRY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A token bucket as one moment: when it would be full again (the generic cell rate algorithm).

    `day` and `used` count a channel's daily quota, which starts anew at 00:00 UTC.
    """

    full_at: datetime
    day: str = ""
    used: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """From when on each request may be sent; `retry_at` says when more may be, if any were refused.

    The bucket has borne all of `slots`, those that lie ahead too.
    """

    bucket: Bucket
    slots: tuple[datetime, ...] = ()
    retry_at: datetime | None = None


def take(
    bucket: Bucket,
    *,
    limits: Limits,
    now: datetime,
    wanted: int = 1,
    patience: timedelta = timedelta(),
    lives: timedelta = timedelta(),
    unused: int = 0,
) -> Grant:
    """Take up to `wanted` requests out of the bucket, none of them further ahead than `patience`.

    In no half-open span of `limits.per` are more than `limits.requests` slots: what may burst, a
    tenth of the limit, is taken off the steady rate. A clock that runs ahead never grants earlier,
    for the bucket only moves forward. `lives` is how long after its slot a request may still be
    sent: none is granted that might be sent on the next day, which counts it as its own. `unused`
    requests of the day were taken and never sent.
    """
    depth = max(1, limits.requests // 10)
    gap = limits.per / (limits.requests - depth + 1) + timedelta.resolution  # never rounded down
    full_at = max(bucket.full_at, now)
    day = f"{now:%Y-%m-%d}"
    used = max(0, bucket.used - unused) if bucket.day == day else 0
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    left = wanted
    if limits.daily is not None:
        is_late = now + patience + lives >= tomorrow
        left = 0 if is_late else min(wanted, max(0, limits.daily - used))
    slots: list[datetime] = []
    while len(slots) < left:
        slot = max(now, full_at - gap * (depth - 1))
        if slot > now + patience:
            break
        slots.append(slot)
        full_at += gap
    after = Bucket(full_at=full_at, day=day, used=used + len(slots))
    retry_at = None
    if len(slots) < wanted:
        retry_at = tomorrow if len(slots) == left else full_at - gap * (depth - 1)
    return Grant(bucket=after, slots=tuple(slots), retry_at=retry_at)


class Circuit(StrEnum):
    """What a breaker lets through."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"
    """One request may try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaker:
    """Failures in a row of one channel and account, and until when it is left alone."""

    failures: int = 0
    open_until: datetime | None = None


def circuit(breaker: Breaker, *, now: datetime) -> Circuit:
    """Whether the channel may be asked now."""
    if breaker.open_until is None:
        return Circuit.CLOSED
    return Circuit.OPEN if now < breaker.open_until else Circuit.HALF_OPEN


def trying(breaker: Breaker, *, now: datetime) -> Breaker:
    """The breaker while its one half-open request is out: shut to everybody else for a minute."""
    return replace(breaker, open_until=now + _OPEN_FOR)


def after_answer(
    breaker: Breaker, *, is_ok: bool, now: datetime, retry_after: timedelta | None = None
) -> Breaker:
    """The breaker after one request; it opens after five failures in a row, or when told to wait.

    Each further failure doubles the pause up to half an hour; one good answer closes it.
    """
    if is_ok:
        return Breaker()
    failures = breaker.failures + 1
    pause = retry_after or timedelta()
    if failures >= FAILURES_TO_OPEN:
        doubled = _OPEN_FOR * (1 << min(failures - FAILURES_TO_OPEN, 10))
        pause = max(pause, min(doubled, _OPEN_AT_MOST))
    return Breaker(failures=failures, open_until=now + pause if pause else None)


def backoff(*, attempt: int, seed: str, retry_after: timedelta | None = None) -> timedelta:
    """How long to wait before asking again after the `attempt`-th failure (from 1).

    Two minutes, doubled each time up to six hours, less up to a half so that callers spread; never
    less than the channel asked for, and then a little more.
    """
    longest = min(_FIRST_RETRY * (1 << min(max(attempt, 1) - 1, 12)), _LAST_RETRY)
    share = chance(f"{seed}:{attempt}")
    waited = longest * (1 - share / 2)
    if retry_after is None:
        return waited
    return max(waited, retry_after * (1 + share / 10))


def chance(seed: str) -> float:
    """A number in [0, 1) that is the same for the same seed on every machine."""
    return int.from_bytes(blake2b(seed.encode(), digest_size=4).digest()) / 2**32
