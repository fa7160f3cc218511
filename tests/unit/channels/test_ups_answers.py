"""UPS: several packages, shapes of two ages, 200 for nothing, errors."""

import json

import pytest

from amends.catalog.channels import ups
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked
from tests.support.channel_samples import lines, sample, status, track
from tests.unit.channels.ups_bodies import NUMBER, SCANS, activity, answer, package, told


def test_the_sample_reads() -> None:
    (reading,) = ups.read(sample("ups_track_v1.response.json"))

    assert status(reading) == (f"{NUMBER} ups found exception under_investigation forward active -")
    assert lines(reading) == SCANS
    assert reading.scans[0].place.node == "5231"
    assert reading.estimated_delivery_at is not None
    assert reading.estimated_delivery_at.isoformat() == "2026-11-11T00:00:00+00:00"


def test_each_package_of_a_shipment_has_its_reading() -> None:
    both = answer(
        package(activity("D", "011"), number="1ZA"),
        package(activity("I", "005"), activity("M", "003"), number="1ZB"),
        inquiry="1ZA",
    )

    assert [(one.number, one.milestone, len(one.scans)) for one in ups.read(both)] == [
        ("1ZA", "delivered", 1),
        ("1ZB", "in_transit", 2),
    ]
    readings, _ = track(ups, [Asked(number="1zb")], Response(status=200, body=both))
    assert readings["1zb"].milestone == "in_transit"


def test_a_number_that_no_package_bears_is_that_of_its_package() -> None:
    body = answer(package(activity("D", "011"), number="1ZA"), inquiry="92419900")
    readings, _ = track(ups, [Asked(number="92419900")], Response(status=200, body=body))

    assert readings["92419900"].milestone == "delivered"


def test_the_current_status_knows_of_an_end_that_no_scan_tells() -> None:
    current = {"type": "D", "statusCode": "011", "description": "Delivered"}

    assert told(activity("I", "005"), currentStatus=current).milestone == "delivered"


@pytest.mark.parametrize(
    "body",
    [
        sample("ups_track_v1_not_found.json"),
        b'{"trackResponse":{"shipment":[{"warnings":[{"code":"TW0001","message":"x"}]}]}}',
        b'{"trackResponse":{"shipment":[{"inquiryNumber":"1Z9A83X40310472914"}]}}',
        b'{"trackResponse":{"shipment":{"inquiryNumber":{"value":"1Z9A83X40310472914"}}}}',
        b'{"response":{"errors":[{"code":"TW0001","message":"Tracking Information Not Found"}]}}',
        b'{"response":{"errors":[{"code":"151044","message":"No tracking information"}]}}',
    ],
)
def test_nothing_known_is_no_scans_yet(body: bytes) -> None:
    (reading,) = ups.read(body, number=NUMBER)

    assert status(reading) == f"{NUMBER} ups unfound not_found - forward active -"


@pytest.mark.parametrize(
    ("code", "message", "error"),
    [
        ("TV1002", "Invalid inquiry number", "bad_number"),
        ("TV1001", "Missing transId", "bad_number"),
        ("10429", "Too Many Requests", "rate_limited"),
        ("429", "", "rate_limited"),
        ("250002", "Invalid Authentication Information.", "unauthorised"),
        ("250003", "Invalid Access License number", "unauthorised"),
        ("10401", "ClientId is Invalid", "unauthorised"),
        ("10500", "Internal Server Error", "unavailable"),
        ("", "Invalid token or token is not present.", "unauthorised"),
        ("XX", "Quota exceeded", "rate_limited"),
        ("XX", "Invalid inquiry", "bad_number"),
        ("XX", "", "unavailable"),
    ],
)
def test_errors_have_names(code: str, message: str, error: str) -> None:
    body = {"response": {"errors": [{"code": code, "message": message}]}}

    assert [one.error for one in ups.read(json.dumps(body).encode())] == [error]


def test_the_gateway_has_errors_of_its_own() -> None:
    fault = {"faultstring": "Rate limit quota violation", "detail": {"errorcode": "policies.x"}}

    assert [one.error for one in ups.read(json.dumps({"fault": fault}).encode())] == [
        "rate_limited"
    ]


def test_the_shape_before_this_one_reads_too() -> None:
    old = {
        "TrackResponse": {
            "Shipment": {
                "InquiryNumber": {"Code": "01", "Value": "1ZOLD"},
                "Package": {
                    "TrackingNumber": "1ZOLD",
                    "Activity": [
                        {
                            "ActivityLocation": {
                                "Address": {"City": "Anytown", "CountryCode": "US"}
                            },
                            "Status": {"Type": "D", "Description": "DELIVERED", "Code": "KB"},
                            "Date": "20261110",
                            "Time": "120000",
                            "GMTDate": "2026-11-10",
                            "GMTTime": "17.00.00",
                            "GMTOffset": "-05:00",
                        }
                    ],
                },
            }
        }
    }
    (reading,) = ups.read(json.dumps(old).encode())

    assert reading.number == "1ZOLD"
    assert lines(reading) == ["2026-11-10T17:00:00Z paired delivered - - KB"]
