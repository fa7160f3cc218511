"""Lateness: who is told of what waits too long for us, how often, and where the ladder ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SUPERVISOR, ADMIN = "supervisor", "admin"
LAST_EVERY = timedelta(days=30)
"""How often the last rung is told. Our own figure: seldom enough to be read, and never forgotten.
In between the case stands among what is overdue, in the queue and in the figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A clock of ours that has run out: since when, and how often somebody was told."""

    since: datetime
    told: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Who is told now, and when it is looked at again."""

    to: str
    again_at: datetime


def next_rung(
    late: Late | None, spans: Sequence[timedelta], at: datetime, *, owner: str | None = None
) -> Rung:
    """The owner (where there is one), the supervisor, then whoever administers, who assigns it.

    `spans` are the waits after the first times; after them the last rung is told seldom.
    """
    told = 0 if late is None else late.told
    people = (owner or SUPERVISOR, SUPERVISOR, ADMIN)
    span = spans[told] if told < len(spans) else LAST_EVERY
    return Rung(to=people[min(told, len(people) - 1)], again_at=at + span)
