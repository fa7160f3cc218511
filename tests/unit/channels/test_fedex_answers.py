"""FedEx: results within results, recycled numbers, errors."""

import json
from datetime import date

import pytest

from amends.catalog.channels import fedex
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked
from tests.support.channel_samples import lines, sample, status, track
from tests.unit.channels.fedex_bodies import NUMBER, SCANS, answer, event, result, told


def test_the_sample_reads() -> None:
    (reading,) = fedex.read(sample("fedex_track_v1.response.json"))

    assert status(reading) == f"{NUMBER} fedex found customs customs_delay forward active -"
    assert lines(reading) == SCANS
    assert reading.unique_id == f"12029~{NUMBER}~FDEG"
    assert reading.scans[0].place.node == "MEMH"
    assert reading.estimated_delivery_at is not None


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
