"""Days: how periods of law and contract are counted; the first day never counts."""

from datetime import date, timedelta

_SATURDAY, _SUNDAY = 5, 6


def after(start: date, days: int) -> date:
    """The last day of a period of calendar days."""
    return start + timedelta(days=days)


def months_after(start: date, months: int) -> date:
    """The same date some months on; the month's last day where it has no such date."""
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day  # `calendar` would load the locales
    return date(year, month + 1, min(start.day, last))


def without_sundays(start: date, days: int) -> date:
    """The last of some days that are no Sundays (CMR art. 30; holidays are not known here)."""
    return _counting(start, days, skipped=(_SUNDAY,))


def working_days_after(start: date, days: int) -> date:
    """The last of some working days, Monday to Friday (holidays are not known here)."""
    return _counting(start, days, skipped=(_SATURDAY, _SUNDAY))


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; none when `end` is not later."""
    span = max(0, (end - start).days)
    return sum(1 for n in range(1, span + 1) if (start + timedelta(days=n)).weekday() < _SATURDAY)


def _counting(start: date, days: int, *, skipped: tuple[int, ...]) -> date:
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() not in skipped
    return day
