"""USPS: local times with offsets, arrays of pieces and errors, shapes of three ages."""

import hmac
import json
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.catalog.channels import usps
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, sample, status, track

NUMBER = "9400159901744839206151"
OTHER = "9400100000000000000000"
SCANS = [
    "2026-11-09T15:20:00Z paired accepted accepted - 03",
    "2026-11-11T03:02:00Z paired in_transit arrived - A1",
    "2026-11-11T14:12:00Z paired exception - missort 08",
]


def event(code: str = "A1", words: str = "", **more: object) -> dict[str, object]:
    when = {"eventTimestamp": "2026-11-10T10:15:00", "GMTOffset": "-05:00"}
    return {"eventType": words, "eventCode": code, **when, **more}


def piece(*events: object, number: str = NUMBER, **more: object) -> dict[str, object]:
    return {"trackingNumber": number, "trackingEvents": list(events), **more}


def told(*events: object, **more: object) -> Reading:
    (reading,) = usps.read(json.dumps({**piece(*events), **more}).encode())
    return reading


def test_the_sample_reads() -> None:
    (reading,) = usps.read(sample("usps_v3_detail.response.json"))

    assert status(reading) == f"{NUMBER} usps found exception missort forward active -"
    assert lines(reading) == SCANS
    assert reading.scans[0].at_raw == "2026-11-09T10:20:00"
    assert reading.scans[0].place.postal_code == "75260"


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("GX", "Shipping Label Created, USPS Awaiting Item", "info_received - -"),
        ("03", "USPS in possession of item", "accepted accepted -"),
        ("3", "USPS picked up item", "accepted accepted -"),
        ("10", "Arrived at USPS Regional Origin Facility", "in_transit processed -"),
        ("T1", "Departed USPS Regional Facility", "in_transit departed -"),
        ("07", "Arrived at Post Office", "in_transit delivery_depot -"),
        ("TL", "In Transit to Next Facility", "no_change - -"),
        ("DX", "Tracking status not updated", "no_change - -"),
        ("OF", "Out for Delivery", "out_for_delivery - -"),
        ("of", "Out for Delivery", "out_for_delivery - -"),
        ("01", "Delivered, Parcel Locker", "delivered - locker"),
        ("01", "Delivered, To Original Sender", "returned - -"),
        ("17", "Delivered, Individual Picked Up", "delivered - collected_by_recipient"),
        ("02", "Notice Left", "delivery_failed - recipient_absent"),
        ("05", "Undeliverable as Addressed", "exception - address_invalid"),
        ("05", "Insufficient Address, Return to Sender", "returning - address_invalid"),
        ("08", "Missent", "exception - missort"),
        ("09", "Return to Sender", "returning - -"),
        ("28", "Deceased", "returning - recipient_deceased"),
        ("Z9", "Delivered", "unknown - -"),
        ("", "Delivered, Front Desk", "delivered - -"),
        ("", "In Transit to Next Facility", "no_change - -"),
        ("", "Held at Post Office, At Customer Request", "exception held recipient_request"),
        ("", "Something else", "unknown - -"),
    ],
)
def test_every_code_means_what_the_table_says(code: str, words: str, expected: str) -> None:
    (scan,) = told(event(code, words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


def test_generated_text_moves_nothing() -> None:
    reading = told(
        event("TL", eventTimestamp="2026-11-12T01:11:00"),
        event("TL", eventTimestamp="2026-11-11T18:07:00"),
        event("02", eventTimestamp="2026-11-10T18:07:00"),
    )

    assert (reading.milestone, len(reading.scans)) == ("delivery_failed", 3)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, "15:15:00Z paired"),
        ({"GMTTimestamp": "2026-11-09T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": "-0500"}, "15:15:00Z paired"),
        ({"GMTOffset": None, "GMTTimestamp": "2026-11-10T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": "", "GMTTimestamp": "2026-11-11T15:15:31Z"}, "15:15:00Z paired"),
        ({"GMTOffset": None, "eventState": "OH"}, "15:15:00Z location"),
        ({"GMTOffset": None, "eventState": "TX"}, "16:15:00Z guessed"),
        ({"GMTOffset": None}, "10:15:00Z guessed"),
        ({"GMTOffset": None, "eventCountry": "JAPAN"}, "10:15:00Z guessed"),
        ({"GMTOffset": None, "eventCountry": "JP"}, "01:15:00Z location"),
        ({"eventTimestamp": "2026-11-10T10:15:00Z"}, "15:15:00Z paired"),
        (
            {"eventTimestamp": "2026-11-10T15:15:00Z", "GMTTimestamp": "2026-11-10T15:15:00Z"},
            "15:15:00Z explicit",
        ),
        ({"eventTimestamp": "2026-11-10T10:15:00-05:00", "GMTOffset": ""}, "15:15:00Z explicit"),
        ({"eventTimestamp": "2026-11-10T15:15:00Z", "GMTOffset": None}, "15:15:00Z explicit"),
        ({"eventTimestamp": None, "GMTTimestamp": "2026-11-10T15:15:00Z"}, "15:15:00Z explicit"),
        ({"eventTimestamp": "2026-11-10 10:15:00.000000"}, "15:15:00Z paired"),
    ],
)
def test_a_moment_is_the_local_time_with_the_offset_beside_it(
    when: dict[str, object], expected: str
) -> None:
    assert lines(told(event() | when)) == [f"2026-11-10T{expected} in_transit arrived - A1"]


@given(
    local=st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2080, 1, 1)),  # noqa: DTZ001 - local times of a scan have no zone
    hours=st.integers(min_value=-11, max_value=12),
    day=st.sampled_from([-1, 0, 1]),
    has_offset=st.booleans(),
)
def test_the_day_of_the_gmt_field_never_counts(
    local: datetime, hours: int, day: int, *, has_offset: bool
) -> None:
    local = local.replace(microsecond=0)
    utc = local.replace(tzinfo=timezone(timedelta(hours=hours))).astimezone(UTC)
    claimed = (utc + timedelta(days=day, seconds=31)).strftime("%Y-%m-%dT%H:%M:%SZ")
    offset = f"{'-' if hours < 0 else '+'}{abs(hours):02}:00" if has_offset else None
    (scan,) = told(
        event(eventTimestamp=local.isoformat(), GMTTimestamp=claimed, GMTOffset=offset)
    ).scans

    assert (scan.at, scan.offset_source) == (utc, "paired")


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


def test_a_push_of_one_event_is_that_event() -> None:
    body = {"trackingNumber": NUMBER, **event("OF", "Out for Delivery")}
    (reading,) = usps.read(json.dumps(body).encode())

    assert lines(reading) == ["2026-11-10T15:15:00Z paired out_for_delivery - - OF"]


def test_a_push_with_a_valid_digest_only_wakes_us_up() -> None:
    body = sample("usps_v3_detail.response.json")
    digest = b64encode(hmac.digest(b"S", body, sha256)).decode()
    push = usps.receive(body, {"x-hmac": digest}, {"webhook_secret": "S"})

    assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, (NUMBER,), ())
    for changed, secret in ((body + b" ", "S"), (body, "T"), (body, "")):
        with pytest.raises(BadSignature):
            usps.receive(changed, {"x-hmac": digest}, {"webhook_secret": secret})
    empty = b64encode(hmac.digest(b"S", b"{}", sha256)).decode()
    with pytest.raises(Malformed):
        usps.receive(b"{}", {"x-hmac": empty}, {"webhook_secret": "S"})


def test_thirty_five_are_asked_at_once_and_a_stale_token_is_replaced() -> None:
    sent: list[Request] = []
    answers = iter(
        [
            Response(status=401),
            Response(status=200, body=b'{"access_token":"T","expires_in":28799}'),
            Response(status=200, body=b"[" + sample("usps_v3_detail.response.json") + b"]"),
        ]
    )

    def send(request: Request) -> Response:
        sent.append(request)
        return next(answers)

    asked = [
        Asked(number=NUMBER),
        Asked(number=OTHER, shipped_on=date(2026, 11, 1), destination_postal_code="45402"),
    ]
    secrets = {"client_id": "I", "client_secret": "S"}
    account = Account(base_url="http://x", secrets=secrets, token="OLD")
    answer = converse(usps.track(asked, account), send)

    first, grant, second = sent
    assert first.url == second.url == "http://x/tracking/v3r2/tracking"
    assert first.headers["authorization"] == "Bearer OLD"
    assert second.headers["authorization"] == "Bearer T"
    assert grant.url == "http://x/oauth2/v3/token"
    assert json.loads(grant.body)["grant_type"] == "client_credentials"
    assert json.loads(second.body) == [
        {"trackingNumber": NUMBER},
        {
            "trackingNumber": OTHER,
            "destinationZIPCode": "45402",
            "mailingDate": "2026-11-01",
        },
    ]
    assert answer.token is not None
    assert answer.token.value == "T"
    assert answer.readings[NUMBER].milestone == "exception"
    assert answer.readings[OTHER].milestone == "not_found"


def test_a_number_asked_with_its_zip_code_is_answered_without() -> None:
    asked = Asked(number=f"42045402{NUMBER}")
    response = Response(status=200, body=sample("usps_v3_detail.response.json"))
    readings, _ = track(usps, [asked], response)

    assert lines(readings[asked.number]) == SCANS
