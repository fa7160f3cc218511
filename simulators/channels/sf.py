"""SF Express 顺丰 Fengqiao: signed forms, an answer inside an answer, ten numbers."""

import json
from base64 import b64encode
from hashlib import md5
from urllib.parse import quote_plus

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.oauth import grant
from simulators.parcel import Parcel, Scan, key_of
from simulators.wire import Answer, Ask, Message, as_json, compact, text
from simulators.words import code_for, words_for

VOCABULARY = "sf.opCode"
SERVICE = "EXP_RECE_SEARCH_ROUTES"
TOKEN_LIVES = 7200


def answer(ask: Ask, desk: Desk) -> Answer:
    """`POST /std/service`, or the token at `/oauth2/accessToken`."""
    form = ask.form()
    if ask.path.startswith("/oauth2"):
        return _token(form, desk)
    if ask.path != "/std/service" or form.get("serviceCode") != SERVICE:
        return _outer("A1001", "必传参数不可为空")
    if not _is_signed(form, desk):
        return desk.refuse("msgDigest")
    try:
        wanted = json.loads(form.get("msgData", ""))
        numbers = [str(number) for number in wanted["trackingNumber"]]
    except (ValueError, KeyError, TypeError):
        return _outer("A1001", "必传参数不可为空")
    if desk.over_batch(len(numbers)):
        failed = {
            "success": False,
            "errorCode": "8003",
            "errorMsg": "查询单号超限",
            "msgData": None,
        }
        return _outer("A1000", "", failed)
    tail = desk.credentials.get("phone_tail", "")
    is_known = not tail or text(wanted, "checkPhoneNo") == tail
    routes = [_routes(number, desk, is_known=is_known) for number in numbers]
    data = {"routeResps": routes}
    return _outer(
        "A1000", "", {"success": True, "errorCode": "S0000", "errorMsg": None, "msgData": data}
    )


def digest_of(message: str, timestamp: str, checkword: str) -> str:
    """Base64 of the MD5 of the form-encoded message, timestamp and checkword."""
    signed = quote_plus(message + timestamp + checkword, safe="*-._").encode()
    return b64encode(md5(signed, usedforsecurity=False).digest()).decode()


def _is_signed(form: dict[str, str], desk: Desk) -> bool:
    if form.get("partnerID") != desk.credentials["partner_id"]:
        return False
    held = form.get("accessToken")
    if held:
        return desk.shelf.tokens.get(held, 0) > desk.seconds
    checkword = desk.credentials["checkword"]
    expected = digest_of(form.get("msgData", ""), form.get("timestamp", ""), checkword)
    return form.get("msgDigest") == expected


def _token(form: dict[str, str], desk: Desk) -> Answer:
    client, proof = form.get("partnerID", ""), form.get("secret", "")
    issued = grant(desk, client, proof, lives_seconds=TOKEN_LIVES)
    if issued is None:
        return as_json({"apiResultCode": "A1006", "apiErrorMsg": "无效数字签名"})
    return as_json(
        {
            "apiResultCode": "A1000",
            "apiErrorMsg": "",
            "accessToken": issued,
            "expiresIn": TOKEN_LIVES,
        }
    )


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """The last route; SF signs nothing."""
    if not parcel.scans or not desk.known(parcel.number):
        return None
    scan = parcel.last
    row = {
        "mailno": parcel.number,
        "acceptAddress": scan.location,
        "reasonName": "",
        "orderid": f"ORD-{parcel.number[-5:]}",
        "acceptTime": scan.china,
        "remark": words_for(scan, chinese=True),
        "opCode": code_for(VOCABULARY, scan),
        "id": str(int(key_of("sf", parcel.number, scan.zulu)[:12], 16)),
        "reasonCode": scan.codes.get("sf.reasonCode", ""),
    }
    return Message(body=compact({"Body": {"WaybillRoute": [row]}}))


def refuse(refusal: Refusal) -> Answer:
    """`apiResultCode`; HTTP stays 200 but for what a gateway answers."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _outer("A1006", "无效数字签名")
        case Refusal.RATE_LIMITED:
            return _outer("A1005", "流量超限", status=429)
        case Refusal.SERVER_ERROR:
            return _outer("A1099", "系统异常", status=500)


def _outer(code: str, message: str, data: object = None, *, status: int = 200) -> Answer:
    body = {
        "apiErrorMsg": message,
        "apiResponseID": "00019A2B3C4D5E6F",
        "apiResultCode": code,
        "apiResultData": json.dumps(data, ensure_ascii=False) if data else None,
    }
    return as_json(body, status=status)


def _routes(number: str, desk: Desk, *, is_known: bool) -> dict[str, object]:
    parcel = desk.parcel(number)
    scans = parcel.scans if parcel and is_known else ()
    return {"mailNo": number, "routes": [_route(scan) for scan in scans]}


def _route(scan: Scan) -> dict[str, str]:
    return {
        "acceptTime": scan.china,
        "acceptAddress": scan.location,
        "opCode": code_for(VOCABULARY, scan),
        "remark": words_for(scan, chinese=True),
        "firstStatusCode": "",
        "firstStatusName": "",
        "secondaryStatusCode": "",
        "secondaryStatusName": "",
    }


CHANNEL = Channel(
    code="sf",
    terms=Terms(
        batch=10, rates=(Rate(requests=30, seconds=1), Rate(requests=3000, seconds=86_400))
    ),
    credentials={
        "partner_id": "SF-PARTNER-EXAMPLE",
        "checkword": "SF-CHECKWORD-EXAMPLE",
        "client_id": "SF-PARTNER-EXAMPLE",
        "client_secret": "SF-CHECKWORD-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
    carriers=("sf", "shunfeng"),
)
