"""TrackingMore: naive local times, ambiguous codes, a push that proves nothing."""

import json

import pytest

from amends.catalog.channels import trackingmore
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, PushKind
from tests.support.channel_samples import lines, sample, status, track

SCANS = [
    "2026-11-01T17:44:00Z location in_transit - - transit001",
    "2026-11-02T20:15:00Z location in_transit departed - transit006",
    "2026-11-05T10:20:00Z location delivery_failed - address_invalid undelivered001",
    "2026-11-09T01:10:00Z location returned - - exception010",
]
STATUS = "RS095814731NL postnl found returned - return active -"


@pytest.mark.parametrize(
    "name", ["trackingmore_get.response.json", "trackingmore_webhook_v4.body.json"]
)
def test_both_carriers_scans_come_in_the_order_of_their_utc_times(name: str) -> None:
    (reading,) = trackingmore.read(sample(name))

    assert (status(reading), lines(reading)) == (STATUS, SCANS)
    assert [scan.carrier for scan in reading.scans] == ["postnl"] * 2 + ["poczta_polska"] * 2
    assert reading.scans[0].at_raw == "2026-11-01T18:44:00"


def told(**fields: object) -> str:
    data = [{"tracking_number": "1", "courier_code": "usps", **fields}]
    (reading,) = trackingmore.read(json.dumps({"meta": {"code": 200}, "data": data}).encode())
    return status(reading)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"delivery_status": "pending"}, "1 usps unfound unknown - forward pending -"),
        ({"delivery_status": "notfound"}, "1 usps unfound not_found - forward active -"),
        (
            {"delivery_status": "expired"},
            "1 usps unfound not_found channel_expired forward expired -",
        ),
        (
            {"delivery_status": "exception", "substatus": "exception007", "latest_event": "Lost"},
            "1 usps found lost - forward active -",
        ),
        (
            {"delivery_status": "exception", "substatus": "exception007", "latest_event": "?"},
            "1 usps found exception lost_or_damaged forward active -",
        ),
        (
            {"delivery_status": "pickup", "latest_event": "Ready for collection"},
            "1 usps found available_for_pickup - forward active -",
        ),
        ({"delivery_status": "pickup"}, "1 usps found out_for_delivery - forward active -"),
        (
            {"delivery_status": "transit", "archived": True},
            "1 usps found in_transit - forward stopped -",
        ),
    ],
)
def test_a_status_alone_reads_too(fields: dict[str, object], expected: str) -> None:
    assert told(**fields) == expected


def test_the_second_version_spells_its_fields_otherwise() -> None:
    line = {
        "Date": "2019-03-01 10:00",
        "StatusDescription": "Delivered",
        "Details": "WARSAW",
        "checkpoint_status": "delivered",
    }
    item = {
        "tracking_number": "1",
        "carrier_code": "china-ems",
        "status": "delivered",
        "origin_info": {"trackinfo": [line]},
        "destination_info": None,
    }
    body = json.dumps({"meta": {"code": 200}, "data": {"items": [item]}}).encode()
    (reading,) = trackingmore.read(body)

    assert status(reading) == "1 china_ems found delivered - forward active -"
    assert lines(reading) == ["2019-03-01T10:00:00Z guessed delivered - - delivered"]
    assert reading.scans[0].place.text == "WARSAW"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("trackingmore_error_429.json", "rate_limited"),
        ("trackingmore_error_4101.json", "already_registered"),
    ],
)
def test_errors_have_names(name: str, error: str) -> None:
    (reading,) = trackingmore.read(sample(name))

    assert reading.error == error


def test_after_a_429_the_provider_wants_two_minutes() -> None:
    readings, _ = track(trackingmore, [Asked(number="1")], Response(status=429))

    assert readings["1"].retry_after_seconds == 120


def test_forty_are_asked_for_at_once() -> None:
    response = Response(status=200, body=sample("trackingmore_get.response.json"))
    asked = [Asked(number="RS095814731NL"), Asked(number="2")]
    readings, (request,) = track(trackingmore, asked, response)

    assert status(readings["RS095814731NL"]) == STATUS
    assert readings["2"].error == "not_registered"
    assert "tracking_numbers=RS095814731NL%2C2" in request.url


def test_a_batch_is_registered_number_by_number() -> None:
    outcome = {
        "success": [{"tracking_number": "RS095814731NL", "courier_code": "postnl-parcels"}],
        "error": [
            {"tracking_number": "A", "errorCode": 4101},
            {"tracking_number": "000", "errorCode": 4110},
        ],
    }
    body = json.dumps({"meta": {"code": 200}, "data": outcome}).encode()
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=200, body=body)

    numbers = ("RS095814731NL", "A", "000", "lost")
    asked = [Asked(number=number, carrier="postnl") for number in numbers]
    account = Account(base_url="http://channel.test", secrets={"api_key": "K"})

    assert converse(trackingmore.register(asked, account), send) == {
        "RS095814731NL": "ok",
        "A": "ok",
        "000": "bad_number",
        "lost": "unavailable",
    }
    assert json.loads(sent[0].body)[0] == {
        "tracking_number": "RS095814731NL",
        "courier_code": "postnl-parcels",
    }


def test_the_published_vector_is_accepted_but_only_wakes_us_up() -> None:
    vector = json.loads(sample("signatures.json"))[3]
    secrets = {"webhook_secret": vector["key"].split()[0]}
    headers = {"timestamp": vector["timestamp"], "signature": vector["expected"]}
    push = trackingmore.receive(sample(vector["file"]), headers, secrets)

    assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, ("RS095814731NL",), ())
    with pytest.raises(BadSignature):
        trackingmore.receive(sample(vector["file"]), {**headers, "timestamp": "1"}, secrets)


def test_the_older_signature_stands_in_the_body() -> None:
    vector = json.loads(sample("signatures.json"))[4]
    info = {"timeStr": vector["timestamp"], "signature": vector["expected"]}
    data = {"tracking_number": "1", "status": "transit"}
    body = json.dumps({"meta": {"code": 200}, "data": data, "verifyInfo": info}).encode()
    secrets = {"webhook_secret": "x", "email": vector["key"]}

    assert trackingmore.receive(body, {}, secrets).numbers == ("1",)
    with pytest.raises(BadSignature):
        trackingmore.receive(body, {}, {"webhook_secret": "x"})
