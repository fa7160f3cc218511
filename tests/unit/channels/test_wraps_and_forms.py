"""The same answer in another wrap or form: a layer more, a string, gzip, XML, 17TRACK v1."""

import gzip
import json
from urllib.parse import urlencode

import pytest

from amends.catalog.channels import aftership, sf, ups
from amends.commands.track import parse
from amends.domain.exchange import Response
from amends.domain.parcel.channel import Asked, Malformed
from tests.support.channel_samples import sample, track

SAMPLES = [
    ("dhl_unified", "dhl_unified_shipments.json"),
    ("seventeentrack", "17track_gettrackinfo.response.json"),
    ("aftership", "aftership_get_tracking.response.json"),
    ("trackingmore", "trackingmore_get.response.json"),
    ("easypost", "easypost_webhook.body.json"),
    ("usps", "usps_v3_detail.response.json"),
    ("ups", "ups_track_v1.response.json"),
    ("fedex", "fedex_track_v1.response.json"),
    ("royal_mail", "royalmail_events.response.json"),
    ("kuaidi100", "kuaidi100_query.response.json"),
    ("sf", "sf_search_routes.response.json"),
    ("upu", "upu_ptt_item.json"),
]
PUSHED = (
    '<?xml version="1.0" encoding="UTF-8"?><Request service="RoutePushService" lang="zh-CN"><Body>'
    '<WaybillRoute id="71" mailno="SF1" orderid="O" acceptTime="2026-10-05 10:00:00"'
    ' acceptAddress="深圳" remark="已收件" opCode="50"/><WaybillRoute id="72" mailno="SF1"'
    ' acceptTime="2026-10-05 12:00:00" acceptAddress="深圳" remark="派送" opCode="44"/>'
    "</Body></Request>"
)


def _answered(inside: str) -> bytes:
    return f'<Response service="RouteService"><Head>OK</Head>{inside}</Response>'.encode()


def told(channel: str, body: bytes) -> list[tuple[object, ...]]:
    readings = json.loads(json.dumps(parse(channel, body)))["readings"]
    keys = ("number", "found", "milestone", "reason", "error")
    return [(*(one.get(key) for key in keys), len(one["scans"])) for one in readings]


@pytest.mark.parametrize(("channel", "name"), SAMPLES)
def test_an_answer_one_layer_further_in_is_that_answer(channel: str, name: str) -> None:
    body = sample(name)
    inner = json.loads(body)
    wraps = (
        json.dumps({"statusCode": 200, "headers": {}, "body": body.decode()}).encode(),
        json.dumps({"payload": inner}).encode(),
        json.dumps(body.decode()).encode(),
        gzip.compress(body),
    )

    assert [told(channel, wrap) for wrap in wraps] == [told(channel, body)] * len(wraps)


def test_a_list_of_one_answer_is_the_answer() -> None:
    body = sample("ups_track_v1.response.json")
    response = Response(status=200, body=b"[" + body + b"]")
    readings, _ = track(ups, [Asked(number="1Z9A83X40310472914", carrier="ups")], response)

    assert readings["1Z9A83X40310472914"].error is None
    assert len(readings["1Z9A83X40310472914"].scans) == 5


@pytest.mark.parametrize("body", [b"\x1f\x8b\x08\x00broken", b'{"body": "<html>"}', b'[["x"]]'])
def test_what_is_nothing_inside_is_malformed(body: bytes) -> None:
    assert told("aftership", body) == [("", False, "unknown", None, "malformed", 0)]
    with pytest.raises(Malformed):
        aftership.read(b"\x1f\x8b\x08\x00broken")


@pytest.mark.parametrize(
    "body", [PUSHED.encode(), urlencode({"content": PUSHED}).encode(), PUSHED.encode("utf-8-sig")]
)
def test_sf_pushes_in_xml_too_and_is_answered_in_it(body: bytes) -> None:
    (reading,) = sf.read(body)
    push = sf.receive(body, {}, {})

    assert [str(scan.milestone) for scan in reading.scans] == ["accepted", "out_for_delivery"]
    assert reading.scans[0].at.isoformat() == "2026-10-05T02:00:00+00:00"
    assert (push.numbers, push.event_id) == (("SF1",), "71+72")
    assert push.acknowledge.startswith(b"<Response")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            _answered(
                '<Body><RouteResponse mailno="SF1"><Route remark="已收件" opcode="50"'
                ' accept_time="2026-10-05 10:00:00" accept_address="深圳"/></RouteResponse>'
                '<RouteResponse mailno="SF2"/></Body>'
            ),
            [("SF1", True, "accepted", None, None, 1), ("SF2", False, "not_found", None, None, 0)],
        ),
        (_answered("<Body/>"), [("", False, "not_found", None, None, 0)]),
        (
            _answered('<ERROR code="A1006">校验码错误</ERROR>'),
            [("", False, "unknown", None, "unauthorised", 0)],
        ),
        (
            b'<!DOCTYPE a [<!ENTITY x "y">]><Response><Head>OK</Head></Response>',
            [("", False, "unknown", None, "malformed", 0)],
        ),
        (PUSHED[:200].encode(), [("", False, "unknown", None, "malformed", 0)]),
    ],
)
def test_sf_answers_in_xml_too(body: bytes, expected: list[tuple[object, ...]]) -> None:
    assert told("sf", body) == expected


def _v1(**track: object) -> bytes:
    row = {"number": "LX1", "track": {"w1": 3011, "w2": 21051, **track}}
    return json.dumps({"code": 0, "data": {"accepted": [row], "rejected": []}}).encode()


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (
            {
                "e": 40,
                "z1": [{"a": "2026-10-01 09:00", "c": "SHENZHEN", "d": "", "z": "Departed"}],
                "z2": [{"a": "2026-10-05 10:00", "c": "", "d": "Compton, CA 90220"}],
            },
            ("LX1", True, "delivered", None, None, 2),
        ),
        ({"e": 0, "z1": [], "z2": []}, ("LX1", False, "not_found", None, None, 0)),
        (
            {"e": 35, "z0": {"a": "2026-10-05 10:00", "z": "Notice left, no one home"}},
            ("LX1", True, "delivery_failed", "recipient_absent", None, 1),
        ),
        ({"e": 50}, ("LX1", True, "exception", "other", None, 0)),
    ],
)
def test_17track_v1_is_read(track: dict[str, object], expected: tuple[object, ...]) -> None:
    assert told("seventeentrack", _v1(**track)) == [expected]


def test_17track_v1_may_say_that_it_looks_no_more() -> None:
    (reading,) = json.loads(json.dumps(parse("seventeentrack", _v1(e=20))))["readings"]

    assert (reading["carrier"], reading["channel_state"]) == ("china_post", "expired")
