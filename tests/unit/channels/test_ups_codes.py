"""UPS: numbers before letters before types, and GMT fields before local ones."""

import pytest

from tests.support.channel_samples import lines
from tests.unit.channels.ups_bodies import activity, told


@pytest.mark.parametrize(
    ("kind", "number", "letters", "words", "expected"),
    [
        ("M", "003", "MP", "Shipper created a label", "info_received - -"),
        ("I", "005", "DP", "Departed from Facility", "in_transit departed -"),
        ("I", "5", "DP", "Departed from Facility", "in_transit departed -"),
        ("D", "011", "FS", "DELIVERED", "delivered - -"),
        ("D", "011", "FS", "Returned to Sender", "returned - -"),
        ("D", "006", "", "On Vehicle", "out_for_delivery - -"),
        ("D", "021", "OT", "Out For Delivery", "out_for_delivery - -"),
        ("D", "161", "2Q", "Delivered to UPS Access Point", "available_for_pickup - -"),
        ("D", "017", "", "Held for pickup", "available_for_pickup - -"),
        ("X", "003", "SR", "Released by the customs agency.", "customs released -"),
        ("X", "", "SR", "", "customs released -"),
        ("X", "003", "ZZ", "Damage reported.", "exception - damaged"),
        ("X", "003", "ZZ", "", "info_received - -"),
        ("X", "022", "48", "The customer was not available", "delivery_failed - recipient_absent"),
        ("X", "129", "UO", "Lost package investigation", "exception - under_investigation"),
        ("I", "128", "", "Investigation closed", "no_change - -"),
        ("X", "140", "", "Claim paid", "lost - under_investigation"),
        ("I", "034", "", "Returned", "returned - -"),
        ("X", "149", "", "Destroyed", "destroyed - dangerous_goods"),
        ("MV", "007", "", "Voided", "cancelled - -"),
    ],
)
def test_the_number_comes_first_save_for_letters_of_exceptions(
    kind: str, number: str, letters: str, words: str, expected: str
) -> None:
    (scan,) = told(activity(kind, number, letters, words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


@pytest.mark.parametrize(
    ("kind", "letters", "words", "expected"),
    [
        ("M", "MP", "", "info_received - -"),
        ("MV", "VM", "", "cancelled - -"),
        ("P", "PU", "Pickup Scan", "accepted accepted -"),
        ("I", "OR", "Origin Scan", "accepted accepted -"),
        ("I", "AR", "Arrived at Facility", "in_transit arrived -"),
        ("I", "XX", "Out For Delivery Today", "out_for_delivery - -"),
        ("I", "XX", "", "in_transit - -"),
        ("D", "FS", "Delivered", "delivered - -"),
        ("D", "FS", "DELIVERED, left at front door", "delivered - safe_place"),
        ("D", "FS", "Out For Delivery", "out_for_delivery - -"),
        ("D", "FS", "Loaded on Delivery Vehicle", "out_for_delivery - -"),
        ("D", "2Q", "Delivered to UPS Access Point", "available_for_pickup - -"),
        ("X", "48", "The receiver was not available", "delivery_failed - recipient_absent"),
        ("X", "A1", "The address is incorrect", "exception - address_invalid"),
        ("X", "A1", "Severe weather has delayed delivery", "exception - weather"),
        ("X", "A1", "Your package is held at customs", "customs held customs_delay"),
        ("X", "A1", "", "exception - other"),
        ("RS", "RS", "Returning to Sender", "returning - -"),
        ("RS", "RS", "", "returning - -"),
        ("U", "UP", "Delivery updated", "no_change - -"),
        ("W", "", "", "in_transit held -"),
        ("NA", "", "", "unknown - -"),
        ("QQ", "QQ", "x", "unknown - -"),
    ],
)
def test_without_a_number_type_and_words_decide(
    kind: str, letters: str, words: str, expected: str
) -> None:
    (scan,) = told(activity(kind, "", letters, words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


def test_a_number_that_no_table_knows_is_counted_and_the_type_stands_in() -> None:
    reading = told(activity("D", "999", "", "Delivered"))

    assert (reading.milestone, reading.unmapped) == ("delivered", ("999",))
    assert reading.scans[0].code == "999"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, "2026-11-10T15:15:00Z paired"),
        ({"gmtDate": None, "gmtTime": None}, "2026-11-10T15:15:00Z paired"),
        ({"gmtOffset": None}, "2026-11-10T15:15:00Z paired"),
        ({"gmtTime": ""}, "2026-11-10T15:15:00Z paired"),
        ({"gmtOffset": "-05.00", "gmtTime": "151500"}, "2026-11-10T15:15:00Z paired"),
        ({"gmtTime": "15.15.00"}, "2026-11-10T15:15:00Z paired"),
        ({"gmtDate": "20261111"}, "2026-11-10T15:15:00Z paired"),
        ({"date": "2026-11-10", "time": "10:15:00"}, "2026-11-10T15:15:00Z paired"),
        (
            {"time": "91500", "gmtDate": "", "gmtTime": "", "gmtOffset": "-0500"},
            "2026-11-10T14:15:00Z paired",
        ),
        (
            {"time": "0915", "gmtDate": "", "gmtTime": "", "gmtOffset": ""},
            "2026-11-10T09:15:00Z guessed",
        ),
        ({"gmtDate": "", "gmtTime": "", "gmtOffset": ""}, "2026-11-10T10:15:00Z guessed"),
        (
            {"gmtDate": "", "gmtTime": "", "gmtOffset": "", "time": ""},
            "2026-11-10T00:00:00Z guessed",
        ),
        (
            {
                "gmtDate": "",
                "gmtOffset": "",
                "location": {"address": {"countryCode": "US", "stateProvince": "NJ"}},
            },
            "2026-11-10T15:15:00Z location",
        ),
        (
            {
                "gmtDate": "",
                "gmtOffset": "",
                "location": {"address": {"countryCode": "IN"}},
            },
            "2026-11-10T04:45:00Z location",
        ),
    ],
)
def test_a_moment_is_the_gmt_fields_or_the_local_ones_with_their_offset(
    when: dict[str, object], expected: str
) -> None:
    reading = told(activity("I", "005", "DP", "", **when))

    assert lines(reading) == [f"{expected} in_transit - - 005"]


def test_gmt_that_is_a_day_off_yields_to_local_and_offset() -> None:
    late = activity(
        "I", "005", time="233000", gmtDate="20261110", gmtTime="04:30:00", gmtOffset="-05:00"
    )

    assert lines(told(late)) == ["2026-11-11T04:30:00Z paired in_transit - - 005"]
