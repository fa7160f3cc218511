"""Times: what channels write for a moment, read into UTC, with where the offset came from."""

import csv
import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.domain.parcel.spelt_times import spelt_time
from amends.domain.parcel.vocabulary import OffsetSource

CHINA = "Asia/Shanghai"
"""One zone by law; Kuaidi100 and SF document it for every time they send."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEPT = 4096
"""Readings of times that are remembered: every answer repeats the scans of the one before."""
_YEARS = range(1990, 2100)  # outside: a null date such as 0001-01-01 or 1970-01-01
_EPOCH_DIGITS = re.compile(r"(\d{10}|\d{13})(?:\.\d{1,9})?")
_DOTNET = re.compile(r"\\?/?Date\((\d{10,14})(?:[+-]\d{4})?\)\\?/?")
_DENSE = re.compile(r"\d{9}")


def parse_time(
    raw: object, *, zone: str | None = None, country: str | None = None
) -> tuple[datetime, OffsetSource] | None:
    """Read one moment into aware UTC; None where there is none (empty, null date, not a time).

    An offset in the text (or an epoch) is explicit. A naive text is read in `zone`, which the
    carrier documents, else in the zone of `country` (ISO alpha-2) where that has one, else as UTC
    and marked as guessed. Read: ISO 8601, epoch seconds and milliseconds, `/Date(ms)/`, and what
    `spelt_time` reads.
    """
    if raw is None or isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    text = str(int(raw)) if isinstance(raw, float) and abs(raw) < 1e14 else str(raw).strip()
    return _read(text, zone, country)


@lru_cache(maxsize=_KEPT)
def _read(text: str, zone: str | None, country: str | None) -> tuple[datetime, OffsetSource] | None:
    try:
        moment = _moment(text)
        if moment is None or moment.year not in _YEARS:
            return None
        if moment.tzinfo is not None:
            return moment.astimezone(UTC), OffsetSource.EXPLICIT
        return in_zone(moment, zone=zone, country=country)
    except (ValueError, OverflowError):
        return None


def in_zone(
    naive: datetime, *, zone: str | None = None, country: str | None = None
) -> tuple[datetime, OffsetSource]:
    """Give a local time its zone: the carrier's, else the country's only one, else a guess."""
    if zone is not None and (known := _zone(zone)) is not None:
        return naive.replace(tzinfo=known).astimezone(UTC), OffsetSource.CARRIER
    only = zone_of(country)
    if only is not None and (known := _zone(only)) is not None:
        return naive.replace(tzinfo=known).astimezone(UTC), OffsetSource.LOCATION
    return naive.replace(tzinfo=UTC), OffsetSource.GUESSED


def naive_time(raw: object) -> datetime | None:
    """The wall-clock time alone, whatever offset the text claims (for a `Z` known to be false)."""
    return _wall_clock(raw.strip()) if isinstance(raw, str) else None


@lru_cache(maxsize=_KEPT)
def _wall_clock(text: str) -> datetime | None:
    try:
        moment = _moment(text)
    except (ValueError, OverflowError):
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return moment.replace(tzinfo=None)


def zone_of(country: str | None) -> str | None:
    """The zone of a country that has one offset all year round and all over; else None.

    `zones.csv` is derived from the tz database (public domain) for 2026.
    """
    return _single_zones().get(country.upper()) if country else None


def _moment(text: str) -> datetime | None:
    if not text or len(text) > 64:
        return None
    if (epoch := _epoch(text)) is not None:
        return epoch
    if text.isascii() and text.isdigit() and len(text) == 8:
        return datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - a day
    if not _DENSE.match(text):  # which Python takes for a day and half a clock
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return spelt_time(text)


def _epoch(text: str) -> datetime | None:
    if dotnet := _DOTNET.fullmatch(text):
        return _EPOCH + timedelta(milliseconds=int(dotnet[1]))
    if text.isascii() and (digits := _EPOCH_DIGITS.fullmatch(text)):
        whole = int(digits[1]) * (1000 if len(digits[1]) == 10 else 1)
        return _EPOCH + timedelta(milliseconds=whole)
    return None


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


@cache
def _single_zones() -> dict[str, str]:
    text = Path(__file__).with_name("zones.csv").read_text("utf-8")
    return {row["country"]: row["zone"] for row in csv.DictReader(text.splitlines())}
