"""Variants that the protocols allow: what is missing, null, of another type, or an error."""

import json

import pytest

from amends.commands.track import parse

AT = "2026-10-01T10:00:00+02:00"


def _sf(inner: object) -> object:
    return {"apiResultCode": "A1000", "apiResultData": json.dumps(inner)}


def _ups(shipment: object) -> object:
    return {"trackResponse": {"shipment": [shipment]}}


def _fedex(code: str) -> object:
    results = [{"trackingNumberInfo": {"trackingNumber": "7"}, "error": {"code": code}}]
    complete = [{"trackingNumber": "7", "trackResults": results}]
    return {"output": {"completeTrackResults": complete}}


@pytest.mark.parametrize(
    ("channel", "sent", "error"),
    [
        ("sf", _sf({"success": True, "errorCode": "S0000", "msgData": {"routeResps": []}}), None),
        ("sf", {"apiResultCode": "A1009", "apiErrorMsg": "目标服务异常"}, "unavailable"),
        ("sf", {"apiResultCode": "A1011", "apiErrorMsg": "OAuth2认证失败"}, "unauthorised"),
        ("dhl_unified", {"reason": "Invalid ApiKey"}, "unauthorised"),
        ("seventeentrack", {"code": 401, "data": {}}, "unauthorised"),
        ("aftership", {"meta": {"code": 504}, "data": {}}, "timeout"),
        (
            "easypost",
            {"error": {"message": "The requested resource could not be found."}},
            "not_registered",
        ),
        ("ups", _ups({"warnings": [{"code": "TW0001", "message": "Not Found"}]}), None),
        ("ups", _ups({"warnings": [{"code": "TV1002", "message": "x"}]}), "bad_number"),
        ("fedex", _fedex("TRACKING.DATA.NOTUNIQUE"), "needs_details"),
        ("fedex", _fedex("TRACKING.TRACKINGNUMBER.NOTFOUND"), None),
    ],
)
def test_each_way_of_saying_nothing_has_its_name(
    channel: str, sent: object, error: str | None
) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["scans"], told.get("error")) == (False, [], error)
    assert told["milestone"] == ("unknown" if error else "not_found")


@pytest.mark.parametrize(
    ("channel", "sent", "milestone"),
    [
        (
            "upu",
            [{"ID": "N1", "Events": [{"EventCd": "EMI", "EventDT": None}]}],
            "delivered",
        ),
        (
            "dhl_unified",
            {"shipments": {"id": "N1", "service": "express", "status": "delivered", "events": []}},
            "delivered",
        ),
    ],
)
def test_what_is_told_without_a_time_is_found_though_it_cannot_be_placed(
    channel: str, sent: object, milestone: str
) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["milestone"], told["scans"]) == (True, milestone, [])


@pytest.mark.parametrize(
    ("channel", "sent", "milestone", "scans"),
    [
        (
            "kuaidi100",
            {"nu": "N1", "com": "zto", "status": "200", "state": "501", "ischeck": "0", "data": []},
            "available_for_pickup",
            [],
        ),
        (
            "kuaidi100",
            {"nu": "N1", "com": "zto", "status": "200", "state": "0", "ischeck": "0", "data": []},
            "not_found",
            [],
        ),
        (
            "aftership",
            {
                "data": [
                    {"tag": "InTransit", "checkpoints": {"tag": "Delivered", "checkpoint_time": AT}}
                ]
            },
            "delivered",
            ["delivered"],
        ),
        (
            "ups",
            {
                "trackingNumber": "N1",
                "activityStatus": {"code": "DP", "description": "Departed from Facility"},
                "gmtActivityDate": "20261001",
                "gmtActivityTime": "080000",
            },
            "in_transit",
            ["in_transit"],
        ),
        (
            "fedex",
            {
                "trackResults": {
                    "trackingNumberInfo": {"trackingNumber": "N1"},
                    "scanEvents": {
                        "date": "2026-10-01T16:00:00",
                        "eventType": "AR",
                        "scanLocation": {
                            "locationId": "SZX",
                            "scanLocation": {"city": "SHENZHEN", "countryCode": "CN"},
                        },
                    },
                }
            },
            "in_transit",
            ["in_transit"],
        ),
    ],
)
def test_a_thinner_shape_of_the_same_answer_is_read(
    channel: str, sent: object, milestone: str, scans: list[str]
) -> None:
    (told,) = json.loads(json.dumps(parse(channel, json.dumps(sent).encode())))["readings"]

    assert (told["found"], told["milestone"]) == (milestone != "not_found", milestone)
    assert [scan["milestone"] for scan in told["scans"]] == scans
    assert {scan["at"] for scan in told["scans"]} <= {"2026-10-01T08:00:00Z"}
