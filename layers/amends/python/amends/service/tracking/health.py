"""Health: how each channel fares at large, as all workers together have found it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.parcel.channel import Limits
from amends.domain.parcel.throttle import FAILURES_TO_OPEN, Circuit, circuit
from amends.service.tracking.asking import Channels, channel_of


class Condition(StrEnum):
    """Whether a channel may be asked, and why not."""

    UP = "up"
    SHAKY = "shaky"
    """It failed when last asked, and is still asked."""
    WAITING = "waiting"
    """It wants to be left alone for a while (its Retry-After)."""
    DOWN = "down"
    """It failed so often in a row that only one request at a time tries again."""
    SPENT = "spent"
    """Its day's quota is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One channel and account: its condition, and what of its limits is used."""

    channel: str
    condition: Condition
    failures: int
    closed_until: datetime | None
    used_today: int
    limits: Limits
    has_push: bool

    @property
    def is_up(self) -> bool:
        """Whether an answer is to be expected: shaky and waiting channels come back soon."""
        return self.condition not in (Condition.DOWN, Condition.SPENT)


def health_of(channels: Channels, codes: Sequence[str], *, at: datetime) -> tuple[Health, ...]:
    """The health of these channels; reads one small row for each."""
    return tuple(_health(channels, code, at=at) for code in codes)


def _health(channels: Channels, code: str, *, at: datetime) -> Health:
    gate, limits = channels.gates.load(channels.gate(code)), channel_of(code).LIMITS
    breaker = gate.breaker
    used = gate.bucket.used if gate.bucket.day == f"{at:%Y-%m-%d}" else 0
    is_open = circuit(breaker, now=at) is Circuit.OPEN
    if breaker.failures >= FAILURES_TO_OPEN:
        condition = Condition.DOWN
    elif limits.daily is not None and used >= limits.daily:
        condition = Condition.SPENT
    elif is_open:
        condition = Condition.WAITING
    else:
        condition = Condition.SHAKY if breaker.failures else Condition.UP
    return Health(
        channel=code,
        condition=condition,
        failures=breaker.failures,
        closed_until=breaker.open_until if is_open else None,
        used_today=used,
        limits=limits,
        has_push=channels.has_push(code),
    )
