"""17TRACK: forty numbers a request, partial success, two carriers in one answer."""

import json
from hashlib import sha256

import pytest

from amends.catalog.channels import seventeentrack
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, PushKind
from tests.support.channel_samples import lines, sample, status, track
from tests.support.reference import reference

KEY = "17K-EXAMPLE-NOT-A-SECRET"
ACCOUNT = Account(base_url="http://channel.test", secrets={"token": KEY})
SCANS = [
    "2026-10-24T09:05:00Z explicit accepted accepted - InTransit_PickedUp",
    "2026-10-26T14:31:00Z explicit in_transit departed - InTransit_Departure",
    "2026-10-30T10:10:00Z explicit in_transit arrived - InTransit_Arrival",
    (
        "2026-11-01T19:40:00Z explicit customs held customs_documents"
        " InTransit_CustomsRequiringInformation"
    ),
]
STATUS = "LZ730192847CN china_post found customs customs_documents forward active -"


def payload(name: str) -> bytes:
    return (reference("tracking/payloads/aio17track") / name).read_bytes()


def test_one_bad_number_never_spoils_the_answer() -> None:
    good, bad = seventeentrack.read(sample("17track_gettrackinfo.response.json"))

    assert status(good) == STATUS
    assert lines(good) == SCANS
    assert good.fresh_at is not None
    assert good.scans[0].at_raw == "2026-10-24T17:05:00+08:00"
    assert good.scans[0].place.country == "CN"
    assert status(bad) == "LZ000000000CN china_post unfound unknown - forward active not_registered"


def test_a_push_carries_the_same_scans() -> None:
    (reading,) = seventeentrack.read(sample("17track_webhook_updated.body.json"))

    assert (status(reading), lines(reading)) == (STATUS, SCANS)


def test_a_stop_says_nothing_of_the_parcel() -> None:
    (reading,) = seventeentrack.read(sample("17track_webhook_stopped.body.json"))

    assert status(reading) == "LZ730192847CN china_post unfound no_change - forward stopped -"


def test_a_time_without_offset_takes_that_of_the_same_place() -> None:
    (reading,) = seventeentrack.read(payload("gettrackinfo_correios_2151.json"))

    assert lines(reading)[-1] == "2026-06-30T17:23:00Z location delivered - - Delivered_Other"
    assert reading.scans[-1].at_raw == "2026-06-30 14:23:00"


def test_a_code_that_nobody_knows_is_unknown_and_counted() -> None:
    reading, rejected = seventeentrack.read(payload("gettrackinfo_yanwen_190012.json"))

    assert reading.unmapped == ("InTransit_QuantumTunnelling",)
    assert status(reading) == "YT2616912345678901 yanwen found in_transit - forward active -"
    assert lines(reading)[1].split()[2] == "unknown"
    assert rejected.error == "not_registered"


def test_returning_turns_the_direction() -> None:
    (reading,) = seventeentrack.read(payload("gettrackinfo_exception_returning.json"))

    assert status(reading) == "AA555666777BR correios found returning - return active -"


def test_a_list_tells_the_latest_event_and_who_is_no_longer_watched() -> None:
    delivered, expired = seventeentrack.read(payload("gettracklist_page.json"))

    assert status(delivered) == "AA123456789BR correios found delivered - forward active -"
    assert lines(delivered) == ["2026-06-30T17:23:00Z explicit delivered - - Delivered"]
    assert expired.channel_state == "expired"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-18019909, None),
        (-18019902, "not_registered"),
        (-18010012, "bad_number"),
        (-18019908, "quota"),
        (-18019903, "needs_details"),
        (-18010003, "unavailable"),
        (-1, "unavailable"),
    ],
)
def test_every_rejection_has_a_name(code: int, error: str | None) -> None:
    rejected = [{"number": "1Z", "carrier": 100002, "error": {"code": code, "message": ""}}]
    body = json.dumps({"code": 0, "data": {"accepted": [], "rejected": rejected}}).encode()
    (reading,) = seventeentrack.read(body)

    assert (reading.number, reading.carrier, reading.error) == ("1Z", "ups", error)
    assert (reading.channel_state == "pending") == (error is None)


@pytest.mark.parametrize(
    ("name", "error"),
    [("17track_error_429.json", "rate_limited"), ("17track_error_auth.json", "unauthorised")],
)
def test_an_error_of_the_whole_answer_is_every_numbers(name: str, error: str) -> None:
    asked = [Asked(number="A"), Asked(number="B")]
    response = Response(status=200, body=sample(name), headers={"retry-after": "3"})
    readings, _ = track(seventeentrack, asked, response)

    assert {number: one.error for number, one in readings.items()} == {"A": error, "B": error}
    assert readings["A"].retry_after_seconds == 3


def test_the_carrier_asked_for_is_chosen_where_a_number_has_two() -> None:
    rows = [
        {"number": "X1", "carrier": key, "track_info": {"latest_status": {"status": status}}}
        for key, status in ((3011, "InTransit"), (21051, "Delivered"))
    ]
    body = json.dumps({"code": 0, "data": {"accepted": rows, "rejected": []}}).encode()
    asked = [Asked(number="x 1", carrier="usps")]
    readings, (request,) = track(seventeentrack, asked, Response(status=200, body=body))

    assert readings["x 1"].milestone == "delivered"
    assert request.url == "http://channel.test/track/v2.4/gettrackinfo"
    assert json.loads(request.body) == [{"number": "x 1", "carrier": 21051}]
    assert request.headers["17token"] == "SECRET-token"


def test_registered_already_is_as_good_as_registered() -> None:
    body = sample("17track_register.response.json").replace(b"-18010012", b"-18019901")
    asked = [Asked(number="LZ730192847CN", carrier="china_post"), Asked(number="12")]
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=200, body=body)

    assert converse(seventeentrack.register(asked, ACCOUNT), send) == {
        "LZ730192847CN": "ok",
        "12": "ok",
    }
    assert json.loads(sent[0].body)[0] == {"number": "LZ730192847CN", "carrier": 3011}


@pytest.mark.parametrize("index", [0, 1])
def test_signature_vectors_are_accepted_and_a_changed_byte_is_not(index: int) -> None:
    vector = json.loads(sample("signatures.json"))[index]
    body = sample(vector["file"])
    headers = {"sign": vector["expected"]}
    push = seventeentrack.receive(body, headers, {"token": vector["key"]})

    assert push.kind is PushKind.READINGS
    assert push.readings[0].number == "LZ730192847CN"
    with pytest.raises(BadSignature):
        seventeentrack.receive(body + b" ", headers, {"token": vector["key"]})


def test_a_signature_covers_the_raw_bytes() -> None:
    body = b'{ "event":"TRACKING_UPDATED", "data":{"number":"\\u0041"} }'
    sign = sha256(body + b"/" + KEY.encode()).hexdigest()

    assert seventeentrack.receive(body, {"sign": sign}, {"token": KEY}).readings[0].number == "A"
