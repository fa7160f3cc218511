"""Hours: the business calendar of a country."""

from collections.abc import Mapping
from datetime import date, time, timedelta, timezone
from functools import cache

from amends.domain.calendar import Calendar, Shift

SHIFTS: tuple[Shift, ...] = ((time(9), time(12)), (time(13, 30), time(18)))
SATURDAY_IS = 5
SATURDAY: tuple[Shift, ...] = ((time(9), time(12)),)
OFFSETS: Mapping[str, int] = {"CN": 8, "HK": 8, "TW": 8, "SG": 8, "JP": 9, "GB": 0, "DE": 1}
"""Hours ahead of UTC in winter; an hour of summer time moves a working-hours clock by nothing
that matters, and saves a zone database in the domain."""


@cache
def business_calendar(country: str = "CN") -> Calendar:
    """Monday to Saturday noon with a lunch break; the country's public holidays are free."""
    import holidays

    known = holidays.country_holidays(country)
    made_up = getattr(known, "weekend_workdays", {})

    def is_holiday(day: date) -> bool:
        return day in known or (country == "CN" and _is_bridged(day))

    def _is_bridged(day: date) -> bool:
        """A Saturday beside a Chinese holiday is part of it; the library names weekdays only."""
        beside = (day - timedelta(days=1), day + timedelta(days=1), day + timedelta(days=2))
        return day.weekday() == SATURDAY_IS and any(other in known for other in beside)

    def is_made_up(day: date) -> bool:
        known.get(day)  # the library fills a year when it is first asked about it
        return day in made_up

    return Calendar(
        zone=timezone(timedelta(hours=OFFSETS.get(country, 0))),
        shifts={**dict.fromkeys(range(5), SHIFTS), SATURDAY_IS: SATURDAY},
        is_holiday=is_holiday,
        is_made_up=is_made_up,
    )
