"""UPU Global Track: EMSEVT events, missent items, and `1` for nothing."""

import json

import pytest

from amends.catalog.channels import upu
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked, Malformed
from amends.domain.parcel.reading import Reading
from tests.support.channel_samples import lines, sample, status, track

NUMBER = "EA409173653CN"
SCANS = [
    "2026-10-30T22:40:00Z explicit accepted accepted - EMA",
    "2026-10-31T12:33:20Z explicit in_transit arrived - EMB",
    "2026-11-01T02:26:40Z explicit in_transit left_origin_country - EMC",
    "2026-11-03T10:00:00Z explicit in_transit arrived_dest_country - EMD",
    "2026-11-03T15:33:20Z explicit customs presented - EDB",
    "2026-11-03T18:20:00Z explicit customs held customs_inspection EME",
]


def event(
    code: str, *, day: int = 1, where: str = "", name: str = "", **more: object
) -> dict[str, object]:
    at = f"2026-11-{day:02}T10:00:00Z"
    return {"EventCd": code, "EventNm": name, "EventDT": at, "EventLocation": where, **more}


def item(*events: object, origin: str = "CN", destination: str = "GR") -> dict[str, object]:
    ends = {"OriginCountryCd": origin, "DestinationCountryCd": destination}
    return {"ID": NUMBER, **ends, "Events": list(events)}


def told(*events: object, origin: str = "CN", destination: str = "GR") -> Reading:
    one = item(*events, origin=origin, destination=destination)
    (reading,) = upu.read(json.dumps([one]).encode())
    return reading


def test_the_sample_reads() -> None:
    (reading,) = upu.read(sample("upu_ptt_item.json"))

    assert status(reading) == f"{NUMBER} - found customs customs_inspection forward active -"
    assert lines(reading) == SCANS
    assert [scan.place.country for scan in reading.scans] == ["CN"] * 3 + ["GR"] * 3


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("EXA", "", "customs presented -"),
        ("EXB", "Held by export Customs", "customs held customs_inspection"),
        ("EXC", "", "customs released -"),
        ("EXX", "", "cancelled - customs_prohibited"),
        ("EDA", "", "exception held other"),
        ("EDD", "", "in_transit arrived -"),
        ("EMG", "", "in_transit delivery_depot -"),
        ("edg", "", "out_for_delivery - -"),
        ("EDH", "", "available_for_pickup - -"),
        ("EMI", "Final delivery", "delivered - -"),
        ("EMH", "Attempted/Unsuccessful delivery", "delivery_failed - other"),
        (
            "EMH",
            "Unsuccessful: addressee not at home",
            "delivery_failed - recipient_absent",
        ),
        ("EME", "Held by import Customs: documents missing", "customs held customs_documents"),
        ("EME", "Held by import Customs, awaiting payment of duties", "customs held customs_duty"),
        ("EDX", "Import terminated", "exception - customs_prohibited"),
        ("EDX", "Item is being returned to sender", "returning - customs_prohibited"),
        ("EDX", "Item destroyed", "destroyed - customs_prohibited"),
        ("EZZ", "x", "unknown - -"),
    ],
)
def test_every_code_means_what_the_table_says(code: str, words: str, expected: str) -> None:
    (scan,) = told(event(code, name=words)).scans

    assert f"{scan.milestone} {scan.step or '-'} {scan.reason or '-'}" == expected


def test_the_reason_may_stand_in_a_field_of_its_own() -> None:
    refused = event("EMH", name="Unsuccessful delivery", ReasonNm="Item refused by addressee")
    back = event("EMH", name="Unsuccessful delivery", ActionNm="Item being returned to sender")

    assert told(refused).reason == "recipient_refused"
    assert (told(back).milestone, told(back).direction) == ("returning", "return")


@pytest.mark.parametrize(
    ("sent_on", "is_missent"),
    [
        (event("EMC", day=5, where="ATHENS"), True),
        (event("EMC", day=5, where="SHANGHAI"), False),
        (event("EMC", day=5), True),
        (event("EMC", day=2), False),
        (event("EMK", day=5, where="ATHENS"), True),
        (event("EMK", day=2, where="FRANKFURT"), False),
        (event("EMC", day=2, EventCountryCd="GR"), True),
        (event("EMC", day=5, EventCountryCd="CN"), False),
        (event("EMK", day=5, EventOfficeCd="GRATHA"), True),
        (event("EMK", day=5, EventOfficeCd="DEFRAA"), False),
    ],
)
def test_what_the_receiving_post_sends_on_was_missent(
    sent_on: dict[str, object], *, is_missent: bool
) -> None:
    events = [event("EMA", where="SHANGHAI"), event("EMD", day=3, where="ATHENS"), sent_on]
    reading = told(*events)
    scan = next(one for one in reading.scans if one.code == sent_on["EventCd"])

    assert (scan.reason == "missort") is is_missent
    assert (scan.milestone == "exception") is is_missent


def test_within_one_country_nothing_is_missent() -> None:
    events = [event("EMD", day=3, where="ATHENS"), event("EMC", day=5, where="ATHENS")]

    assert told(*events, origin="GR", destination="GR").milestone == "in_transit"


@pytest.mark.parametrize(
    ("at", "code", "expected"),
    [
        ("/Date(1793400000000)/", "EMA", "2026-10-30T22:40:00Z explicit"),
        ("/Date(1793400000000+0800)/", "EMA", "2026-10-30T22:40:00Z explicit"),
        (1793400000000, "EMA", "2026-10-30T22:40:00Z explicit"),
        ("2026-11-01T10:00:00+02:00", "EMD", "2026-11-01T08:00:00Z explicit"),
        ("2026-11-01T10:00:00", "EMA", "2026-11-01T02:00:00Z location"),
        ("2026-11-01T10:00:00", "EMD", "2026-11-01T08:00:00Z location"),
        ("2026-11-01T10:00:00", "EMJ", "2026-11-01T10:00:00Z guessed"),
    ],
)
def test_a_time_is_an_epoch_or_that_of_the_end_that_sent_it(
    at: object, code: str, expected: str
) -> None:
    (scan,) = told({"EventCd": code, "EventDT": at}).scans

    assert f"{scan.at:%Y-%m-%dT%H:%M:%SZ} {scan.offset_source}" == expected


@pytest.mark.parametrize(
    "body", [sample("upu_ptt_no_events.txt"), b"1", b'"1"', b"[]", b'""', b"null", b"{}", b"0"]
)
def test_nothing_is_no_scans_yet(body: bytes) -> None:
    (reading,) = upu.read(body, number=NUMBER)

    assert status(reading) == f"{NUMBER} - unfound not_found - forward active -"


def test_an_item_without_events_is_no_scans_yet() -> None:
    assert told().found is False


@pytest.mark.parametrize("wrap", ["list", "item", "events", "one", "items"])
def test_an_answer_reads_however_it_is_wrapped(wrap: str) -> None:
    events = [event("EMA"), event("EMI", day=3)]
    body: object = {
        "list": [item(*events)],
        "item": item(*events),
        "events": events,
        "one": {"Item": item(*events)},
        "items": {"Items": [item(*events)]},
    }[wrap]
    (reading,) = upu.read(json.dumps(body).encode(), number=NUMBER)

    assert (reading.number, reading.milestone, len(reading.scans)) == (NUMBER, "delivered", 2)


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("Authorization has been denied.", "unauthorised"),
        ("Invalid token", "unauthorised"),
        ("Too many requests.", "rate_limited"),
        ("An error has occurred.", "unavailable"),
    ],
)
def test_the_servers_own_errors_have_names(message: str, error: str) -> None:
    body = json.dumps({"Message": message}).encode()

    assert [one.error for one in upu.read(body)] == [error]


def test_any_other_word_is_not_this_service() -> None:
    with pytest.raises(Malformed):
        upu.read(b'"busy"')


def test_the_token_stands_in_the_path() -> None:
    body = sample("upu_ptt_item.json")
    readings, (request,) = track(
        upu, [Asked(number=NUMBER)], Response(status=200, body=body), token="T/1"
    )

    assert request.url == f"http://channel.test/itemTTExt/{NUMBER}/T%2F1"
    assert lines(readings[NUMBER]) == SCANS


def test_there_is_no_push() -> None:
    with pytest.raises(Malformed):
        upu.receive(b"[]", {}, {})
