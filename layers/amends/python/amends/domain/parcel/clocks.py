"""Clocks: a local time, with the offset that stands beside it or follows from its place."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from amends.domain.parcel.times import in_zone, naive_time, parse_time
from amends.domain.parcel.vocabulary import OffsetSource

Moment = tuple[datetime, OffsetSource]

_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*(?P<sign>[+\-−]?)(?P<h>\d{1,2})(?:[:.]?(?P<m>\d{2})|\.(?P<tenth>\d))?(?::00)?"
)
_FARTHEST = timedelta(hours=14)
_DAY = timedelta(days=1)

_EAST, _MIDDLE = "America/New_York", "America/Chicago"
_MOUNTAIN, _WEST = "America/Denver", "America/Los_Angeles"
_STATES = {
    **dict.fromkeys("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV".split(), _EAST),
    **dict.fromkeys("AL AR IA IL LA MN MO MS OK WI".split(), _MIDDLE),
    **dict.fromkeys("CO MT NM UT WY".split(), _MOUNTAIN),
    **dict.fromkeys("CA NV WA".split(), _WEST),
    "AZ": "America/Phoenix",
    "GU": "Pacific/Guam",
    "HI": "Pacific/Honolulu",
    "PR": "America/Puerto_Rico",
}
# States with two zones, read in the one where most of their people live: still a guess.
_SPLIT_STATES = {
    **dict.fromkeys("FL KY".split(), _EAST),
    **dict.fromkeys("KS ND NE SD TN TX".split(), _MIDDLE),
    "AK": "America/Anchorage",
    "ID": "America/Boise",
    "IN": "America/Indiana/Indianapolis",
    "MI": "America/Detroit",
    "OR": _WEST,
}


@lru_cache(maxsize=256)
def offset_of(sent: str) -> timedelta | None:
    """An offset as carriers write it (`-05:00`, `-05.00`, `+0530`, `GMT-5`, `Z`); else None."""
    if sent.strip().upper() in ("Z", "UTC", "GMT"):
        return timedelta()
    found = _OFFSET.fullmatch(sent.strip())
    if found is None:
        return None
    minutes = int(found["m"] or 0) + int(found["tenth"] or 0) * 6
    span = timedelta(hours=int(found["h"]), minutes=minutes)
    if span > _FARTHEST or minutes >= 60:
        return None
    return -span if found["sign"] in ("-", "−") else span


def paired(local: object, offset: str) -> Moment | None:
    """A wall-clock time with the offset of a field beside it, whatever the time itself claims."""
    naive, span = naive_time(local), offset_of(offset)
    if naive is None or span is None:
        return None
    return (naive - span).replace(tzinfo=UTC), OffsetSource.PAIRED


def between(local: object, utc: object) -> Moment | None:
    """A wall-clock time whose offset is what lies between it and a UTC field beside it.

    Only the time of day counts: USPS was seen with the wrong day in its GMT field. Offsets are
    whole quarters of an hour from -12 to +12; the seconds of the two fields differ at USPS.
    """
    naive, other = naive_time(local), naive_time(utc)
    if naive is None or other is None:
        return None
    quarters = round((naive - other) / timedelta(minutes=15))
    span = timedelta(minutes=15 * quarters) % _DAY
    if span > _DAY / 2:
        span -= _DAY
    return naive.replace(tzinfo=timezone(span)).astimezone(UTC), OffsetSource.PAIRED


@lru_cache(maxsize=2048)
def local(raw: str, *, country: str | None = None, state: str = "") -> Moment | None:
    """A time with its own offset, else read in the zone of its country or of its US state."""
    moment = parse_time(raw, country=country)
    if moment is None or moment[1] is not OffsetSource.GUESSED or country not in (None, "US"):
        return moment
    naive, code = naive_time(raw), state.strip().upper()
    if naive is None:
        return moment
    if code in _STATES:
        return in_zone(naive, zone=_STATES[code])[0], OffsetSource.LOCATION
    if code in _SPLIT_STATES:
        return in_zone(naive, zone=_SPLIT_STATES[code])[0], OffsetSource.GUESSED
    return moment
