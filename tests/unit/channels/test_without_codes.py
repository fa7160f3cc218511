"""Scans and statuses whose code is missing, or new, beside words that say what happened."""

import json

import pytest

from amends.commands.track import parse


def _seventeentrack(**info: object) -> object:
    rows = [{"number": "N1", "carrier": 21051, "track_info": info}]
    return {"code": 0, "data": {"accepted": rows, "rejected": []}}


def _ups(**status: str) -> object:
    line = {"status": status, "date": "20261005", "time": "100000", "gmtOffset": "-05:00"}
    package = {"trackingNumber": "1Z1", "activity": [line]}
    return {"trackResponse": {"shipment": [{"package": [package]}]}}


def _aftership(**fields: object) -> object:
    return {"data": {"tracking_number": "N1", "slug": "usps", "checkpoints": [], **fields}}


def _trackingmore(*lines: object, **fields: object) -> object:
    row = {"tracking_number": "N1", "courier_code": "usps", "origin_info": {"trackinfo": lines}}
    return {"meta": {"code": 200}, "data": [{**row, **fields}]}


def _fedex(**result: object) -> object:
    complete = [{"trackingNumber": "1", "trackResults": [result]}]
    return {"output": {"completeTrackResults": complete}}


def _royal_mail(**summary: str) -> object:
    return {"mailPieces": {"mailPieceId": "A1", "summary": summary}}


def _usps(**fields: object) -> object:
    return {"trackingNumber": "9400", "trackingEvents": [], **fields}


AT = "2026-10-05T10:00:00Z"
LEFT = {"time_utc": AT, "description": "Departed from outward office", "stage": None}


@pytest.mark.parametrize(
    ("channel", "sent", "milestone", "scans"),
    [
        (
            "seventeentrack",
            _seventeentrack(
                latest_status={"status": "Delivered", "sub_status": "Delivered_Other"},
                latest_event={"time_utc": AT, "description": "Entregue", "sub_status": None},
            ),
            "delivered",
            ["delivered"],
        ),
        (
            "seventeentrack",
            _seventeentrack(
                latest_status={"status": "InTransit"},
                tracking={"providers": [{"provider": {"key": 3011}, "events": [LEFT]}]},
            ),
            "in_transit",
            ["in_transit"],
        ),
        (
            "aftership",
            _aftership(
                tag="InTransit", checkpoints=[{"checkpoint_time": AT, "message": "Departed"}]
            ),
            "in_transit",
            ["in_transit"],
        ),
        ("aftership", _aftership(tag="Brandnew"), "unknown", []),
        (
            "easypost",
            {
                "tracking_code": "N1",
                "status": "in_transit",
                "tracking_details": [{"datetime": AT, "message": "Departed USPS Facility"}],
            },
            "in_transit",
            ["in_transit"],
        ),
        ("easypost", {"tracking_code": "N1", "status": "brand_new"}, "unknown", []),
        (
            "trackingmore",
            _trackingmore(
                {"checkpoint_date": "2026-10-05 10:00:00", "tracking_detail": "Notice left"},
                delivery_status="transit",
            ),
            "delivery_failed",
            ["delivery_failed"],
        ),
        (
            "fedex",
            _fedex(scanEvents=[{"date": AT, "eventDescription": "Delivered"}]),
            "delivered",
            ["delivered"],
        ),
        (
            "fedex",
            _fedex(latestStatusDetail={"statusByLocale": "Out for delivery"}),
            "out_for_delivery",
            [],
        ),
        (
            "royal_mail",
            _royal_mail(statusCategory="IN TRANSIT", lastEventDateTime="2026-10-05T10:00:00"),
            "in_transit",
            ["in_transit"],
        ),
        ("royal_mail", _royal_mail(statusDescription="Out for delivery"), "out_for_delivery", []),
        ("ups", _ups(description="Delivered"), "delivered", ["delivered"]),
        (
            "ups",
            _ups(type="RS", code="RS", statusCode="013", description="Returning to sender"),
            "returning",
            ["returning"],
        ),
        ("usps", _usps(statusCategory="Delivered to Agent"), "delivered", []),
        ("usps", _usps(statusCategory="In-Transit"), "in_transit", []),
        ("usps", _usps(statusCategory="Alert", status="Held in Customs"), "customs", []),
        ("usps", _usps(statusCategory="Alert"), "exception", []),
        (
            "usps",
            _usps(statusCategory="On its way", status="Out for Delivery"),
            "out_for_delivery",
            [],
        ),
    ],
)
def test_words_are_read(channel: str, sent: object, milestone: str, scans: list[str]) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["milestone"]) == (True, milestone)
    assert [scan["milestone"] for scan in told["scans"]] == scans


@pytest.mark.parametrize(
    ("channel", "sent", "error"),
    [
        ("dhl_unified", {"error": {"status": 404, "title": "No result found"}}, None),
        ("dhl_unified", {"error": {"status": "429", "title": "Too Many Requests"}}, "rate_limited"),
        ("trackingmore", {"meta": {"code": 203}, "data": []}, "quota"),
        ("aftership", {"meta": {"code": 4011}, "data": {}}, "needs_details"),
        (
            "kuaidi100",
            {"result": False, "returnCode": "600", "message": "您不是合法的订阅者"},
            "unauthorised",
        ),
        ("upu", {"foo": 1}, "malformed"),
        ("upu", {"Items": []}, None),
        ("sf", [{"id": "1", "opCode": "50"}], "malformed"),
    ],
)
def test_an_error_keeps_its_kind(channel: str, sent: object, error: str | None) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told.get("error")) == (False, error)
    assert told["milestone"] == ("unknown" if error else "not_found")


@pytest.mark.parametrize(
    ("words", "milestone", "reason"),
    [
        ("Notice left, no one home", "delivery_failed", "recipient_absent"),
        ("Missed delivery", "delivery_failed", "other"),
        ("Left with neighbor", "delivered", "neighbour"),
        ("Picked up by recipient", "delivered", "collected_by_recipient"),
        ("Signed by J. DOE", "delivered", "signed"),
        ("Die Sendung wurde zugestellt", "delivered", None),
        ("Objeto entregue ao destinatário", "delivered", None),
        ("Objeto não entregue", "unknown", None),
        ("Package picked up", "accepted", None),
        ("Shipping label created", "info_received", None),
        ("Shipment information received", "info_received", None),
        ("Dispatched for delivery", "out_for_delivery", None),
        ("Item dispatched", "in_transit", None),
        ("In transit to next facility", "in_transit", None),
        ("Will be delivered tomorrow", "unknown", None),
    ],
)
def test_words_alone_say_where_it_stands(words: str, milestone: str, reason: str | None) -> None:
    event = {"time_utc": AT, "description": words}
    providers = [{"provider": {"key": 21051}, "events": [event]}]
    sent = _seventeentrack(latest_status={}, tracking={"providers": providers})

    (told,) = json.loads(json.dumps(parse("seventeentrack", json.dumps(sent).encode())))["readings"]

    assert (told["scans"][0]["milestone"], told["scans"][0]["reason"]) == (milestone, reason)


@pytest.mark.parametrize(
    ("words", "milestone", "reason"),
    [
        ("收件人地址不详，派送失败", "delivery_failed", "address_invalid"),
        ("派送失败", "delivery_failed", "other"),
        ("派送不成功，电话无人接听", "delivery_failed", "recipient_absent"),
        ("因天气原因延误", "exception", "weather"),
        ("运输延误，电话联系客服", "exception", "delay"),
        ("退回件签收", "returned", None),
        ("丰巢智能柜已取件", "delivered", "collected_by_recipient"),
        ("快递柜待取，请尽快取件", "available_for_pickup", "locker"),
        ("快递员已取件", "accepted", None),
        ("客户要求更改派送时间", "no_change", "recipient_request"),
        ("快件已转投其他网点", "in_transit", "forwarded"),
        ("快件已退回/转寄", "returning", None),
    ],
)
def test_chinese_words_alone_say_it_too(words: str, milestone: str, reason: str | None) -> None:
    line = {"time": "2026-10-05 10:00:00", "context": words}
    sent = {"message": "ok", "nu": "1", "com": "zto", "status": "200", "data": [line]}

    (told,) = json.loads(json.dumps(parse("kuaidi100", json.dumps(sent).encode())))["readings"]

    assert (told["scans"][0]["milestone"], told["scans"][0]["reason"]) == (milestone, reason)
