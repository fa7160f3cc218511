"""Polling: when to ask about a parcel next, so that little is asked and nothing is missed late.

Pushes come first and polls reconcile. How long to wait grows with the square root of the time since
the last scan: where the chance of a scan falls as its inverse, that spends polls best. The steps
and figures began as the ladder of `reference/tracking.md` section 5.3 and were tuned with
`make bench-polling`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import sqrt

from amends.domain.parcel.state import FINAL, ParcelState
from amends.domain.parcel.throttle import backoff, chance
from amends.domain.parcel.vocabulary import Milestone, Step

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class Outcome(StrEnum):
    """What the last asking, or a push, brought."""

    NEWS = "news"
    NOTHING = "nothing"
    FAILED = "failed"
    """The channel could not say: this is no poll, the plan goes on when it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Hours between polls: `base`, and `slope` times the root of the hours since the last scan.

    Before `first` hours have passed since that scan the next one is hardly ever there.
    """

    base: float
    slope: float = 0.0
    first: float = 0.0
    most: float = 24.0

    def after(self, quiet: timedelta) -> timedelta:
        """The interval when nothing was scanned for so long."""
        hours = max(quiet / _HOUR, 0.0)
        wait = min(self.base + self.slope * sqrt(hours), self.most)
        return _HOUR * max(wait, self.first - hours)


_AT_HUB = Pace(base=2.5, slope=1.4)
_PACES: Mapping[Step | Milestone, Pace] = {
    Milestone.NOT_FOUND: Pace(base=12, slope=1),
    Milestone.UNKNOWN: Pace(base=12),
    Milestone.INFO_RECEIVED: Pace(base=22, first=6),
    Milestone.CUSTOMS: Pace(base=4, slope=1.4),
    Milestone.OUT_FOR_DELIVERY: Pace(base=3.5, first=6),
    Milestone.DELIVERY_FAILED: Pace(base=6, first=12),
    Milestone.AVAILABLE_FOR_PICKUP: Pace(base=12),
    Milestone.DELIVERED: Pace(base=84, most=84),
    Milestone.LOST: Pace(base=48, most=48),
    Milestone.EXCEPTION: Pace(base=6, slope=1),
    Step.ACCEPTED: Pace(base=8, slope=0.9),
    Step.DEPARTED: Pace(base=6, slope=1.1),
    Step.HANDED_OVER: Pace(base=8, slope=1.1),
    Step.LEFT_ORIGIN_COUNTRY: Pace(base=15, first=4),
    Step.HELD: Pace(base=15, first=6),
    Step.DELIVERY_DEPOT: Pace(base=8),
}
# Local hours at the destination by which the day's scans of that kind are usually there.
_ROUNDS: Mapping[Step | Milestone, tuple[float, ...]] = {
    Step.DELIVERY_DEPOT: (10, 15),
    Milestone.DELIVERY_FAILED: (9.5, 18),
    Milestone.OUT_FOR_DELIVERY: (15, 19, 22),
}
_AFTER_DELIVERY = timedelta(days=7)
_STALE_AFTER = timedelta(days=30)
_STALE = 72 * _HOUR
_CASE = 6 * _HOUR
_LOCKED = timedelta(minutes=30)
"""Some channels lock a number that is asked again sooner, even after they failed to answer."""
_UNDERWAY = frozenset({Milestone.ACCEPTED, Milestone.IN_TRANSIT, Milestone.CUSTOMS})
_USUAL_GAP = 12.0
_USUAL_WEIGHT = 2


def next_due(
    state: ParcelState,
    *,
    asked_at: datetime,
    outcome: Outcome,
    refresh_after: timedelta,
    seed: str,
    has_push: bool = False,
    open_case: bool = False,
    destination_zone: tzinfo | None = None,
    retry_after: timedelta | None = None,
    empty_polls: int = 0,
    alarm_at: datetime | None = None,
) -> datetime | None:
    """When to ask next; None when nothing more is to be expected, and only then.

    `has_push` spares only the looks after a delivery: one push in twenty is taken to be lost, and
    on the road a lost one must not cost a day. `open_case` means that a person waits for news; an
    alarm alone asks the carrier and leaves the pace as it is.
    `refresh_after` is the channel's own period, below which nothing is ever asked again; `seed` is
    the waybill, from which the jitter is drawn; `empty_polls` counts answers without news, or
    failures in a row when `outcome` is FAILED. `alarm_at` (`anomaly.next_alarm_at`) draws a poll to
    itself: an anomaly is confirmed the moment it falls due, and not polled for before.
    """
    if outcome is Outcome.FAILED:
        wait = backoff(attempt=empty_polls, seed=seed, retry_after=retry_after)
        return asked_at + max(wait, min(refresh_after, _LOCKED))
    if _is_over(state, asked_at, is_open=open_case):
        return None
    wait = _interval(state, asked_at, has_push=has_push, open_case=open_case)
    share = chance(f"{seed}:{asked_at.isoformat()}")
    soonest = asked_at + max(refresh_after, retry_after or timedelta())
    due = max(asked_at + wait * (0.95 + share / 10), soonest)
    rounds = _ROUNDS.get(_place(state))
    if rounds and destination_zone is not None and not open_case:
        due = _next_round(soonest, rounds, destination_zone) + timedelta(minutes=20) * share
    if alarm_at is not None and alarm_at > asked_at:
        due = _drawn_to(alarm_at, due, soonest=soonest, near=max(wait / 4, refresh_after))
    return due


def _is_over(state: ParcelState, now: datetime, *, is_open: bool) -> bool:
    """An ended parcel is watched no more, a delivered one for a week, unless a case needs it."""
    if is_open:
        return False
    if state.milestone in FINAL:
        return True
    delivered = state.milestone is Milestone.DELIVERED and state.disputed_at is None
    return delivered and state.since is not None and now >= state.since + _AFTER_DELIVERY


def _interval(state: ParcelState, now: datetime, *, has_push: bool, open_case: bool) -> timedelta:
    moved = state.last_movement_at or state.since or state.first_asked_at or now
    quiet = now - moved
    pace = _PACES.get(_place(state), _AT_HUB)
    wait = pace.after(quiet)
    if state.milestone in _UNDERWAY:
        wait = min(wait * _tempo(state), _HOUR * pace.most)
    if quiet > _STALE_AFTER:
        wait = _STALE
    if open_case:
        return min(wait, _CASE)
    if has_push and state.milestone is Milestone.DELIVERED:
        return _AFTER_DELIVERY
    return wait


def _tempo(state: ParcelState) -> float:
    """How slow this parcel goes, against the usual: express halves the intervals, economy doubles.

    The mean of its own gaps so far, drawn towards the usual one as long as there are few.
    """
    first, last = state.first_movement_at, state.last_movement_at
    if first is None or last is None or state.movements < 2:
        return 1.0
    gaps = state.movements - 1
    usual = _USUAL_GAP * _USUAL_WEIGHT + (last - first) / _HOUR
    ratio = usual / (_USUAL_WEIGHT + gaps) / _USUAL_GAP
    return min(max(sqrt(ratio), 0.4), 2.5)


def _place(state: ParcelState) -> Step | Milestone:
    """What the pace goes by: under way the step, where it has a pace of its own."""
    step = state.step
    if step is not None and step in _PACES and state.milestone in _UNDERWAY:
        return step
    return state.milestone


def _drawn_to(alarm_at: datetime, due: datetime, *, soonest: datetime, near: timedelta) -> datetime:
    """The alarm's own moment when the next poll falls near or past it, but not before `soonest`."""
    return max(alarm_at, soonest) if due >= alarm_at - near else due


def _next_round(soonest: datetime, rounds: tuple[float, ...], zone: tzinfo) -> datetime:
    """The next of the day's rounds at the destination; nobody delivers by night."""
    there = soonest.astimezone(zone)
    midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (0, 1):
        for hour in rounds:
            at = midnight + day * _DAY + hour * _HOUR
            if at >= there:
                return at.astimezone(soonest.tzinfo)
    return soonest
