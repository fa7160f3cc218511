"""FedEx: types before derived codes, and times that borrow an offset from their place."""

import pytest

from tests.support.channel_samples import lines
from tests.unit.channels.fedex_bodies import event, told

OHIO = {"city": "TOLEDO", "stateOrProvinceCode": "OH", "countryCode": "US"}


def meant(scan_event: dict[str, object]) -> str:
    (scan,) = told(scan_event).scans
    return f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}"


@pytest.mark.parametrize(
    ("kind", "derived", "words", "expected"),
    [
        ("OC", "IN", "Shipment information sent to FedEx", "info_received - -"),
        ("PU", "PU", "Picked up", "accepted accepted -"),
        ("PU", "DL", "Picked up", "accepted accepted -"),
        ("AR", "IT", "Arrived at FedEx hub", "in_transit arrived -"),
        ("DP", "IT", "Departed FedEx location", "in_transit departed -"),
        ("OD", "IT", "On FedEx vehicle for delivery", "out_for_delivery - -"),
        ("AE", "IT", "Shipment arriving early", "in_transit - -"),
        ("EA", "IT", "Enroute to airport", "in_transit departed -"),
        ("EA", "", "Export approved", "customs released -"),
        ("CC", "IT", "International shipment release", "customs released -"),
        ("HL", "HL", "Hold at location", "available_for_pickup held -"),
        ("DL", "DL", "Left at front door", "delivered - safe_place"),
        ("DE", "DE", "Delivery exception", "delivery_failed - other"),
        ("SE", "SE", "Shipment exception", "exception - other"),
        ("DY", "DY", "Delay", "exception - delay"),
        ("RS", "RS", "Returning package to shipper", "returning - -"),
        ("RR", "IT", "Delivery option requested", "no_change - recipient_request"),
        ("CA", "CA", "Shipment cancelled by sender", "cancelled - -"),
        ("", "OD", "On FedEx vehicle for delivery", "out_for_delivery - -"),
        ("ZZ", "OD", "On FedEx vehicle for delivery", "out_for_delivery - -"),
        ("Ow", "IT", "On the way", "in_transit - -"),
        ("ow", "ow", "On the way", "unknown - -"),
        ("ZZ", "", "x", "unknown - -"),
    ],
)
def test_the_type_says_more_than_the_derived_code(
    kind: str, derived: str, words: str, expected: str
) -> None:
    assert meant(event(kind, words, derivedStatusCode=derived)) == expected


@pytest.mark.parametrize(
    ("kind", "exception", "delay", "expected"),
    [
        ("DE", "Customer not available or business closed", "", "delivery_failed recipient_absent"),
        ("DE", "Shipment Refused by recipient", "", "delivery_failed recipient_refused"),
        ("DE", "Incorrect address", "", "delivery_failed address_invalid"),
        ("SE", "Local weather delay - Delivery not attempted", "", "exception weather"),
        ("SE", "Damaged - delivery not completed", "", "exception damaged"),
        ("SE", "Unable to deliver shipment - Returned to shipper", "", "returning -"),
        ("SE", "", "CLEARANCE", "exception customs_delay"),
        ("SE", "", "OPERATIONAL", "exception carrier_delay"),
        ("DY", "", "WEATHER", "exception weather"),
        ("DY", "", "LOCAL", "exception external_delay"),
        ("DY", "", "GENERAL", "exception delay"),
        ("DR", "", "WEATHER", "exception carrier_delay"),
        ("AR", "", "WEATHER", "in_transit -"),
    ],
)
def test_exceptions_say_why(kind: str, exception: str, delay: str, expected: str) -> None:
    detail = {"status": "DELAYED", "type": delay} if delay else {}
    (scan,) = told(event(kind, exceptionDescription=exception, delayDetail=detail)).scans

    assert f"{scan.milestone} {scan.reason or '-'}" == expected


def test_a_type_that_no_table_knows_is_counted() -> None:
    reading = told(event("ZZ", derivedStatusCode="IT"), event("AR"))

    assert (reading.unmapped, reading.milestone) == (("ZZ",), "in_transit")
    assert sorted(scan.code for scan in reading.scans) == ["AR", "ZZ"]


@pytest.mark.parametrize(
    ("at", "where", "expected"),
    [
        ("2026-11-06T10:00:00-06:00", {}, "16:00:00Z explicit"),
        ("2026-11-06T10:00:00 -0600", {}, "16:00:00Z explicit"),
        ("2026-11-06T10:00:00.000-06:00", {}, "16:00:00Z explicit"),
        ("2026-11-06T16:00:00Z", {}, "16:00:00Z explicit"),
        ("2026-11-06T10:00:00", {}, "10:00:00Z guessed"),
        ("2026-11-06T10:00:00", OHIO, "15:00:00Z location"),
        ("2026-11-06T10:00:00", {"countryCode": "FR"}, "09:00:00Z location"),
        ("2026-11-06T10:00:00", OHIO | {"stateOrProvinceCode": "TX"}, "16:00:00Z guessed"),
    ],
)
def test_a_time_without_an_offset_has_that_of_its_place(
    at: str, where: dict[str, str], expected: str
) -> None:
    assert lines(told(event(at=at, scanLocation=where))) == [
        f"2026-11-06T{expected} in_transit arrived - AR"
    ]


def test_a_time_without_an_offset_borrows_from_the_same_town() -> None:
    town = {"city": "MANKATO", "stateOrProvinceCode": "MN", "countryCode": "US"}
    reading = told(
        event("AR", at="2026-08-15T18:35:00-05:00", scanLocation=town),
        event("PU", at="2026-08-15T00:00:00", scanLocation=town),
    )

    assert lines(reading)[0] == "2026-08-15T05:00:00Z location accepted accepted - PU"


def test_a_day_and_a_clock_may_stand_apart() -> None:
    reading = told(event(at="2026-11-06", time="10:00:00", scanLocation={"countryCode": "FR"}))

    assert lines(reading) == ["2026-11-06T09:00:00Z location in_transit arrived - AR"]
