"""USPS: arrays of pieces and errors, and shapes of three ages."""

import json

import pytest

from amends.catalog.channels import usps
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked
from tests.support.channel_samples import lines, sample, status, track
from tests.unit.channels.usps_bodies import NUMBER, OTHER, SCANS


def test_the_sample_reads() -> None:
    (reading,) = usps.read(sample("usps_v3_detail.response.json"))

    assert status(reading) == f"{NUMBER} usps found exception missort forward active -"
    assert lines(reading) == SCANS
    assert reading.scans[0].at_raw == "2026-11-09T10:20:00"
    assert reading.scans[0].place.postal_code == "75260"


def test_an_array_has_pieces_and_errors_side_by_side() -> None:
    missing = json.loads(sample("usps_v3_error_404.json"))
    both = [
        json.loads(sample("usps_v3_detail.response.json")),
        {"trackingNumber": OTHER, **missing},
    ]

    assert [status(one) for one in usps.read(json.dumps(both).encode())] == [
        f"{NUMBER} usps found exception missort forward active -",
        f"{OTHER} usps unfound not_found - forward active -",
    ]


def test_an_array_without_numbers_is_in_the_order_of_the_question() -> None:
    missing = {
        "statusCode": "404",
        "error": {"code": "404", "message": "The number was not found."},
    }
    refused = {"error": {"code": "400", "message": "Invalid tracking number."}}
    body = [missing, json.loads(sample("usps_v3_detail.response.json")), refused]
    asked = [Asked(number=one) for one in (OTHER, NUMBER, "3")]
    readings, _ = track(usps, asked, Response(status=207, body=json.dumps(body).encode()))

    assert [(one.milestone, one.error) for one in readings.values()] == [
        ("not_found", None),
        ("exception", None),
        ("unknown", "bad_number"),
    ]


def test_a_whole_batch_refused_accuses_no_number() -> None:
    body = b'{"error":{"code":"400","message":"Bad request"}}'
    asked = [Asked(number="1"), Asked(number="2")]
    readings, _ = track(usps, asked, Response(status=400, body=body))
    assert [one.error for one in readings.values()] == ["malformed", "malformed"]

    readings, _ = track(usps, asked[:1], Response(status=400, body=body))
    assert [one.error for one in readings.values()] == ["bad_number"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"error": {"code": "401", "message": "Invalid access token."}}, "unauthorised"),
        ({"error": {"code": "403", "message": "x"}}, "unauthorised"),
        ({"error": {"code": "400", "message": "x"}}, "bad_number"),
        ({"error": {"code": "503", "message": "x"}}, "unavailable"),
        ({"error": {"code": "string", "message": "string"}}, "unavailable"),
        ({"error": {"message": "x", "errors": [{"status": "429"}]}}, "rate_limited"),
        ({"error": "invalid_client", "error_description": "x"}, "unauthorised"),
        ({"error": "server_error"}, "unavailable"),
    ],
)
def test_errors_have_names(body: object, error: str) -> None:
    (reading,) = usps.read(json.dumps(body).encode())

    assert (reading.found, reading.error) == (False, error)


def test_a_404_is_no_scans_yet_and_names_the_number() -> None:
    (reading,) = usps.read(sample("usps_v3_error_404.json"))

    assert status(reading) == f"{NUMBER} usps unfound not_found - forward active -"


def test_quota_is_no_word_about_any_parcel() -> None:
    (reading,) = usps.read(sample("usps_v3_error_429.json"))

    assert status(reading) == " usps unfound unknown - forward active rate_limited"


def test_a_summary_alone_has_its_category() -> None:
    body = {"trackingNumber": NUMBER, "status": "Delivered", "statusCategory": "Delivered"}
    (reading,) = usps.read(json.dumps(body).encode())

    assert (reading.found, reading.milestone, reading.scans) == (True, "delivered", ())


def test_the_shape_with_a_summary_beside_the_details_reads_too() -> None:
    summary = {
        "eventTime": "1:58 pm",
        "eventDate": "November 10, 2026",
        "event": "Delivered, Front Door/Porch",
        "eventCity": "DAYTON",
        "eventState": "OH",
        "eventCode": "01",
    }
    earlier = summary | {"eventTime": "9:10 am", "event": "Out for Delivery", "eventCode": "OF"}
    body = {"trackingNumber": NUMBER, "trackSummary": summary, "trackDetail": [earlier]}
    expected = [
        "2026-11-10T14:10:00Z location out_for_delivery - - OF",
        "2026-11-10T18:58:00Z location delivered - safe_place 01",
    ]

    assert lines(usps.read(json.dumps(body).encode())[0]) == expected
    body["trackDetail"] = [summary, earlier]
    assert lines(usps.read(json.dumps(body).encode())[0]) == expected


def test_web_tools_in_capitals_read_too() -> None:
    body = {
        "TrackResponse": {
            "TrackInfo": [
                {
                    "ID": NUMBER,
                    "TrackSummary": {
                        "EventTime": "1:58 pm",
                        "EventDate": "November 10, 2026",
                        "Event": "Delivered",
                        "EventState": "OH",
                        "EventZIPCode": "45402",
                    },
                    "TrackDetail": {"EventDate": "November 9, 2026", "EventCode": "OF"},
                },
                {"ID": OTHER, "Error": {"Description": "A status update is not yet available"}},
            ]
        }
    }
    first, second = usps.read(json.dumps(body).encode())

    assert (first.number, first.milestone, len(first.scans)) == (NUMBER, "delivered", 2)
    assert lines(first)[1] == "2026-11-10T18:58:00Z location delivered - - -"
    assert first.scans[1].place.postal_code == "45402"
    assert status(second) == f"{OTHER} usps unfound not_found - forward active -"
