"""UPS: numbers before letters before types, GMT fields, several packages, 200 for nothing."""

import json
from base64 import b64decode

import pytest

from amends.catalog.channels import ups
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import (
    Account,
    Asked,
    BadSignature,
    Malformed,
    PushKind,
)
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, sample, status, track

NUMBER = "1Z9A83X40310472914"
SCANS = [
    "2026-11-06T15:03:00Z paired info_received - - 003",
    "2026-11-06T23:10:00Z paired accepted accepted - 160",
    "2026-11-07T21:41:00Z paired in_transit arrived - 010",
    "2026-11-08T04:15:00Z paired in_transit departed - 005",
    "2026-11-12T06:30:00Z paired exception - under_investigation 129",
]


def activity(
    kind: str = "I",
    number: str = "",
    letters: str = "",
    words: str = "",
    **more: object,
) -> dict[str, object]:
    said = {"type": kind, "statusCode": number, "code": letters, "description": words}
    when = {"date": "20261110", "time": "101500", "gmtDate": "20261110", "gmtTime": "15:15:00"}
    return {"status": said, **when, "gmtOffset": "-05:00", **more}


def package(*activities: object, number: str = "1Z", **more: object) -> dict[str, object]:
    return {"trackingNumber": number, "activity": list(activities), **more}


def answer(*packages: object, inquiry: str = "1Z") -> bytes:
    shipment = {"inquiryNumber": inquiry, "package": list(packages)}
    return json.dumps({"trackResponse": {"shipment": [shipment]}}).encode()


def told(*activities: object, **more: object) -> Reading:
    (reading,) = ups.read(answer({**package(*activities), **more}))
    return reading


def test_the_sample_reads() -> None:
    (reading,) = ups.read(sample("ups_track_v1.response.json"))

    assert status(reading) == (f"{NUMBER} ups found exception under_investigation forward active -")
    assert lines(reading) == SCANS
    assert reading.scans[0].place.node == "5231"
    assert reading.estimated_delivery_at is not None
    assert reading.estimated_delivery_at.isoformat() == "2026-11-11T00:00:00+00:00"


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


def test_an_alert_carries_one_activity() -> None:
    (reading,) = ups.read(sample("ups_track_alert_webhook.body.json"))

    assert status(reading) == f"{NUMBER} ups found in_transit - forward active -"
    assert lines(reading) == ["2026-11-08T04:15:00Z paired in_transit departed - DP"]


def test_an_alert_may_name_the_number_of_its_status() -> None:
    body = json.loads(sample("ups_track_alert_webhook.body.json"))
    body["activityStatus"] |= {"type": "D", "code": "FS", "descriptionCode": "011"}
    (reading,) = ups.read(json.dumps(body).encode())

    assert (reading.milestone, reading.scans[0].code) == ("delivered", "011")


def test_an_alert_with_our_credential_wakes_us_up() -> None:
    body = sample("ups_track_alert_webhook.body.json")
    push = ups.receive(body, {"credential": "C"}, {"credential": "C"})

    assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, (NUMBER,), ())
    for headers, secret in (({"credential": "D"}, "C"), ({}, "C"), ({"credential": ""}, "")):
        with pytest.raises(BadSignature):
            ups.receive(body, headers, {"credential": secret})
    with pytest.raises(Malformed):
        ups.receive(b"{}", {"credential": "C"}, {"credential": "C"})


def test_a_token_is_fetched_by_basic_and_kept() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        if "/oauth" in request.url:
            return Response(status=200, body=b'{"access_token":"T","expires_in":"14399"}')
        return Response(status=200, body=sample("ups_track_v1.response.json"))

    account = Account(base_url="http://x", secrets={"client_id": "I", "client_secret": "S"})
    answer = converse(ups.track([Asked(number=NUMBER), Asked(number="2")], account), send)

    grant, first, second = sent
    assert b64decode(grant.headers["authorization"].removeprefix("Basic ")) == b"I:S"
    assert grant.body == b"grant_type=client_credentials"
    assert first.url.startswith(f"http://x/api/track/v1/details/{NUMBER}?")
    assert first.headers["authorization"] == second.headers["authorization"] == "Bearer T"
    assert first.headers["transid"] != second.headers["transid"]
    assert answer.token is not None
    assert answer.token.lives_seconds == 14399
    assert lines(answer.readings[NUMBER]) == SCANS
    assert not answer.readings["2"].found or answer.readings["2"].scans


def test_a_failing_number_leaves_the_others_alone() -> None:
    answers = iter(
        [
            Response(status=500, body=b"<html>"),
            Response(status=200, body=sample("ups_track_v1.response.json")),
            Response(status=404, body=sample("ups_error_invalid.json")),
        ]
    )
    account = Account(
        base_url="http://x", secrets={"client_id": "I", "client_secret": "S"}, token="T"
    )
    asked = [Asked(number=one) for one in ("1", NUMBER, "3")]
    answer = converse(ups.track(asked, account), lambda _: next(answers))

    assert [answer.readings[one.number].error for one in asked] == [
        "unavailable",
        None,
        "bad_number",
    ]
