"""DHL Unified: several shipments of one number, returns, errors."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.catalog.channels import dhl_unified
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked
from tests.support.channel_samples import lines, sample, status, track
from tests.unit.channels.dhl_unified_bodies import EXPRESS, event, shipment, told


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
