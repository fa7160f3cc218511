"""Shapes of answers and pushes that are rarer: other products, older forms, fields left out."""

import json

import pytest

from amends.commands.track import parse


def _sf(inner: object) -> object:
    return {"apiResultCode": "A1000", "apiResultData": json.dumps(inner, ensure_ascii=False)}


def _routes(*lines: dict[str, str]) -> object:
    row = {"mailNo": "SF1", "routes": list(lines)}
    return _sf({"success": True, "errorCode": "S0000", "msgData": {"routeResps": [row]}})


def _ups(*lines: dict[str, object]) -> object:
    package = {"trackingNumber": "1Z1", "activity": list(lines)}
    return {"trackResponse": {"shipment": [{"inquiryNumber": "1Z1", "package": [package]}]}}


def _fedex(**result: object) -> object:
    info = {"trackingNumberInfo": {"trackingNumber": "1"}, **result}
    complete = [{"trackingNumber": "1", "trackResults": [info]}]
    return {"output": {"completeTrackResults": complete}}


def _at(time: str) -> dict[str, object]:
    return {"date": "20261005", "time": time, "gmtOffset": "+00:00"}


DP = {"type": "I", "description": "Departed from Facility", "code": "DP", "statusCode": "005"}
OUT, SIGNED = "Out for delivery", "Shipment delivered, Signed by: A"
MORNING, NOON = "2026-10-05 09:00:00", "2026-10-05 12:00:00"


@pytest.mark.requirement("003-4")
@pytest.mark.parametrize(
    ("channel", "sent", "milestone", "scans"),
    [
        (
            "sf",
            _routes(
                {"acceptTime": NOON, "remark": SIGNED},
                {"acceptTime": MORNING, "remark": OUT, "opCode": ""},
            ),
            "delivered",
            ["01:00 out_for_delivery", "04:00 delivered"],
        ),
        (
            "sf",
            [{"id": "1", "mailno": "SF1", "acceptTime": NOON, "remark": "派送", "opCode": "44"}],
            "out_for_delivery",
            ["04:00 out_for_delivery"],
        ),
        (
            "ups",
            _ups({"status": DP, "date": "20261005", "time": "3300", "gmtOffset": "+00:00"}),
            "in_transit",
            ["00:33 in_transit"],
        ),
        (
            "ups",
            _ups({"status": DP, "date": "2026-10-05", "time": "9:30", "gmtOffset": "-04:00"}),
            "in_transit",
            ["13:30 in_transit"],
        ),
        (
            "ups",
            _ups(
                {"status": {"code": "D", "description": "Delivered"}, **_at("120000")},
                {"status": {"code": "X", "description": "No such number"}, **_at("100000")},
                {"status": {"code": "I", "description": "Out For Delivery"}, **_at("090000")},
            ),
            "delivered",
            ["09:00 out_for_delivery", "10:00 exception", "12:00 delivered"],
        ),
        (
            "fedex",
            _fedex(
                latestStatusDetail={"description": "Delivered"},
                dateAndTimes=[
                    {"type": "ACTUAL_DELIVERY", "dateTime": "2026-10-05T12:00:00-04:00"},
                    {"type": "SHIP", "dateTime": "2026-10-01T00:00:00-04:00"},
                ],
            ),
            "delivered",
            [],
        ),
        (
            "upu",
            [
                {
                    "ID": "RR1",
                    "OriginCountryCd": "CN",
                    "Events": [{"EventCd": "EMA", "EventDT": "28/09/2026 07:00"}],
                }
            ],
            "accepted",
            ["23:00 accepted"],
        ),
        (
            "royal_mail",
            {
                "mailPieces": {
                    "mailPieceId": "A1",
                    "events": [{"eventName": "Delivered", "eventDateTime": "2026-10-05T12:00:00"}],
                }
            },
            "delivered",
            ["11:00 delivered"],
        ),
        (
            "usps",
            {
                "trackingNumber": "9400",
                "trackingEvents": [
                    {"eventType": "Inbound Out of Customs", "eventTimestamp": "2026-10-05T12:00Z"},
                    {"eventType": "Inbound Into Customs", "eventTimestamp": "2026-10-05T09:00Z"},
                ],
            },
            "customs",
            ["09:00 customs presented", "12:00 customs released"],
        ),
    ],
)
def test_it_is_read_all_the_same(
    channel: str, sent: object, milestone: str, scans: list[str]
) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["milestone"]) == (True, milestone)
    steps = {scan["at"]: scan["step"] for scan in told["scans"] if channel == "usps"}
    assert [
        " ".join(filter(None, (scan["at"][11:16], scan["milestone"], steps.get(scan["at"]))))
        for scan in told["scans"]
    ] == scans


def test_a_number_that_sf_calls_wrong_is_a_bad_number() -> None:
    sent = _sf({"success": False, "errorCode": "8016", "errorMsg": "运单号不合法", "msgData": None})

    (told,) = json.loads(json.dumps(parse("sf", json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["error"]) == (False, "bad_number")


@pytest.mark.parametrize("spelling", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_an_answer_in_another_encoding_is_read(spelling: str) -> None:
    line = {"time": NOON, "context": "【杭州市】已签收"}
    sent = {"message": "ok", "nu": "1", "com": "zto", "status": "200", "data": [line]}

    body = json.dumps(sent, ensure_ascii=False).encode(spelling)
    (told,) = json.loads(json.dumps(parse("kuaidi100", body)))["readings"]

    assert (told["milestone"], told["scans"][0]["text"]) == ("delivered", line["context"])


def test_western_letters_spoil_no_answer() -> None:
    place = {"addressLocality": "Malmö", "countryCode": "SE"}
    event = {"timestamp": "2026-10-05T12:00:00", "statusCode": "delivered"}
    sent = {"shipments": [{"id": "1", "events": [{**event, "location": {"address": place}}]}]}

    body = json.dumps(sent, ensure_ascii=False).encode("latin-1")
    (told,) = json.loads(json.dumps(parse("dhl_unified", body)))["readings"]

    (scan,) = told["scans"]
    assert (scan["at"], scan["location"]) == ("2026-10-05T10:00:00Z", "Malmö")
