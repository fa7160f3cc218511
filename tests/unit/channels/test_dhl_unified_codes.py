"""DHL Unified: code and words together, and three kinds of times."""

import pytest

from amends.catalog.channels import dhl_unified
from tests.support.channel_samples import lines, sample, status
from tests.unit.channels.dhl_unified_bodies import EXPRESS, event, told

PARCEL_DE = [
    "2026-11-10T10:02:00Z carrier info_received - - pre-transit",
    "2026-11-10T18:40:00Z carrier in_transit processed - transit",
    "2026-11-11T06:12:00Z carrier delivery_failed - recipient_absent failure",
]


def test_express_has_offsets() -> None:
    (reading,) = dhl_unified.read(sample("dhl_unified_shipments.json"))

    assert status(reading) == "4827319501 dhl_express found customs - forward active -"
    assert lines(reading) == EXPRESS
    assert reading.scans[0].place.country == "DE"
    assert reading.scans[0].at_raw == "2026-11-08T18:05:00+01:00"


def test_parcel_de_writes_german_time_without_saying_so() -> None:
    (reading,) = dhl_unified.read(sample("dhl_parcel_de_local_time.json"))

    assert status(reading) == (
        "00340434161094000123 dhl_parcel_de found delivery_failed recipient_absent forward active -"
    )
    assert lines(reading) == PARCEL_DE


@pytest.mark.parametrize(
    ("at", "service", "country", "expected"),
    [
        ("2026-07-10T10:00:00", "parcel-de", None, "2026-07-10T08:00:00Z carrier"),
        ("2026-12-10T10:00:00", "parcel-de", "AT", "2026-12-10T09:00:00Z carrier"),
        ("2026-10-25T02:30:00", "parcel-de", None, "2026-10-25T00:30:00Z carrier"),
        ("2026-12-10T10:00:00", "parcel-nl", None, "2026-12-10T09:00:00Z carrier"),
        ("2026-12-10T10:00:00", "parcel-uk", None, "2026-12-10T10:00:00Z carrier"),
        ("2026-12-10T10:00:00", "ecommerce", "SG", "2026-12-10T02:00:00Z location"),
        ("2026-12-10T10:00:00", "ecommerce", "US", "2026-12-10T10:00:00Z guessed"),
        ("2026-12-10T10:00:00", "ecommerce", None, "2026-12-10T10:00:00Z guessed"),
        ("2026-12-10T10:00:00Z", "parcel-de", "DE", "2026-12-10T10:00:00Z explicit"),
        ("2026-12-10T10:00:00.123+0100", "parcel-de", "DE", "2026-12-10T09:00:00Z explicit"),
    ],
)
def test_every_division_writes_time_in_its_own_way(
    at: str, service: str, country: str | None, expected: str
) -> None:
    where = {"location": {"address": {"countryCode": country}}} if country else {}
    reading = told(event("transit", "x", at=at, **where), service=service)

    assert lines(reading) == [f"{expected} in_transit - - transit"]


def test_a_shipment_that_never_leaves_its_country_has_the_time_of_it() -> None:
    ends = {end: {"address": {"countryCode": "PL"}} for end in ("origin", "destination")}
    reading = told(event("transit", "x", at="2026-12-10T10:00:00"), service="ecommerce", **ends)

    assert lines(reading) == ["2026-12-10T09:00:00Z location in_transit - - transit"]


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("pre-transit", "Released by customs", "info_received - -"),
        ("PRE_TRANSIT", "", "info_received - -"),
        ("transit", "", "in_transit - -"),
        ("transit", "Shipment is out with courier for delivery", "out_for_delivery - -"),
        ("transit", "Customs clearance status updated", "customs presented -"),
        ("transit", "Shipment on hold", "exception held other"),
        ("failure", "", "delivery_failed - other"),
        ("failure", "EE", "delivery_failed - other"),
        ("failure", "Die Sendung wird an den Absender zurückgesandt.", "returning - -"),
        ("failure", "Returned to sender", "returned - -"),
        ("failure", "Clearance delay", "customs held customs_delay"),
        ("delivered", "Delivered - signed for by X", "delivered - signed"),
        ("delivered", "Die Sendung wurde dem Nachbarn übergeben", "delivered - neighbour"),
        ("delivered", "Returned to shipper", "returned - -"),
        ("unknown", "Delivered", "unknown - -"),
        ("teleported", "Delivered", "unknown - -"),
        ("", "Shipment picked up", "accepted accepted -"),
    ],
)
def test_code_and_words_together_say_what_happened(code: str, words: str, expected: str) -> None:
    (scan,) = told(event(code, words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


def test_the_code_outweighs_a_status_that_says_otherwise() -> None:
    (scan,) = told(event("pre-transit", "JESSICA", status="DELIVERED")).scans

    assert scan.milestone == "info_received"
