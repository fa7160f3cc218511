"""Hours: when our people work."""

from datetime import date, time, timedelta, timezone
from functools import cache

from amends.domain.calendar import Calendar, Shift

SHIFTS: tuple[Shift, ...] = ((time(9), time(12)), (time(13, 30), time(18)))
SATURDAY_IS = 5
SATURDAY: tuple[Shift, ...] = ((time(9), time(12)),)
CHINA = timezone(timedelta(hours=8))


@cache
def business_calendar() -> Calendar:
    """China's: Monday to Saturday noon with a lunch break; public holidays are free."""
    import holidays

    known = holidays.country_holidays("CN")
    made_up = getattr(known, "weekend_workdays", {})

    def is_holiday(day: date) -> bool:
        return day in known or is_bridged(day)

    def is_bridged(day: date) -> bool:
        """A Saturday beside a holiday is part of it; the library names weekdays only."""
        beside = (day - timedelta(days=1), day + timedelta(days=1), day + timedelta(days=2))
        return day.weekday() == SATURDAY_IS and any(other in known for other in beside)

    def is_made_up(day: date) -> bool:
        known.get(day)  # the library fills a year when it is first asked about it
        return day in made_up

    return Calendar(
        zone=CHINA,
        shifts={**dict.fromkeys(range(5), SHIFTS), SATURDAY_IS: SATURDAY},
        is_holiday=is_holiday,
        is_made_up=is_made_up,
    )
