"""Estimates: when a carrier says that it will deliver, often a day and no time of it."""

import re
from datetime import datetime

from amends.domain.parcel.placing import local
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import OffsetSource

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_LAST = 23, 59


def due(
    sent: str, *, zone: str | None = None, country: str | None = None, state: str = ""
) -> datetime | None:
    """The moment by which it is expected, in UTC; None where none is told.

    A day, or its midnight without an offset, means all of it: until its last second where it is
    due, as far as that can be told; else noon in UTC, when it is that day nearly everywhere.
    """
    day = _DAY.fullmatch(sent)
    text = f"{day[1]}-{day[2]}-{day[3]}T23:59:59" if day else sent
    at = parse_time(text, zone=zone) if zone else local(text, country=country, state=state)
    if at is None:
        return None
    is_anywhere = at[1] is OffsetSource.GUESSED and (at[0].hour, at[0].minute) == _LAST
    return at[0].replace(hour=12, minute=0, second=0) if day and is_anywhere else at[0]
