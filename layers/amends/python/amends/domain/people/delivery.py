"""The course of one message: way after way until it arrived, and never a second time.

A pure function of what was attempted: record the attempt, act, record the outcome. Whoever crashes
in between leaves an attempt without outcome, which is unknown, and unknown is not sent again. What
is dispensable is, by mail and once: the provider tells within the hour of almost every mail that
it took, and a report or a question that comes twice does no harm, one that is lost does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from amends.domain.people.message import Way
from amends.domain.people.timing import Preferences, next_allowed

BUSY_AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30))
"""Waits before the same way is tried again; after the last one the next way takes over."""
UNKNOWN_FOR = timedelta(hours=1)
"""How long the provider's own report is waited for when an outcome is unknown."""

UNREAD_FOR = timedelta(hours=24)
"""How long a message in the app may stay unread before the next way takes over. Our own figure."""

LETTER_FOR = timedelta(days=3)
"""How long a letter may wait to be printed and posted before somebody calls instead."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)


class Outcome(StrEnum):
    """What became of one attempt."""

    STARTED = "started"
    """Nothing is known yet, or ever since a crash."""
    SENT = "sent"
    DELIVERED = "delivered"
    BUSY = "busy"
    """Certainly not sent; may be tried again."""
    REFUSED = "refused"
    """Certainly not sent, and never will be by this way."""
    BOUNCED = "bounced"
    """Sent, and came back."""
    COMPLAINED = "complained"
    """Arrived, and was called unwanted."""
    UNKNOWN = "unknown"
    """May have been sent."""


UNCLEAR = frozenset({Outcome.STARTED, Outcome.UNKNOWN})
"""Outcomes of a message that may have been sent, or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt by one way; its outcome is replaced as more becomes known."""

    way: Way
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A message to one reader and what was attempted so far, oldest first."""

    code: str
    planned_for: datetime
    is_prompt: bool
    is_dispensable: bool
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send it by this way at that moment."""

    way: Way
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitReport:
    """It may have been sent: wait for the provider's report until then."""

    way: Way
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """No way is left, or nobody knows: a person calls, at that moment at the earliest."""

    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Nothing more to do: `sent`, `unwanted` or `unreachable`."""

    because: str


Step = Send | AwaitReport | Call | Finished


def next_step(course: Course, preferences: Preferences, now: datetime) -> Step:
    """What to do next; asking twice is harmless, since only attempts change the answer."""
    if course.attempts:
        last = course.attempts[-1]
        match last.outcome:
            case Outcome.SENT if last.way is Way.IN_APP:
                unread_until = last.at + UNREAD_FOR
                if now < unread_until:
                    return AwaitReport(way=last.way, until=unread_until)
            case Outcome.SENT | Outcome.DELIVERED | Outcome.COMPLAINED:
                return Finished(because="sent")
            case Outcome.STARTED | Outcome.UNKNOWN:
                until = last.at + (LETTER_FOR if last.way is Way.LETTER else UNKNOWN_FOR)
                if now < until:
                    return AwaitReport(way=last.way, until=until)
                if not _may_repeat(course, preferences):
                    return _give_up(course, preferences, now, because="unknown")
                return Send(way=last.way, at=_allowed(now, last.way, course, preferences))
            case Outcome.BUSY | Outcome.REFUSED | Outcome.BOUNCED:
                pass
    elif course.is_dispensable and _is_unwanted(course, preferences):
        return Finished(because="unwanted")
    for way in preferences.open_ways:
        earliest = _earliest(way, course.attempts)
        if earliest is not None:
            at = max(now, course.planned_for, earliest)
            return Send(way=way, at=_allowed(at, way, course, preferences))
    lies = [one for one in course.attempts if (one.way, one.outcome) == (Way.IN_APP, Outcome.SENT)]
    if lies and len(lies) == len(course.attempts):
        return Finished(because="sent")  # it lies where its reader wants it, read or not
    return _give_up(course, preferences, now, because="no_way_left")


def _may_repeat(course: Course, preferences: Preferences) -> bool:
    """Whether what nobody knows the fate of goes out once more, as it does no harm."""
    unclear = [one for one in course.attempts if one.outcome in UNCLEAR]
    return (
        course.is_dispensable
        and [one.way for one in unclear] == [Way.EMAIL]
        and Way.EMAIL in preferences.open_ways
        and not _is_unwanted(course, preferences)
    )


def _is_unwanted(course: Course, preferences: Preferences) -> bool:
    return course.code in preferences.muted or bool(
        preferences.ways and preferences.opted_out.issuperset(preferences.ways)
    )


def _earliest(way: Way, attempts: Sequence[Attempt]) -> datetime | None:
    """From when this way may be tried; None when it is exhausted."""
    own = [attempt for attempt in attempts if attempt.way is way]
    if not own:
        return _ALWAYS
    if own[-1].outcome is not Outcome.BUSY or len(own) > len(BUSY_AGAIN_AFTER):
        return None
    return own[-1].at + BUSY_AGAIN_AFTER[len(own) - 1]


def _allowed(at: datetime, way: Way, course: Course, preferences: Preferences) -> datetime:
    if course.is_prompt and way.is_silent:
        return at
    return next_allowed(at, preferences.zone, preferences.quiet)


def _give_up(course: Course, preferences: Preferences, now: datetime, *, because: str) -> Step:
    if course.is_dispensable:
        return Finished(because="unreachable")
    at = max(now, course.planned_for)
    return Call(at=next_allowed(at, preferences.zone, preferences.quiet), because=because)
