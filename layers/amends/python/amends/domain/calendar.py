"""Calendar: working hours, and arithmetic with them.

Shifts may be split (a lunch break) and may not cross midnight. Which days are free is told by a
predicate, so that no library of holidays is needed here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

Shift = tuple[time, time]
Pause = tuple[datetime, datetime]
NO_PAUSES: tuple[Pause, ...] = ()
FURTHEST = 3660
"""Days looked ahead before a calendar without working hours is called one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When somebody works; `shifts` by weekday (Monday is 0), each sorted and not overlapping.

    `is_made_up` names days that are worked though their weekday or a holiday says otherwise
    (China moves whole weekends around its holidays); such a day has the shifts of a Monday.
    """

    zone: tzinfo
    shifts: Mapping[int, Sequence[Shift]]
    is_holiday: Callable[[date], bool]
    is_made_up: Callable[[date], bool]

    def shifts_on(self, day: date) -> Sequence[Shift]:
        """The shifts of one day."""
        if self.is_made_up(day):
            return self.shifts.get(0, ())
        return () if self.is_holiday(day) else self.shifts.get(day.weekday(), ())


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether somebody works at that moment."""
    local = at.astimezone(calendar.zone)
    shifts = calendar.shifts_on(local.date())
    return any(begin <= local.time() < end for begin, end in shifts)


def worked(
    calendar: Calendar, start: datetime, end: datetime, pauses: Sequence[Pause] = NO_PAUSES
) -> timedelta:
    """Working time from `start` to `end`, without the pauses; zero when `end` is not later."""
    total = timedelta()
    for begin, finish in _spans(calendar, start, pauses):
        if begin >= end:
            break
        total += min(finish, end) - begin
    return total


def after(
    calendar: Calendar, start: datetime, span: timedelta, pauses: Sequence[Pause] = NO_PAUSES
) -> datetime:
    """The first moment by which `span` of working time has passed since `start`, in UTC."""
    left = span
    if left <= timedelta():
        return start
    for begin, finish in _spans(calendar, start, pauses):
        if finish - begin >= left:
            return begin + left
        left -= finish - begin
    raise ValueError("this calendar has no working hours")


def _spans(
    calendar: Calendar, start: datetime, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    """Working spans from `start` on, in UTC and in order, pauses cut out."""
    first = start.astimezone(calendar.zone).date()
    ordered = sorted(pauses)
    idle = 0
    day = first
    while idle < FURTHEST:
        shifts = calendar.shifts_on(day)
        idle = 0 if shifts else idle + 1
        for begin, end in shifts:
            opens = datetime.combine(day, begin, calendar.zone).astimezone(UTC)
            closes = datetime.combine(day, end, calendar.zone).astimezone(UTC)
            if closes > start:
                yield from _without(max(opens, start), closes, ordered)
        day += timedelta(days=1)


def _without(
    begin: datetime, end: datetime, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    for since, until in pauses:
        if until <= begin or since >= end or until <= since:
            continue
        if since > begin:
            yield begin, since
        begin = max(begin, until)
    if begin < end:
        yield begin, end
