"""FedEx: types before derived codes, results within results, recycled numbers, a signed push."""

import hmac
import json
from base64 import b64encode
from datetime import date
from hashlib import sha256

import pytest

from amends.catalog.channels import fedex
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, sample, status, track

NUMBER = "781209456319"
SCANS = [
    "2026-11-04T16:20:00Z explicit accepted accepted - PU",
    "2026-11-06T09:11:00Z explicit in_transit arrived - AR",
    "2026-11-06T14:41:00Z explicit customs held customs_delay CD",
]
OHIO = {"city": "TOLEDO", "stateOrProvinceCode": "OH", "countryCode": "US"}


def event(
    kind: str = "AR", words: str = "", *, at: str = "2026-11-06T10:00:00-06:00", **more: object
) -> dict[str, object]:
    return {"date": at, "eventType": kind, "eventDescription": words, **more}


def result(*events: object, unique: str = "", **more: object) -> dict[str, object]:
    info = {"trackingNumber": NUMBER, "trackingNumberUniqueId": unique}
    return {"trackingNumberInfo": info, "scanEvents": list(events), **more}


def answer(*results: object, number: str = NUMBER) -> bytes:
    complete = {"trackingNumber": number, "trackResults": list(results)}
    return json.dumps({"output": {"completeTrackResults": [complete]}}).encode()


def told(*events: object, **more: object) -> Reading:
    (reading,) = fedex.read(answer(result(*events) | more))
    return reading


def meant(scan_event: dict[str, object]) -> str:
    (scan,) = told(scan_event).scans
    return f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}"


def test_the_sample_reads() -> None:
    (reading,) = fedex.read(sample("fedex_track_v1.response.json"))

    assert status(reading) == f"{NUMBER} fedex found customs customs_delay forward active -"
    assert lines(reading) == SCANS
    assert reading.unique_id == f"12029~{NUMBER}~FDEG"
    assert reading.scans[0].place.node == "MEMH"
    assert reading.estimated_delivery_at is not None


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


def test_each_use_of_a_recycled_number_has_its_reading() -> None:
    old = result(event("DL", at="2024-04-26T09:26:00-05:00"), unique="old")
    new = result(event("AR", at="2026-11-06T09:26:00-05:00"), unique="new")
    body = answer(old, new)

    assert [(one.unique_id, one.milestone) for one in fedex.read(body)] == [
        ("old", "delivered"),
        ("new", "in_transit"),
    ]
    response = Response(status=200, body=body)
    for asked, unique in (
        (Asked(number=NUMBER), "new"),
        (Asked(number=NUMBER, unique_id="old"), "old"),
        (Asked(number=NUMBER, shipped_on=date(2024, 4, 20)), "old"),
        (Asked(number=NUMBER, shipped_on=date(2026, 11, 1)), "new"),
        (Asked(number=NUMBER, unique_id="gone"), "new"),
    ):
        readings, _ = track(fedex, [asked], response)
        assert readings[NUMBER].unique_id == unique


def test_one_bad_number_never_spoils_a_batch() -> None:
    rows = [
        json.loads(sample("fedex_track_v1.response.json"))["output"]["completeTrackResults"][0],
        {
            "trackingNumber": "1",
            "trackResults": [{"error": {"code": "TRACKING.TRACKINGNUMBER.INVALID"}}],
        },
        {
            "trackingNumber": "2",
            "trackResults": [{"error": {"code": "TRACKING.TRACKINGNUMBER.NOTFOUND"}}],
        },
        {"trackingNumber": "3", "trackResults": None},
    ]
    body = json.dumps({"output": {"completeTrackResults": rows}}).encode()
    asked = [Asked(number=one) for one in (NUMBER, "1", "2", "3", "4")]
    readings, _ = track(fedex, asked, Response(status=200, body=body))

    assert [(one.milestone, one.error) for one in readings.values()] == [
        ("customs", None),
        ("unknown", "bad_number"),
        ("not_found", None),
        ("not_found", None),
        ("not_found", None),
    ]


def test_an_error_beside_scans_is_no_error() -> None:
    reading = told(event("DL"), error={"code": "TRACKING.TRACKINGNUMBER.EMPTY"})

    assert (reading.milestone, reading.error) == ("delivered", None)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("NOT.AUTHORIZED.ERROR", "unauthorised"),
        ("FORBIDDEN.ERROR", "unauthorised"),
        ("LOGIN.REAUTHENTICATE.ERROR", "unauthorised"),
        ("BAD.REQUEST.ERROR", "malformed"),
        ("TOO.MANY.REQUESTS", "rate_limited"),
        ("INTERNAL.SERVER.ERROR", "unavailable"),
        ("SERVICE.UNAVAILABLE.ERROR", "unavailable"),
        ("TRACKING.TRACKINGNUMBER.EMPTY", "bad_number"),
        ("TRACKING.TRACKINGNUMBER.MAXEXCEEDED", "malformed"),
        ("SOMETHING.ELSE", "unavailable"),
    ],
)
def test_errors_have_names(code: str, error: str) -> None:
    body = {"transactionId": "1", "errors": [{"code": code, "message": "x"}]}

    assert [one.error for one in fedex.read(json.dumps(body).encode())] == [error]


def test_an_expired_token_is_no_word_about_any_parcel() -> None:
    (reading,) = fedex.read(sample("fedex_error_401.json"))

    assert status(reading) == " fedex unfound unknown - forward active unauthorised"


def test_not_found_within_200_is_no_scans_yet() -> None:
    (reading,) = fedex.read(sample("fedex_track_v1_not_found.json"))

    assert status(reading) == f"{NUMBER} fedex unfound not_found - forward active -"


def test_a_whole_batch_refused_accuses_no_number() -> None:
    body = b'{"errors":[{"code":"TRACKING.TRACKINGNUMBER.EMPTY"}]}'
    readings, _ = track(
        fedex, [Asked(number="1"), Asked(number="2")], Response(status=400, body=body)
    )

    assert [one.error for one in readings.values()] == ["malformed", "malformed"]


def test_the_signature_vector_is_accepted_and_a_changed_body_is_not() -> None:
    vector = json.loads(sample("signatures.json"))[5]
    body, secrets = sample("fedex_webhook.body.json"), {"security_token": vector["key"]}
    push = fedex.receive(body, {"fdx-signature": vector["expected"]}, secrets)

    assert push.kind is PushKind.READINGS
    assert [lines(one) for one in push.readings] == [SCANS[2:]]
    for changed, key in ((body.replace(b"CD", b"DL"), vector["key"]), (body, "T"), (body, "")):
        with pytest.raises(BadSignature):
            fedex.receive(changed, {"fdx-signature": vector["expected"]}, {"security_token": key})


def test_a_signed_push_about_nothing_is_malformed() -> None:
    empty = b64encode(hmac.digest(b"S", b"{}", sha256)).decode()
    with pytest.raises(Malformed):
        fedex.receive(b"{}", {"fdx-signature": empty}, {"security_token": "S"})


def test_thirty_are_asked_at_once() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        if "/oauth" in request.url:
            return Response(status=200, body=b'{"access_token":"T","expires_in":3599}')
        return Response(status=200, body=sample("fedex_track_v1.response.json"))

    secrets = {"client_id": "I", "client_secret": "S"}
    asked = [Asked(number=NUMBER, shipped_on=date(2026, 11, 4), unique_id="U"), Asked(number="2")]
    answer = converse(fedex.track(asked, Account(base_url="http://x", secrets=secrets)), send)

    grant, request = sent
    assert grant.body == b"grant_type=client_credentials&client_id=I&client_secret=S"
    assert request.url == "http://x/track/v1/trackingnumbers"
    assert request.headers["authorization"] == "Bearer T"
    assert json.loads(request.body) == {
        "includeDetailedScans": True,
        "trackingInfo": [
            {
                "shipDateBegin": "2026-11-01",
                "shipDateEnd": "2027-01-03",
                "trackingNumberInfo": {"trackingNumber": NUMBER, "trackingNumberUniqueId": "U"},
            },
            {"trackingNumberInfo": {"trackingNumber": "2"}},
        ],
    }
    assert answer.token is not None
    assert lines(answer.readings[NUMBER]) == SCANS
    assert answer.readings["2"].milestone == "not_found"
