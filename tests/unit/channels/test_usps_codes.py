"""USPS: what a code means, and local times with the offset beside them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.channel_samples import lines
from tests.unit.channels.usps_bodies import event, told


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("GX", "Shipping Label Created, USPS Awaiting Item", "info_received - -"),
        ("03", "USPS in possession of item", "accepted accepted -"),
        ("3", "USPS picked up item", "accepted accepted -"),
        ("10", "Arrived at USPS Regional Origin Facility", "in_transit processed -"),
        ("T1", "Departed USPS Regional Facility", "in_transit departed -"),
        ("07", "Arrived at Post Office", "in_transit delivery_depot -"),
        ("TL", "In Transit to Next Facility", "no_change - -"),
        ("DX", "Tracking status not updated", "no_change - -"),
        ("OF", "Out for Delivery", "out_for_delivery - -"),
        ("of", "Out for Delivery", "out_for_delivery - -"),
        ("01", "Delivered, Parcel Locker", "delivered - locker"),
        ("01", "Delivered, To Original Sender", "returned - -"),
        ("17", "Delivered, Individual Picked Up", "delivered - collected_by_recipient"),
        ("02", "Notice Left", "delivery_failed - recipient_absent"),
        ("05", "Undeliverable as Addressed", "exception - address_invalid"),
        ("05", "Insufficient Address, Return to Sender", "returning - address_invalid"),
        ("08", "Missent", "exception - missort"),
        ("09", "Return to Sender", "returning - -"),
        ("28", "Deceased", "returning - recipient_deceased"),
        ("Z9", "Delivered", "unknown - -"),
        ("", "Delivered, Front Desk", "delivered - -"),
        ("", "In Transit to Next Facility", "no_change - -"),
        ("", "Held at Post Office, At Customer Request", "exception held recipient_request"),
        ("", "Something else", "unknown - -"),
    ],
)
def test_every_code_means_what_the_table_says(code: str, words: str, expected: str) -> None:
    (scan,) = told(event(code, words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


def test_generated_text_moves_nothing() -> None:
    reading = told(
        event("TL", eventTimestamp="2026-11-12T01:11:00"),
        event("TL", eventTimestamp="2026-11-11T18:07:00"),
        event("02", eventTimestamp="2026-11-10T18:07:00"),
    )

    assert (reading.milestone, len(reading.scans)) == ("delivery_failed", 3)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, "15:15:00Z paired"),
        ({"GMTTimestamp": "2026-11-09T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": "-0500"}, "15:15:00Z paired"),
        ({"GMTOffset": None, "GMTTimestamp": "2026-11-10T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": "", "GMTTimestamp": "2026-11-11T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": None, "eventState": "OH"}, "15:15:00Z location"),
        ({"GMTOffset": None, "eventState": "TX"}, "16:15:00Z guessed"),
        ({"GMTOffset": None}, "10:15:00Z guessed"),
        ({"GMTOffset": None, "eventCountry": "JAPAN"}, "01:15:00Z location"),
        ({"GMTOffset": None, "eventCountry": "JP"}, "01:15:00Z location"),
        ({"eventTimestamp": "2026-11-10T10:15:00Z"}, "15:15:00Z paired"),
        (
            {"eventTimestamp": "2026-11-10T15:15:00Z", "GMTTimestamp": "2026-11-10T15:15:00Z"},
            "15:15:00Z explicit",
        ),
        ({"eventTimestamp": "2026-11-10T10:15:00-05:00", "GMTOffset": ""}, "15:15:00Z explicit"),
        ({"eventTimestamp": "2026-11-10T15:15:00Z", "GMTOffset": None}, "15:15:00Z explicit"),
        ({"eventTimestamp": None, "GMTTimestamp": "2026-11-10T15:15:00Z"}, "15:15:00Z explicit"),
        ({"eventTimestamp": "2026-11-10 10:15:00.000000"}, "15:15:00Z paired"),
    ],
)
def test_a_moment_is_the_local_time_with_the_offset_beside_it(
    when: dict[str, object], expected: str
) -> None:
    assert lines(told(event() | when)) == [f"2026-11-10T{expected} in_transit arrived - A1"]


@given(
    local=st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2080, 1, 1)),  # noqa: DTZ001 - local times of a scan have no zone
    hours=st.integers(min_value=-11, max_value=12),
    day=st.sampled_from([-1, 0, 1]),
    has_offset=st.booleans(),
)
def test_the_day_of_the_gmt_field_never_counts(
    local: datetime, hours: int, day: int, *, has_offset: bool
) -> None:
    local = local.replace(microsecond=0)
    utc = local.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC)
    claimed = (utc + timedelta(days=day, seconds=31)).strftime("%Y-%m-%dT%H:%M:%SZ")
    offset = f"{'-' if hours < 0 else '+'}{abs(hours):02}:00" if has_offset else None
    (scan,) = told(
        event(eventTimestamp=local.isoformat(), GMTTimestamp=claimed, GMTOffset=offset)
    ).scans

    assert (scan.at, scan.offset_source) == (utc, "paired")
