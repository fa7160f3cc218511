"""DHL Unified: several shipments of one number, three kinds of times, words for failures."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.catalog.channels import dhl_unified
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

EXPRESS = [
    "2026-11-08T17:05:00Z explicit accepted accepted - transit",
    "2026-11-08T22:58:00Z explicit in_transit departed - transit",
    "2026-11-09T09:15:00Z explicit in_transit arrived - transit",
    "2026-11-09T16:42:00Z explicit customs presented - transit",
]
PARCEL_DE = [
    "2026-11-10T10:02:00Z carrier info_received - - pre-transit",
    "2026-11-10T18:40:00Z carrier in_transit processed - transit",
    "2026-11-11T06:12:00Z carrier delivery_failed - recipient_absent failure",
]


def event(
    code: str, words: str = "", *, at: str = "2026-11-10T10:00:00Z", **more: object
) -> dict[str, object]:
    return {"timestamp": at, "statusCode": code, "description": words, **more}


def shipment(*events: dict[str, object], **more: object) -> dict[str, object]:
    newest = events[0] if events else {}
    return {"id": "7", "service": "express", "status": newest, "events": list(events), **more}


def told(*events: dict[str, object], **more: object) -> Reading:
    (reading,) = dhl_unified.read(json.dumps({"shipments": [shipment(*events, **more)]}).encode())
    return reading


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


def test_a_delivery_after_the_turn_is_the_senders() -> None:
    reading = told(
        event("delivered", "Delivered", at="2026-11-14T10:00:00Z"),
        event("transit", "Arrived at X", at="2026-11-13T10:00:00Z"),
        event("failure", "Is being returned to the sender", at="2026-11-12T10:00:00Z"),
    )

    assert status(reading) == "7 dhl_express found returned - return active -"
    assert [scan.milestone for scan in reading.scans] == ["returning", "in_transit", "returned"]


def test_a_flag_says_that_the_shipment_is_a_return() -> None:
    reading = told(event("transit", "x"), returnFlag=True)

    assert reading.direction == "return"


def test_one_number_may_be_a_shipment_of_several_divisions() -> None:
    both = [
        shipment(event("delivered", at="2025-01-01T10:00:00Z"), service="express"),
        shipment(event("transit", at="2026-11-10T10:00:00"), service="parcel-de"),
    ]
    body = json.dumps({"shipments": both}).encode()

    assert [status(one) for one in dhl_unified.read(body)] == [
        "7 dhl_express found delivered - forward active -",
        "7 dhl_parcel_de found in_transit - forward active -",
    ]
    response = Response(status=200, body=body)
    for carrier, milestone in (("dhl_express", "delivered"), ("dhl_parcel_de", "in_transit")):
        readings, _ = track(dhl_unified, [Asked(number="7", carrier=carrier)], response)
        assert readings["7"].milestone == milestone


def test_a_shipment_without_events_has_its_status() -> None:
    body = {"shipments": [{"id": 7777777770, "service": "express", "status": event("transit")}]}
    (reading,) = dhl_unified.read(json.dumps(body).encode())

    assert (reading.number, reading.milestone, len(reading.scans)) == (
        "7777777770",
        "in_transit",
        1,
    )


@pytest.mark.parametrize("wrap", ["shipments", "shipment", "data", "payload", "nested", "plain"])
def test_a_push_reads_however_it_is_wrapped(wrap: str) -> None:
    one = shipment(event("transit", "Arrived at X"))
    body: object = {
        "shipments": {"shipments": [one]},
        "shipment": {"subscriptionId": "s", "shipment": one},
        "data": {"data": one},
        "payload": {"payload": [one]},
        "nested": {"data": {"shipments": [one]}},
        "plain": one,
    }[wrap]

    assert [one.milestone for one in dhl_unified.read(json.dumps(body).encode())] == ["in_transit"]


def test_an_empty_list_is_no_scans_for_who_asked() -> None:
    assert dhl_unified.read(b'{"shipments":[]}') == ()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"title": "Bad request", "status": 400}, "bad_number"),
        ({"title": "Unauthorized", "status": 401}, "unauthorised"),
        ({"title": "Unauthorized", "status": "401"}, "unauthorised"),
        ({"title": "Too Many Requests", "status": 429}, "rate_limited"),
        ({"title": "Internal Server Error", "status": 500}, "unavailable"),
        ({"message": "Unauthorized"}, "unauthorised"),
        ({"error": "Too many requests"}, "rate_limited"),
        ({"message": "Out of order"}, "unavailable"),
    ],
)
def test_problems_have_names(body: object, error: str) -> None:
    (reading,) = dhl_unified.read(json.dumps(body).encode(), number="7")

    assert (reading.number, reading.found, reading.error) == ("7", False, error)


def test_a_404_is_no_scans_yet_and_names_the_number() -> None:
    (reading,) = dhl_unified.read(sample("dhl_unified_404.json"))

    assert status(reading) == "4827319501 - unfound not_found - forward active -"


def test_what_is_asked_narrows_the_division() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=404, body=sample("dhl_unified_404.json"))

    asked = [Asked(number="4827319501", carrier="dhl_express"), Asked(number="9", carrier="dhl")]
    account = Account(base_url="http://x", secrets={"api_key": "K"})
    answer = converse(dhl_unified.track(asked, account), send)

    assert sent[0].url == (
        "http://x/track/shipments?trackingNumber=4827319501&service=express&language=en"
    )
    assert sent[1].url == "http://x/track/shipments?trackingNumber=9&language=en"
    assert {one.headers["dhl-api-key"] for one in sent} == {"K"}
    assert [one.milestone for one in answer.readings.values()] == ["not_found", "not_found"]


def proofs(body: bytes) -> list[dict[str, str]]:
    digest = hmac.digest(b"S", body, sha256)
    return [
        {"dhl-push-secret": "S"},
        {"authorization": "Bearer S"},
        {"x-dhl-signature": digest.hex()},
        {"x-dhl-signature": f"sha256={digest.hex()}"},
        {"dhl-signature": b64encode(digest).decode()},
    ]


def test_whoever_knows_the_secret_wakes_us_up() -> None:
    body = sample("dhl_unified_shipments.json")
    for headers in proofs(body):
        push = dhl_unified.receive(body, headers, {"push_secret": "S"})
        assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, ("4827319501",), ())


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer"}, {"dhl-push-secret": "T"}])
def test_without_the_secret_a_push_is_refused(headers: dict[str, str]) -> None:
    body = sample("dhl_unified_shipments.json")
    for secrets in ({"push_secret": "S"}, {"push_secret": ""}):
        with pytest.raises(BadSignature):
            dhl_unified.receive(body, headers, secrets)


def test_a_push_about_nothing_is_malformed() -> None:
    with pytest.raises(Malformed):
        dhl_unified.receive(b"{}", {"dhl-push-secret": "S"}, {"push_secret": "S"})


CODES = st.sampled_from(["pre-transit", "transit", "delivered", "failure", "unknown", "x", ""])
EVENTS = st.lists(
    st.builds(
        event,
        CODES,
        st.text(max_size=30),
        at=st.datetimes().map(lambda at: at.isoformat() + "+02:00"),
    ),
    min_size=1,
    max_size=8,
)


@given(events=EVENTS, data=st.data())
def test_the_order_of_the_events_says_nothing(
    events: list[dict[str, object]], data: st.DataObject
) -> None:
    events = [{**one, "timestamp": f"2026-11-{n + 1:02}T10:00:00Z"} for n, one in enumerate(events)]
    shuffled = data.draw(st.permutations(events))

    assert len(told(*events).scans) == len(events)
    assert told(*events, status={}) == told(*shuffled, status={})


def test_a_piece_is_answered_for_by_its_shipment() -> None:
    response = Response(status=200, body=sample("dhl_unified_shipments.json"))
    readings, _ = track(dhl_unified, [Asked(number="JD014600012345678901")], response)

    assert lines(readings["JD014600012345678901"]) == EXPRESS
