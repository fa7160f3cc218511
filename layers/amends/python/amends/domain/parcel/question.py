"""Question: all that is weighed when a parcel cannot be tracked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from amends.domain.parcel.diagnosis_text import Cause, NextStep
from amends.domain.parcel.number import NumberCheck
from amends.domain.parcel.state import Lane, ParcelState

USUAL_LAG = timedelta(hours=24)
"""How long after a scan a channel of unknown habits is expected to show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReport:
    """How one channel fares at large, beyond this parcel; `carriers` empty means any."""

    channel: str
    is_up: bool = True
    carriers: frozenset[str] = frozenset()
    usual_lag: timedelta = USUAL_LAG
    """How long after a scan this channel usually shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A cause that fits, how well, and what follows; `wait` counts from the last scan."""

    cause: Cause
    confidence: float
    evidence: tuple[str, ...]
    next_step: NextStep
    wait: timedelta | None = None
    wait_until: datetime | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that is known when the question is put."""

    check: NumberCheck
    state: ParcelState
    channels: Sequence[ChannelReport]
    carrier: str | None
    shipped_on: date | None
    lane: Lane
    now: datetime

    @property
    def shipped_at(self) -> datetime | None:
        """The first moment of the day of posting."""
        return None if self.shipped_on is None else datetime.combine(self.shipped_on, time(), UTC)

    @property
    def is_postal(self) -> bool:
        """Whether a post issued the number."""
        return self.check.s10 is not None

    @property
    def visible_after(self) -> timedelta:
        """How long after posting the first scan usually shows (`tracking.md` 2 and 5.3)."""
        if self.lane.is_domestic:
            return timedelta(hours=48)
        return timedelta(days=7) if self.is_postal else timedelta(days=4)

    @property
    def given_up_after(self) -> timedelta:
        """How long after posting a parcel never found is given up."""
        return timedelta(days=5) if self.lane.is_domestic else timedelta(days=14)
