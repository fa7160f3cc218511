"""Royal Mail: events of one piece, summaries of several, errors of its own; no push."""

import json

import pytest

from amends.catalog.channels import royal_mail
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, Malformed
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, sample, status, track

NUMBER = "FQ618402757GB"
SCANS = [
    "2026-11-08T16:20:00Z explicit info_received - - EVAIP",
    "2026-11-09T23:31:00Z explicit in_transit arrived - EVIMC",
    "2026-11-10T10:04:00Z explicit exception - missort EVNMI",
]


def event(code: str, at: str = "2026-11-10T10:04:00+00:00", name: str = "x") -> dict[str, str]:
    return {
        "eventCode": code,
        "eventName": name,
        "eventDateTime": at,
        "locationName": "Stafford DO",
    }


def summary(code: str = "EVKSP", **more: str) -> dict[str, str]:
    return {
        "oneDBarcode": NUMBER,
        "uniqueItemId": "0903675740000007B2C41",
        "lastEventCode": code,
        "lastEventDateTime": "2026-07-10T10:04:00+01:00",
        "lastEventLocationName": "Stafford DO",
        **more,
    }


def told(*events: dict[str, str], **more: object) -> Reading:
    piece = {"mailPieceId": NUMBER, "events": list(events), **more}
    (reading,) = royal_mail.read(json.dumps({"mailPieces": piece}).encode())
    return reading


def test_the_sample_reads() -> None:
    (reading,) = royal_mail.read(sample("royalmail_events.response.json"))

    assert status(reading) == f"{NUMBER} royal_mail found exception missort forward active -"
    assert lines(reading) == SCANS
    assert reading.scans[2].place.text == "Stafford DO"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EVAIE", "info_received - -"),
        ("EVPPA", "accepted accepted -"),
        ("evdav", "in_transit arrived -"),
        ("EVOCO", "in_transit processed -"),
        ("EVODO", "in_transit departed -"),
        ("EVNSR", "in_transit - rescheduled"),
        ("EVGPD", "out_for_delivery - -"),
        ("EVKNA", "delivery_failed - recipient_absent"),
        ("EVKLS", "available_for_pickup - -"),
        ("EVPLC", "delivered - collected_by_recipient"),
        ("EVKSF", "delivered - safe_place"),
        ("EVNRT", "exception - unclaimed"),
        ("EVZZZ", "unknown - -"),
    ],
)
def test_every_code_means_what_the_table_says(code: str, expected: str) -> None:
    (scan,) = told(event(code)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-07-10T10:04:00+01:00", "09:04:00Z explicit"),
        ("2026-07-10T10:04:00.000+0100", "09:04:00Z explicit"),
        ("2026-07-10T10:04:00Z", "10:04:00Z explicit"),
        ("2026-07-10T10:04:00", "09:04:00Z carrier"),
        ("2026-07-10 10:04", "09:04:00Z carrier"),
    ],
)
def test_a_time_without_an_offset_is_londons(at: str, expected: str) -> None:
    assert lines(told(event("EVDAV", at))) == [f"2026-07-10T{expected} in_transit arrived - EVDAV"]


def test_a_code_that_no_table_knows_leaves_the_word_to_the_category() -> None:
    reading = told(event("EVZZZ"), summary=summary("EVZZZ", statusCategory="DELIVERED"))

    assert (reading.milestone, reading.unmapped) == ("delivered", ("EVZZZ",))


def test_summaries_of_several_read_one_by_one() -> None:
    missing = {"errorCode": "E1142", "errorDescription": "Barcode isn't recognised"}
    body = {
        "mailPieces": [
            {"mailPieceId": NUMBER, "status": "200", "summary": summary()},
            {"mailPieceId": "AA000000000GB", "status": "404", "error": missing},
            {"mailPieceId": "BB000000000GB", "status": "500", "error": {"errorCode": "E0009"}},
        ]
    }
    readings = royal_mail.read(json.dumps(body).encode())

    assert [(one.number, one.milestone, one.error) for one in readings] == [
        (NUMBER, "delivered", None),
        ("AA000000000GB", "not_found", None),
        ("BB000000000GB", "unknown", "unavailable"),
    ]
    assert lines(readings[0]) == ["2026-07-10T09:04:00Z explicit delivered - signed EVKSP"]


def test_a_piece_may_be_asked_by_its_barcode_and_named_by_its_own_id() -> None:
    piece = {"mailPieceId": "0903675740000007B2C41", "summary": summary(), "events": []}
    body = json.dumps({"mailPieces": piece}).encode()
    readings, _ = track(royal_mail, [Asked(number=NUMBER)], Response(status=200, body=body))

    assert readings[NUMBER].milestone == "delivered"
    assert royal_mail.read(body)[0].number == "0903675740000007B2C41"


def test_the_window_of_the_estimated_day_has_its_own_offset() -> None:
    estimate = {"date": "2026-07-12", "endOfEstimatedWindow": "11:00:00+01:00"}
    for window, hour in ((estimate, 10), ({"date": "2026-07-12"}, 22)):
        expected = told(event("EVDAV"), estimatedDelivery=window).estimated_delivery_at
        assert expected is not None
        assert expected.hour == hour


@pytest.mark.parametrize(
    ("code", "error", "expected"),
    [
        ("400", "E1307", "bad_number"),
        ("400", "E0004", "unauthorised"),
        ("401", "E0001", "unauthorised"),
        ("403", "", "unauthorised"),
        ("429", "E0010", "rate_limited"),
        ("500", "E0009", "unavailable"),
        ("503", "", "unavailable"),
        ("405", "", "malformed"),
    ],
)
def test_errors_have_names(code: str, error: str, expected: str) -> None:
    body = {"httpCode": code, "httpMessage": "x", "errors": [{"errorCode": error}]}

    assert [one.error for one in royal_mail.read(json.dumps(body).encode())] == [expected]


@pytest.mark.parametrize(
    "body",
    [
        sample("royalmail_error_404.json"),
        b'{"httpCode":"404","httpMessage":"Not Found"}',
        b'{"mailPieces":{"mailPieceId":"FQ618402757GB"}}',
        b'{"mailPieces":{"mailPieceId":"FQ618402757GB","events":[]}}',
    ],
)
def test_nothing_known_is_no_scans_yet(body: bytes) -> None:
    (reading,) = royal_mail.read(body, number=NUMBER)

    assert status(reading) == f"{NUMBER} royal_mail unfound not_found - forward active -"


def test_each_piece_is_asked_about_with_the_terms_accepted() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=200, body=sample("royalmail_events.response.json"))

    secrets = {"client_id": "I", "client_secret": "S"}
    asked = [Asked(number=NUMBER), Asked(number="A/B")]
    answer = converse(royal_mail.track(asked, Account(base_url="http://x", secrets=secrets)), send)

    assert [one.url for one in sent] == [
        f"http://x/mailpieces/v2/{NUMBER}/events",
        "http://x/mailpieces/v2/A%2FB/events",
    ]
    assert sent[0].headers["x-accept-rmg-terms"] == "yes"
    assert lines(answer.readings[NUMBER]) == SCANS
    assert answer.readings["A/B"].milestone == "not_found"


def test_there_is_no_push() -> None:
    with pytest.raises(Malformed):
        royal_mail.receive(sample("royalmail_events.response.json"), {}, {})
