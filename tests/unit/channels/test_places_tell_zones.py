"""A local time without its offset is read in the zone of the place that is written beside it."""

import json

import pytest

from amends.commands.track import parse

RAW = "2026-10-05T12:00:00"
CALIFORNIA, BERLIN = "2026-10-05T19:00:00Z location", "2026-10-05T10:00:00Z location"
TORONTO, GUESSED = "2026-10-05T16:00:00Z location", "2026-10-05T12:00:00Z guessed"


def told(channel: str, sent: object) -> list[str]:
    (reading,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]
    return [f"{scan['at']} {scan['offset_source']}" for scan in reading["scans"]]


def dhl(address: dict[str, str], **more: object) -> object:
    event = {"timestamp": RAW, "location": {"address": address}, "statusCode": "transit"}
    return {"shipments": [{"id": "N1", "service": "ecommerce", "events": [event], **more}]}


@pytest.mark.requirement("003-4")
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"addressLocality": "Compton, CA, US", "countryCode": "US"}, CALIFORNIA),
        ({"addressLocality": "COMPTON, CA"}, GUESSED),  # Canada, or California
        ({"addressLocality": "Compton, CA 90220"}, CALIFORNIA),
        ({"addressLocality": "CINCINNATI HUB,OH - USA"}, TORONTO),
        ({"addressLocality": "LEIPZIG - GERMANY"}, BERLIN),
        ({"addressLocality": "EAST MIDLANDS-UK"}, "2026-10-05T11:00:00Z location"),
        ({"addressLocality": "HONG KONG - HONG KONG SAR, CHINA"}, "2026-10-05T04:00:00Z location"),
        ({"addressLocality": "Brampton, Ontario, Canada"}, TORONTO),
        ({"addressLocality": "Sydney NSW", "countryCode": "AU"}, "2026-10-05T01:00:00Z location"),
        ({"addressLocality": "Austin, TX"}, "2026-10-05T17:00:00Z guessed"),  # two zones
        ({"addressLocality": "Atlanta, Georgia"}, TORONTO),
        ({"addressLocality": "Tbilisi, GE"}, "2026-10-05T08:00:00Z location"),
        ({"addressLocality": "Berlin, DE"}, GUESSED),  # Germany, or Delaware
        ({"addressLocality": "Somewhere"}, GUESSED),
        ({"addressLocality": "Victoria"}, GUESSED),
    ],
)
def test_dhl_places_say_country_and_state_in_words(address: dict[str, str], expected: str) -> None:
    assert told("dhl_unified", dhl(address)) == [expected]


def test_a_dhl_town_has_the_country_that_another_address_gives_it() -> None:
    ends = {
        "origin": {"address": {"addressLocality": "Hamburg", "countryCode": "DE"}},
        "destination": {"address": {"addressLocality": "Malmö", "countryCode": "SE"}},
    }

    assert told("dhl_unified", dhl({"addressLocality": "HAMBURG"}, **ends)) == [BERLIN]
    assert told("dhl_unified", dhl({"addressLocality": "Turku"}, **ends)) == [GUESSED]


@pytest.mark.requirement("003-4")
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"country_iso3": "USA", "state": "CA"}, CALIFORNIA),
        ({"country_name": "United States", "state": "California"}, CALIFORNIA),
        ({"country_region_name": "France", "location": "Bonn, Germany"}, BERLIN),
        ({"country_region": "CAN", "state": "ON"}, TORONTO),
        ({"country_name": "Korea, Republic of"}, "2026-10-05T03:00:00Z location"),
        ({"country_region": "USA"}, GUESSED),
    ],
)
def test_aftership_has_state_and_country_in_fields(where: dict[str, str], expected: str) -> None:
    line = {"checkpoint_time": RAW, "tag": "InTransit", "subtag": "InTransit_001", **where}
    row = {"tracking_number": "N1", "slug": "usps", "tag": "InTransit", "checkpoints": [line]}

    assert told("aftership", {"meta": {"code": 200}, "data": row}) == [expected]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"country_iso2": "US", "state": "CA"}, CALIFORNIA),
        ({"location": "Los Angeles, CA 90001"}, CALIFORNIA),
        ({"location": "Bonn, Germany"}, BERLIN),
        ({}, GUESSED),
    ],
)
def test_trackingmore_and_17track_read_the_place_likewise(
    where: dict[str, str], expected: str
) -> None:
    line = {"checkpoint_date": RAW, "checkpoint_delivery_status": "transit", **where}
    row = {"tracking_number": "N1", "origin_info": {"trackinfo": [line]}}
    event = {
        "time_raw": {"date": RAW[:10], "time": RAW[11:], "timezone": None},
        "location": where.get("location"),
        "sub_status": "InTransit_Other",
        "address": {"country": where.get("country_iso2"), "state": where.get("state")},
    }
    info = {"tracking": {"providers": [{"provider": {"key": 100003}, "events": [event]}]}}

    assert told("trackingmore", {"meta": {"code": 200}, "data": [row]}) == [expected]
    assert told("seventeentrack", {"number": "N1", "track_info": info}) == [expected]


def test_easypost_without_its_local_time_goes_by_the_state() -> None:
    place = {"city": "RENO", "state": "NV", "country": None, "zip": "89501"}
    line = {"datetime": f"{RAW}Z", "status": "in_transit", "tracking_location": place}

    assert told("easypost", {"tracking_code": "N1", "tracking_details": [line]}) == [CALIFORNIA]


@pytest.mark.parametrize(
    ("courier", "where", "expected"),
    [
        ("zto", {"location": "杭州转运中心"}, "2026-10-05T04:00:00Z location"),
        ("sf-express", {}, "2026-10-05T04:00:00Z location"),
        ("royal-mail", {"location": "Plymouth DO"}, "2026-10-05T11:00:00Z location"),
        ("usps", {"location": "Los Angeles, CA"}, CALIFORNIA),
        ("usps", {"location": "Toronto, Ontario, Canada"}, TORONTO),
        ("usps", {}, GUESSED),
        ("china-post", {}, GUESSED),  # its scans are those of the other posts too
    ],
)
def test_a_carrier_of_one_country_is_at_home_where_its_scans_name_none(
    courier: str, where: dict[str, str], expected: str
) -> None:
    line = {"checkpoint_date": RAW, "checkpoint_delivery_status": "transit", **where}
    row = {
        "tracking_number": "N1",
        "courier_code": courier,
        "origin_info": {"trackinfo": [line]},
    }

    assert told("trackingmore", {"meta": {"code": 200}, "data": [row]}) == [expected]


def test_usps_names_countries_in_full() -> None:
    line = {"eventTimestamp": RAW, "eventCode": "10", "eventCountry": "GERMANY"}

    assert told("usps", {"trackingNumber": "N1", "trackingEvents": [line]}) == [BERLIN]


def test_the_words_of_a_partner_without_codes_are_read_in_english_too() -> None:
    onward = {
        "nu": "RR123456785CN",
        "com": "usps",
        "state": "3",
        "data": [
            {"time": "2026-10-12 14:33:00", "context": "Delivered, In/At Mailbox"},
            {"time": "2026-10-12 09:33:00", "context": "Out for Delivery"},
            {"time": "2026-10-11 09:33:00", "context": "Inbound Out of Customs"},
            {"time": "2026-10-10 09:33:00", "context": "Delivered to agent for final delivery"},
        ],
    }
    here = {"nu": "RR123456785CN", "com": "youzhengguoji", "status": "200", "state": "8"}
    line = {"time": "2026-10-05 14:33:00", "context": "离开【上海】", "statusCode": "0"}
    push = {"status": "polling", "lastResult": {**here, "data": [line]}, "destResult": onward}

    (reading,) = json.loads(json.dumps(parse("kuaidi100", json.dumps(push).encode())))["readings"]

    assert reading["milestone"] == "delivered"
    assert [(scan["milestone"], scan["step"]) for scan in reading["scans"][2:]] == [
        ("customs", "released"),
        ("out_for_delivery", None),
        ("delivered", None),
    ]
    assert reading["scans"][1]["milestone"] != "delivered"
