"""Every code of the taxonomy, sent as its channel sends it, reads as the taxonomy says."""

import csv
import json
from collections.abc import Callable
from functools import cache

import pytest

from amends.commands.track import parse
from tests.support.reference import reference

SILENT = {"not_found", "unknown", "no_change"}
AT = "2026-10-01T10:00:00+02:00"


def _dhl(code: str) -> object:
    event = {"timestamp": AT, "statusCode": code}
    return {"shipments": [{"id": "N1", "service": "express", "status": event, "events": [event]}]}


def _seventeentrack(code: str) -> object:
    sub = code if "_" in code or code == "InfoReceived" else ""
    latest = {"status": code.partition("_")[0], "sub_status": sub}
    event = {"time_iso": AT, "stage": None, "sub_status": sub, "description": "-"}
    providers = [{"provider": {"key": 21051}, "events": [event] if sub else []}]
    info = {"latest_status": latest, "tracking": {"providers": providers}}
    return {"code": 0, "data": {"accepted": [{"number": "N1", "track_info": info}]}}


def _aftership(code: str) -> object:
    tag, _, finer = code.partition("_")
    said = {"tag": tag, "subtag": code if finer else None}
    point = {"checkpoint_time": AT, "message": "-", **said}
    return {
        "meta": {"code": 200},
        "data": {"tracking_number": "N1", "checkpoints": [point], **said},
    }


def _trackingmore(code: str) -> object:
    status = code.rstrip("0123456789")
    finer = code if code != status else None
    point = {
        "checkpoint_date": AT,
        "tracking_detail": "-",
        "checkpoint_delivery_status": status,
        "checkpoint_delivery_substatus": finer,
    }
    row = {"tracking_number": "N1", "delivery_status": status, "substatus": finer}
    info = {"origin_info": {"trackinfo": [point]}}
    return {"meta": {"code": 200}, "data": [row | info]}


def _easypost_status(code: str) -> object:
    line = {"datetime_local": AT, "status": code, "message": "-"}
    return {"tracking_code": "N1", "status": code, "tracking_details": [line]}


def _easypost_detail(code: str) -> object:
    line = {"datetime_local": AT, "status_detail": code, "message": "-"}
    return {"tracking_code": "N1", "status_detail": code, "tracking_details": [line]}


def _usps(code: str) -> object:
    event = {"eventTimestamp": AT, "eventCode": code, "eventType": "-"}
    return {"trackingNumber": "N1", "trackingEvents": [event]}


def _ups(status: dict[str, str]) -> object:
    line = {"date": "20261001", "time": "080000", "gmtOffset": "+00:00", "status": status}
    package = {"trackingNumber": "N1", "activity": [line], "currentStatus": status}
    return {"trackResponse": {"shipment": [{"inquiryNumber": "N1", "package": [package]}]}}


def _fedex(code: str) -> object:
    event = {"date": AT, "eventType": code, "derivedStatusCode": code, "eventDescription": "-"}
    status = {"code": code, "derivedCode": code}
    result = {"scanEvents": [event], "latestStatusDetail": status}
    rows = [{"trackingNumber": "N1", "trackResults": [result]}]
    return {"output": {"completeTrackResults": rows}}


def _royal_mail(code: str) -> object:
    event = {"eventCode": code, "eventName": "-", "eventDateTime": AT}
    summary = {"lastEventCode": code, "lastEventDateTime": AT}
    return {"mailPieces": {"mailPieceId": "N1", "summary": summary, "events": [event]}}


def _kuaidi100(code: str) -> object:
    line = {"time": "2026-10-01 16:00:00", "context": "-", "statusCode": code}
    return {"nu": "N1", "com": "zto", "status": "200", "state": code, "data": [line]}


def _sf(code: str) -> object:
    route = {"acceptTime": "2026-10-01 16:00:00", "remark": "-", "opCode": code}
    inner = {"success": True, "msgData": {"routeResps": [{"mailNo": "N1", "routes": [route]}]}}
    return {"apiResultCode": "A1000", "apiResultData": json.dumps(inner)}


def _upu(code: str) -> object:
    return [{"ID": "N1", "Events": [{"EventCd": code, "EventNm": "-", "EventDT": AT}]}]


SENT: dict[str, tuple[str, Callable[[str], object]]] = {
    "dhl.unified.statusCode": ("dhl_unified", _dhl),
    "17track.v2.status": ("seventeentrack", _seventeentrack),
    "17track.v2.sub_status": ("seventeentrack", _seventeentrack),
    "aftership.tag": ("aftership", _aftership),
    "aftership.subtag": ("aftership", _aftership),
    "trackingmore.v4.status": ("trackingmore", _trackingmore),
    "trackingmore.v4.substatus": ("trackingmore", _trackingmore),
    "easypost.status": ("easypost", _easypost_status),
    "easypost.status_detail": ("easypost", _easypost_detail),
    "usps.eventCode": ("usps", _usps),
    "ups.statusCode": ("ups", lambda code: _ups({"statusCode": code.zfill(3)})),
    "ups.activity.type": ("ups", lambda code: _ups({"type": code})),
    "fedex.derivedStatusCode": ("fedex", _fedex),
    "royalmail.eventCode": ("royal_mail", _royal_mail),
    "kuaidi100.state": ("kuaidi100", _kuaidi100),
    "sf.opCode": ("sf", _sf),
    "upu.emsevt.v3": ("upu", _upu),
}


@cache
def listed(vocabulary: str) -> list[dict[str, str]]:
    text = reference("tracking/taxonomy/mapping.csv").read_text("utf-8")
    return [row for row in csv.DictReader(text.splitlines()) if row["vocab"] == vocabulary]


def test_every_vocabulary_of_a_channel_is_sent() -> None:
    text = reference("tracking/taxonomy/mapping.csv").read_text("utf-8")
    known = {row["vocab"] for row in csv.DictReader(text.splitlines())}

    assert known - set(SENT) == {"cainiao.actionCode", "karrio.status"}


@pytest.mark.requirement("000-10")
@pytest.mark.parametrize("vocabulary", sorted(SENT))
def test_a_code_alone_makes_the_scan_and_the_reading_that_the_taxonomy_names(
    vocabulary: str,
) -> None:
    channel, sent = SENT[vocabulary]
    wrong: list[object] = []
    for row in listed(vocabulary):
        body = json.dumps(sent(row["code"])).encode()
        (told,) = json.loads(json.dumps(parse(channel, body)))["readings"]
        means = row["milestone"].lower()
        for scan in told["scans"]:
            said = (scan["milestone"], scan["step"] or "", scan["reason"] or "")
            if said != (means, row["step"], row["reason"]) or scan["at"] != "2026-10-01T08:00:00Z":
                wrong.append((row["code"], means, row["step"], row["reason"], said, scan["at"]))
        if means not in SILENT and told["milestone"] != means:
            wrong.append((row["code"], means, told["milestone"]))
        if means in SILENT and told["milestone"] not in SILENT:
            wrong.append((row["code"], means, told["milestone"]))

    assert wrong == []
