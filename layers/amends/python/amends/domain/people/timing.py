"""When people are spoken to: never in their night, and often enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.domain.people.message import Way

CADENCE: Mapping[str, timedelta | None] = {
    "intake": timedelta(days=2),
    "tracing": timedelta(days=3),
    "investigating": timedelta(days=3),
    "recovering": timedelta(days=2),
    "assessing": timedelta(days=3),
    "negotiating": timedelta(days=5),
    "settling": timedelta(days=2),
    "escalated": timedelta(days=7),
    "following_up": None,
    "closed": None,
}
"""The longest silence towards a claimant at each stage; none where nothing is awaited any more."""

BATCH_WITHIN = timedelta(hours=12)
"""Reports to one reader that fall due this soon after the first go out with it."""

_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `start` until `end` by the reader's clock, across midnight too; equal means never."""

    start: time = time(21)
    end: time = time(8)

    def cover(self, local: datetime) -> bool:
        """Whether nobody should be disturbed at this moment of the reader's clock."""
        now = local.time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one reader wants: `ways` are those we have an address for, the preferred first.

    `muted` holds the codes of dispensable messages that they do not want; `unreachable` the ways
    that a bounce or a complaint closed.
    """

    zone: ZoneInfo
    ways: tuple[Way, ...]
    opted_out: frozenset[Way] = field(default_factory=frozenset)
    unreachable: frozenset[Way] = field(default_factory=frozenset)
    muted: frozenset[str] = field(default_factory=frozenset)
    quiet: QuietHours = field(default_factory=QuietHours)

    @property
    def open_ways(self) -> tuple[Way, ...]:
        """The ways that may be used, the preferred first, each once."""
        closed = self.opted_out | self.unreachable
        return tuple(way for way in dict.fromkeys(self.ways) if way not in closed)


def zone_of(name: str, fallback: ZoneInfo) -> ZoneInfo:
    """The IANA time zone of that name, or `fallback` for a name that is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return fallback


def next_allowed(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """The first moment from `at` on that is outside the quiet hours, in UTC.

    Where the clock jumps over the end of the quiet hours it is as much later; where it goes back
    into them, they are waited for a second time.
    """
    moment = at.astimezone(UTC)
    while quiet.cover(local := moment.astimezone(zone)):
        is_over_today = local.time() >= quiet.end
        day = local.date() + timedelta(days=1) if is_over_today else local.date()
        ends = [
            datetime.combine(day, quiet.end, zone).replace(fold=fold).astimezone(UTC)
            for fold in (0, 1)
        ]
        moment = min((end for end in ends if end > moment), default=moment + _STEP)
    return moment
