"""Every way that channels write a moment."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel.times import CHINA, naive_time, parse_time
from amends.domain.parcel.vocabulary import OffsetSource


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-08 10:22:31",
        "2026-11-08T10:22:31",
        "2026/11/08 10:22:31",
        "2026年11月08日 10:22:31",
        "2026-11-8 10:22:31 AM",
        "20261108102231",
        "20261108 102231",
    ],
)
def test_a_naive_time_is_read_in_the_zone_that_the_carrier_documents(raw: str) -> None:
    assert parse_time(raw, zone=CHINA) == (
        datetime(2026, 11, 8, 2, 22, 31, tzinfo=UTC),
        OffsetSource.CARRIER,
    )


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-08T10:22:31+08:00",
        "2026-11-08T10:22:31+0800",
        "2026-11-08 10:22:31 +0800",
        "2026-11-08T02:22:31Z",
        "2026-11-08T02:22:31.000Z",
        "2026-11-08 02:22:31 UTC",
        "/Date(1794104551000)/",
        "/Date(1794104551000+0800)/",
        "1794104551",
        1794104551,
        1794104551000,
    ],
)
def test_an_offset_in_the_text_beats_every_zone(raw: object) -> None:
    assert parse_time(raw, zone="America/New_York", country="PL") == (
        datetime(2026, 11, 8, 2, 22, 31, tzinfo=UTC),
        OffsetSource.EXPLICIT,
    )


def test_a_country_with_one_zone_tells_the_offset_and_one_with_several_does_not() -> None:
    assert parse_time("2026-11-09T02:10:00", country="pl") == (
        datetime(2026, 11, 9, 1, 10, tzinfo=UTC),
        OffsetSource.LOCATION,
    )
    assert parse_time("2026-11-09T02:10:00", country="US") == (
        datetime(2026, 11, 9, 2, 10, tzinfo=UTC),
        OffsetSource.GUESSED,
    )


@pytest.mark.parametrize(
    "raw", [None, "", "  ", "soon", "0001-01-01T00:00:00", "0000-00-00 00:00:00", True, [], 5]
)
def test_what_is_no_time_is_none(raw: object) -> None:
    assert parse_time(raw) is None


def test_the_wall_clock_can_be_taken_from_a_false_z() -> None:
    assert naive_time("2026-11-07T23:15:00Z") == datetime(2026, 11, 7, 23, 15)  # noqa: DTZ001 - what is read has no zone


@settings(deadline=None)
@given(st.text() | st.integers() | st.floats() | st.from_regex(r"[0-9TZ:. +/-]{4,30}"))
def test_no_text_whatever_raises(raw: object) -> None:
    read = parse_time(raw, zone=CHINA)
    assert read is None or read[0].tzinfo is UTC
