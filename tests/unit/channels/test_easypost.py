"""EasyPost: a false Z, statuses that outrank their details, an event around the tracker."""

import json

import pytest

from amends.catalog.channels import easypost
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed
from tests.support.channel_samples import lines, sample, status, track
from tests.support.reference import reference

SCANS = [
    "2026-11-08T04:15:00Z explicit in_transit departed - departed_facility",
    "2026-11-11T19:31:00Z explicit returning - - return",
]
STATUS = "1Z9A83X40310472914 ups found returning - return active -"
NOT_FOUND = {"error": {"code": "NOT_FOUND", "message": "", "errors": []}}


def test_the_local_time_is_the_true_one() -> None:
    (reading,) = easypost.read(sample("easypost_webhook.body.json"))

    assert (status(reading), lines(reading)) == (STATUS, SCANS)
    assert reading.scans[0].at_raw == "2026-11-07T23:15:00-05:00"
    assert reading.scans[0].place.text == "Louisville, KY, US"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("test_tracker_all.resp0.json", 5),
        ("test_tracker_create.resp0.json", 1),
        ("test_tracker_retrieve.resp1.json", 1),
        ("test_tracker_retrieve_batch.resp1.json", 1),
    ],
)
def test_recorded_labels_are_information_only_and_their_z_is_not_believed(
    name: str, count: int
) -> None:
    body = (reference("tracking/payloads/easypost-python") / name).read_bytes()
    readings = easypost.read(body)

    assert len(readings) == count
    for reading in readings:
        assert (reading.milestone, reading.carrier) == ("info_received", "usps")
        assert [line.split()[1:] for line in lines(reading)] == [
            ["guessed", "info_received", "-", "-", "status_update"]
        ] * 2


def test_a_false_z_in_a_country_with_one_zone_is_that_zones() -> None:
    line = {
        "datetime": "2026-11-07T23:15:00Z",
        "status": "delivered",
        "status_detail": "arrived_at_destination",
        "tracking_location": {"city": "Paris", "country": "FR"},
    }
    body = json.dumps({"tracking_code": "1", "status": "delivered", "tracking_details": [line]})
    (reading,) = easypost.read(body.encode())

    assert lines(reading) == ["2026-11-07T22:15:00Z location delivered - - arrived_at_destination"]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("pre_transit", "status_update"), "info_received -"),
        (("in_transit", "arrived_at_facility"), "in_transit -"),
        (("in_transit", "delayed"), "exception delay"),
        (("delivered", "arrived_at_destination"), "delivered -"),
        (("failure", "refused"), "delivery_failed recipient_refused"),
        (("failure", "lost"), "lost -"),
        (("failure", "new_detail"), "delivery_failed other"),
        (("failure", "awaiting_information"), "delivery_failed other"),
        (("failure", "delayed"), "exception delay"),
        (("error", "unknown"), "unknown data_error"),
        (("cancelled", "cancelled"), "cancelled -"),
        (("unheard_of", "out_for_delivery"), "out_for_delivery -"),
    ],
)
def test_the_status_outranks_the_detail_but_where_it_is_coarse(
    pair: tuple[str, str], expected: str
) -> None:
    tracker = {"tracking_code": "1", "status": pair[0], "status_detail": pair[1]}
    (reading,) = easypost.read(json.dumps(tracker).encode())

    assert f"{reading.milestone} {reading.reason or '-'}" == expected


def test_a_missed_recipient_is_a_failed_delivery_though_its_detail_says_delayed() -> None:
    line = {
        "message": "Delivery exception (Customer not available or business closed)",
        "status": "failure",
        "status_detail": "delayed",
        "datetime_local": "2023-04-21T21:06:30-07:00",
    }
    (reading,) = easypost.read(
        json.dumps({"tracking_code": "1", "tracking_details": [line]}).encode()
    )

    assert reading.milestone == "delivery_failed"


def test_one_number_is_asked_for_and_none_listed_is_not_registered() -> None:
    response = Response(status=200, body=b'{"trackers":[],"has_more":false}')
    readings, (request,) = track(easypost, [Asked(number="1", carrier="dhl_express")], response)

    assert readings["1"].error == "not_registered"
    assert request.url == "http://channel.test/v2/trackers?tracking_code=1&carrier=DHLExpress"
    assert request.headers["authorization"].startswith("Basic ")


def test_a_404_is_of_that_number_alone() -> None:
    response = Response(status=404, body=json.dumps(NOT_FOUND).encode())
    readings, _ = track(easypost, [Asked(number="1")], response)

    assert readings["1"].error == "not_registered"


def test_creating_twice_returns_the_tracker_and_is_ok() -> None:
    tracker = json.dumps({"tracking_code": "1", "status": "unknown", "carrier": "USPS"}).encode()
    refused = json.dumps({"error": {"code": "TRACKER.CREATE.ERROR"}}).encode()
    answers = iter([Response(status=201, body=tracker), Response(status=422, body=refused)])
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return next(answers)

    account = Account(base_url="http://channel.test", secrets={"api_key": "K"})
    asked = [Asked(number="1", carrier="usps"), Asked(number="2")]

    assert converse(easypost.register(asked, account), send) == {"1": "ok", "2": "bad_number"}
    assert json.loads(sent[0].body) == {"tracker": {"tracking_code": "1", "carrier": "USPS"}}


def test_the_signature_vector_is_accepted_and_a_changed_body_is_not() -> None:
    vector = json.loads(sample("signatures.json"))[9]
    body, secrets = sample(vector["file"]), {"webhook_secret": vector["key"]}
    headers = {"x-hmac-signature": vector["expected"]}
    push = easypost.receive(body, headers, secrets)

    assert push.event_id == "evt_4f2d9a0cbb1a11f0a1b2c3d4e5f60718"
    assert status(push.readings[0]) == STATUS
    with pytest.raises(BadSignature):
        easypost.receive(body + b"\n", headers, secrets)


def test_trackers_in_a_bare_list_are_read_too() -> None:
    rows = [{"object": "Tracker", "tracking_code": "1", "status": "delivered"}, {"object": "Event"}]

    assert [one.milestone for one in easypost.read(json.dumps(rows).encode())] == ["delivered"]


def test_an_event_about_something_else_has_no_reading() -> None:
    body = b'{"object":"Event","description":"batch.updated","result":{"object":"Batch"}}'

    assert easypost.read(body) == ()
    with pytest.raises(Malformed):
        easypost.read(b"<html>")
