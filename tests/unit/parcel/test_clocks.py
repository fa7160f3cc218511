"""Local times with an offset beside them, or a place."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.parcel.clocks import between, offset_of, paired
from amends.domain.parcel.placing import local
from amends.domain.parcel.vocabulary import OffsetSource

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2090, 1, 1))  # noqa: DTZ001 - hypothesis takes naive bounds and a zone
QUARTERS = st.integers(min_value=-47, max_value=48).map(lambda n: timedelta(minutes=15 * n))


@pytest.mark.parametrize(
    ("sent", "hours"),
    [
        ("-05:00", -5),
        ("-05.00", -5),
        ("-0500", -5),
        ("+05:30", 5.5),
        ("+0530", 5.5),
        ("-5", -5),
        ("+5.5", 5.5),
        ("UTC-3", -3),
        ("GMT+02:00", 2),
        ("Z", 0),
        ("00:00", 0),
        ("-03:30", -3.5),
    ],
)
def test_an_offset_reads_however_carriers_write_it(sent: str, hours: float) -> None:
    assert offset_of(sent) == timedelta(hours=hours)


@pytest.mark.parametrize("sent", ["", "EST", "-15:00", "+05:75", "2026-11-01", "-"])
def test_what_is_no_offset_is_none(sent: str) -> None:
    assert offset_of(sent) is None


@given(moment=MOMENTS, span=QUARTERS)
def test_a_pair_gives_back_the_moment_that_it_was_made_of(
    moment: datetime, span: timedelta
) -> None:
    utc = moment.replace(tzinfo=UTC)
    wall = utc.astimezone(timezone(span)).replace(tzinfo=None).isoformat()
    minutes = round(abs(span) / timedelta(minutes=1))
    sign = "-" if span < timedelta() else "+"

    assert paired(wall, f"{sign}{minutes // 60:02}:{minutes % 60:02}") == (
        utc,
        OffsetSource.PAIRED,
    )


@given(moment=MOMENTS, span=QUARTERS, day=st.sampled_from([-1, 0, 1]))
def test_a_gmt_field_with_the_wrong_day_still_gives_the_offset(
    moment: datetime, span: timedelta, day: int
) -> None:
    utc = moment.replace(tzinfo=UTC)
    wall = utc.astimezone(timezone(span)).replace(tzinfo=None).isoformat()
    claimed = (moment + timedelta(days=day)).isoformat() + "Z"

    assert between(wall, claimed) == (utc, OffsetSource.PAIRED)


@pytest.mark.parametrize(
    ("country", "state", "hour", "source"),
    [
        ("US", "NY", 15, OffsetSource.LOCATION),
        ("US", "ca", 18, OffsetSource.LOCATION),
        ("US", "AZ", 17, OffsetSource.LOCATION),
        ("US", "TX", 16, OffsetSource.GUESSED),
        (None, "OH", 15, OffsetSource.LOCATION),
        ("US", "", 10, OffsetSource.GUESSED),
        ("DE", "NY", 9, OffsetSource.LOCATION),
    ],
)
def test_a_place_gives_the_zone_where_it_has_only_one(
    country: str | None, state: str, hour: int, source: OffsetSource
) -> None:
    at = local("2026-12-01T10:00:00", country=country, state=state)

    assert at == (datetime(2026, 12, 1, hour, tzinfo=UTC), source)


def test_an_offset_of_its_own_outweighs_the_place() -> None:
    at = local("2026-12-01T10:00:00+01:00", country="US", state="NY")

    assert at == (datetime(2026, 12, 1, 9, tzinfo=UTC), OffsetSource.EXPLICIT)
