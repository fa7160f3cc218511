"""Answers that tell of no parcel, and shapes that providers send beside the documented ones."""

import json

import pytest

from amends.catalog.channels import royal_mail, trackingmore, ups
from amends.commands.track import parse
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked
from tests.support.channel_samples import status, track


def told(channel: str, document: object) -> tuple[object, object, object]:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    readings = parse(channel, body, number="N1")["readings"]
    assert isinstance(readings, list)
    (reading,) = readings
    return reading["found"], reading["milestone"], reading.get("error")


@pytest.mark.parametrize(
    ("channel", "document"),
    [
        ("aftership", {"meta": {"code": 200}, "data": {"trackings": []}}),
        ("trackingmore", {"meta": {"code": 200}, "data": []}),
        ("seventeentrack", {"code": 0, "data": {"accepted": [], "rejected": []}}),
        ("easypost", {"trackers": [], "has_more": False}),
        ("dhl_unified", {"shipments": []}),
        ("upu", []),
    ],
)
def test_an_empty_list_is_a_number_without_scans(channel: str, document: object) -> None:
    assert told(channel, document) == (False, "not_found", None)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"fault": {"faultstring": "Rate limit quota violation."}}, "rate_limited"),
        ({"fault": {"faultstring": "Invalid Access Token"}}, "unauthorised"),
        ({"message": "Forbidden"}, "unauthorised"),
        (b"<html><h1>502 Bad Gateway</h1></html>", "unavailable"),
        (b"<html>504 Gateway Time-out</html>", "timeout"),
        ({}, "malformed"),
        (b"null", "malformed"),
        (b'{"trackResponse": {"ship', "malformed"),
    ],
)
@pytest.mark.parametrize("channel", ["usps", "fedex", "seventeentrack", "aftership"])
def test_a_gateways_words_are_its_error_and_nonsense_is_malformed(
    channel: str, document: object, error: str
) -> None:
    assert told(channel, document) == (False, "unknown", error)


def test_a_good_status_with_nonsense_inside_does_not_say_that_there_are_no_scans() -> None:
    readings, _ = track(ups, [Asked(number="1Z1", carrier="ups")], Response(status=200, body=b"{}"))

    assert readings["1Z1"].error == "malformed"


def test_a_current_status_of_ups_may_bear_its_number_as_its_code() -> None:
    current = {"description": "Delivered", "code": "011"}
    package = {"trackingNumber": "1Z1", "activity": [], "currentStatus": current}
    body = {"trackResponse": {"shipment": [{"package": [package]}]}}

    (reading,) = ups.read(json.dumps(body).encode())
    assert status(reading) == "1Z1 ups found delivered - forward active -"


def test_trackingmore_may_list_its_scans_beside_the_two_carriers() -> None:
    line = {
        "checkpoint_date": "2026-09-15T15:00:00+08:00",
        "checkpoint_delivery_status": "delivered",
        "checkpoint_delivery_substatus": "delivered001",
        "tracking_detail": "Delivered",
    }
    row = {
        "tracking_number": "N1",
        "courier_code": "dhl",
        "origin_info": {"courier_code": "dhl"},
        "track_info": [line],
    }

    (reading,) = trackingmore.read(json.dumps({"meta": {"code": 200}, "data": row}).encode())
    assert [str(scan.milestone) for scan in reading.scans] == ["delivered"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            {"mailPieces": {"mailPieceId": "N1", "signature": {"recipientName": "A"}}},
            (True, "delivered", None),
        ),
        (
            {"mailPieceId": "N1", "httpCode": "404", "errors": [{"errorCode": "E1308"}]},
            (False, "not_found", None),
        ),
        ({"errors": [{"errorCode": "E0016"}]}, (False, "unknown", "unauthorised")),
    ],
)
def test_royal_mail_says_so_in_three_more_ways(
    document: object, expected: tuple[object, object, object]
) -> None:
    assert told("royal_mail", document) == expected
    assert royal_mail.read(json.dumps(document).encode())


def test_half_a_surrogate_pair_can_be_written_again_and_a_whole_one_stays() -> None:
    body = rb'{"tracking_code": "N\ud800", "carrier": "USPS", "signed_by": "\ud83d\ude00"}'

    told = parse("easypost", body)

    assert json.dumps(told, ensure_ascii=False).encode()
    readings = told["readings"]
    assert isinstance(readings, list)
    assert readings[0]["number"] == "N\ufffd"
