"""Kuaidi100 快递100: MD5-signed forms, China time, one number no oftener than each half hour."""

import json
from hashlib import md5
from urllib.parse import urlencode

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Terms
from simulators.parcel import Parcel, Scan
from simulators.wire import Answer, Ask, Message, as_json, compact, inner, text
from simulators.words import code_for, words_for

VOCABULARY = "kuaidi100.state"
NEEDS_PHONE = ("shunfeng", "zhongtong")


def answer(ask: Ask, desk: Desk) -> Answer:
    """`POST /poll/query.do` asks; `POST /poll` subscribes."""
    form = ask.form()
    param = form.get("param", "")
    try:
        wanted = json.loads(param)
    except ValueError:
        return _fail("400", "提交的数据不完整,或者贵公司没授权")
    if not isinstance(wanted, dict) or ask.method != "POST":
        return _fail("400", "提交的数据不完整,或者贵公司没授权")
    if ask.path == "/poll":
        return _subscribe(wanted, desk)
    key, customer = desk.credentials["key"], desk.credentials["customer"]
    if form.get("customer") != customer or form.get("sign") != sign(param + key + customer):
        return desk.refuse("sign")
    return _query(wanted, desk)


def sign(signed: str) -> str:
    """Upper-case MD5, as Kuaidi100 signs."""
    return md5(signed.encode(), usedforsecurity=False).hexdigest().upper()


def _query(wanted: dict[str, object], desk: Desk) -> Answer:
    number = text(wanted, "num")
    phones = desk.credentials.get("phone_tail", "")
    if phones and text(wanted, "com") in NEEDS_PHONE and text(wanted, "phone")[-4:] != phones:
        return _fail("408", "验证码错误")
    parcel = desk.parcel(number)
    if parcel is None:
        return _fail("500", "查询无结果，请隔段时间再查")
    return as_json(_result(parcel, text(wanted, "com")))


def _subscribe(wanted: dict[str, object], desk: Desk) -> Answer:
    if text(wanted, "key") != desk.credentials["key"]:
        return desk.refuse("key")
    if not inner(wanted, "parameters").get("callbackurl"):
        return _fail("701", "拒绝订阅的快递公司")
    if not desk.register(text(wanted, "number"), wanted):
        return as_json({"result": False, "returnCode": "501", "message": "重复订阅"})
    return as_json({"result": True, "returnCode": "200", "message": "提交成功"})


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """The form that the subscriber gets, signed with the salt that it chose."""
    if not parcel.scans:
        return None
    registration = desk.shelf.registered.get(parcel.number, {})
    parameters = inner(registration, "parameters")
    salt = text(parameters, "salt") or desk.credentials["salt"]
    result = _result(parcel, text(registration, "company"), is_basic=True)
    is_over = parcel.last.milestone in {"delivered", "returned"}
    param = compact(
        {
            "status": "shutdown" if is_over else "polling",
            "billstatus": "check" if is_over else "got",
            "message": "",
            "autoCheck": "0",
            "comOld": "",
            "comNew": "",
            "lastResult": result,
        }
    ).decode()
    return Message(
        body=urlencode({"sign": sign(param + salt), "param": param}).encode(),
        content_type="application/x-www-form-urlencoded",
        url=text(parameters, "callbackurl") or None,
    )


def refuse(refusal: Refusal) -> Answer:
    """`result` false; HTTP stays 200 but for what a gateway answers."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail("503", "验证签名失败")
        case Refusal.RATE_LIMITED:
            return _fail("502", "服务器繁忙", status=429)
        case Refusal.SERVER_ERROR:
            return _fail("501", "服务器错误", status=500)


def _fail(code: str, message: str, *, status: int = 200) -> Answer:
    return as_json({"result": False, "returnCode": code, "message": message}, status=status)


def _result(parcel: Parcel, company: str, *, is_basic: bool = False) -> dict[str, object]:
    state = code_for(VOCABULARY, parcel.last)
    return {
        "message": "ok",
        "nu": parcel.number,
        "ischeck": "1" if parcel.last.milestone == "delivered" else "0",
        "condition": "",
        "com": company or parcel.carrier,
        "status": "200",
        "state": _basic(state) if is_basic else state,
        "data": [_line(scan) for scan in reversed(parcel.scans)],
        "isLoop": False,
    }


def _basic(state: str) -> str:
    """A push without resultv2 detail names the basic state: 208 is a kind of 2."""
    if len(state) == 4:
        return "0"
    return state[0] if len(state) == 3 else state


def _line(scan: Scan) -> dict[str, str]:
    return {
        "time": scan.china,
        "context": words_for(scan, chinese=True),
        "ftime": scan.china,
        "areaCode": "CN440300000000",
        "areaName": scan.location,
        "status": words_for(scan, chinese=True),
        "location": "",
        "areaCenter": "114.057868,22.543099",
        "areaPinYin": "shen zhen shi",
        "statusCode": code_for(VOCABULARY, scan),
    }


CHANNEL = Channel(
    code="kuaidi100",
    terms=Terms(refresh_seconds=1800),
    credentials={
        "customer": "KD-CUSTOMER-EXAMPLE",
        "key": "KD-KEY-EXAMPLE",
        "salt": "SALT-EXAMPLE-32-CHARACTERS-LONG!",
    },
    answer=answer,
    refuse=refuse,
    push=push,
)
