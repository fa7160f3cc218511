"""Moments in the spellings that carriers pass on."""

from datetime import datetime, timedelta

import pytest

from amends.domain.parcel.times import parse_time

TEN = datetime.fromisoformat("2023-05-01T10:00:00+00:00")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ("Mon, 01 May 2023 10:00:00 GMT", 0),
        ("Mon, 01 May 2023 10:00:00 +0800", -8),
        ("20230501T100000+0800", -8),
        ("20230501100000+0800", -8),
        ("20230501100000Z", 0),
        ("2023-05-01T10:00:00+08:00[Asia/Shanghai]", -8),
        ("2023-05-01T10:00:00-5:00", 5),
        ("2023-05-01T10:00:00\N{MINUS SIGN}05:00", 5),
        ("2023-05-01T10:00:00 EST", 5),
        ("2023-05-01 10:00:00 (CEST)", -2),
        ("2023-05-01T10:00:00UTC+8", -8),
        ("2023-05-01 10:00 GMT+05:30", -5.5),
        ("\\/Date(1682935200000)\\/", 0),
        ("1682935200.0", 0),
        ("1682935200.123", 0),
        ("2023-05-01 18:00:00 +0800 CST", 0),
    ],
)
def test_an_offset_is_explicit_in_whatever_spelling(sent: str, after: float) -> None:
    assert parse_time(sent) == (TEN + after * HOUR, "explicit")


@pytest.mark.parametrize(
    ("sent", "after"),
    [
        ("05/01/2023 10:00 AM", 0),
        ("2023.05.01 10:00:00", 0),
        ("31/05/2023 10:00", 720),
        ("31.05.2023, 10:00 Uhr", 720),
        ("01.05.2023 10:00", 0),
        ("31-05-2023 1:00 PM", 723),
        ("May 1 2023 1:00PM", 3),
        ("May 1st, 2023, 1:00 p.m.", 3),
        ("May 01, 2023 10:00:00", 0),
        ("Monday, May 1, 2023 10:00 AM", 0),
        ("1 May 2023 10:00", 0),
        ("2023年05月01日 10时00分00秒", 0),
        ("2023-05-01 上午10:00", 0),
        ("2023-05-01 下午1:00", 3),
        ("２０２３-05-01 10:00:00", 0),
        ("2023-05-01T24:00:00", 14),
        ("2023-05-01 - 10:00", 0),
        ("2023-05-01T10.00.00", 0),
        ("2023-05-01 12:00 AM", -10),
        ("2023-05-01 12:00 PM", 2),
    ],
)
def test_without_an_offset_the_wall_clock_is_kept(sent: str, after: float) -> None:
    assert parse_time(sent) == (TEN + after * HOUR, "guessed")


@pytest.mark.parametrize(
    "sent",
    [
        "05/01/2023 10:00",  # January or May
        "2023-02-30 10:00",
        "31/13/2023 10:00",
        "2023-05-01 25:00",
        "2023-05-01 13:00 XM",
        "0000-00-00 00:00:00",
        "10:00",
        "Smarch 1, 2023",
        "May",
    ],
)
def test_what_may_be_two_moments_or_none_is_none(sent: str) -> None:
    assert parse_time(sent) is None
