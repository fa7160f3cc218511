"""Clocks: a local time, with the offset that stands beside it."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from amends.domain.parcel.times import naive_time
from amends.domain.parcel.vocabulary import OffsetSource

Moment = tuple[datetime, OffsetSource]

_OFFSET = re.compile(
    r"(?:UTC|GMT)?\s*(?P<sign>[+\-−]?)(?P<h>\d{1,2})(?:[:.]?(?P<m>\d{2})|\.(?P<tenth>\d))?(?::00)?"
)
_FARTHEST = timedelta(hours=14)
_DAY = timedelta(days=1)


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
