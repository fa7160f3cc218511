"""SF Express 顺丰 (Fengqiao): signed forms, an answer inside an answer, ten numbers; XML pushes."""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import md5, sha256
from json import dumps
from urllib.parse import quote_plus
from uuid import NAMESPACE_URL, uuid5

from amends.catalog.payloads.sf_form import XML_ACKNOWLEDGED, content_of, is_xml
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, together
from amends.domain.parcel.channel import (
    PATH_KEY,
    Account,
    Answer,
    Asked,
    BadSignature,
    Limits,
    Malformed,
    Push,
    PushKind,
)
from amends.domain.parcel.chinese import meaning_of, reason_of
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import CHINA, parse_time
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text
from amends.domain.parcel.wording import plainly

CHANNEL = "sf"
CARRIER = "sf"
CARRIERS: frozenset[str] = frozenset({CARRIER})
LIMITS = Limits(
    batch_size=10,
    requests=30,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=1),
    daily=3000,
    source="SF Fengqiao, integration environment: 30/s and 3,000 a day for each interface",
)
SECRETS: tuple[str, ...] = ("partner_id", "checkword")
"""An account may also have a `push_key`, the secret end of the address that SF pushes to."""
BASE_URL = "https://bspgw.sf-express.com"
ACKNOWLEDGED = '{"return_code":"0000","return_msg":"成功"}'.encode()

_SERVICE = "EXP_RECE_SEARCH_ROUTES"
_OPCODE = "sf.opCode"
_ERRORS = {
    "A1001": "malformed",
    "A1002": "malformed",
    "A1003": "unauthorised",  # address not on the list
    "A1004": "unauthorised",
    "A1005": "rate_limited",
    "A1006": "unauthorised",
    "A1009": "unavailable",  # the service behind does not answer
    "8003": "malformed",  # more than ten
}
_UNPROVEN = ("token", "oauth", "认证", "签名", "权限")
_NOT_FOUND = ("不存在", "找不到", "未查", "查无", "无路由", "没有路由", "无数据")

_WRONG = ("不合法", "格式", "无效", "有误")


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about up to ten numbers, one request for each phone tail: SF checks one per request.

    Signed with the OAuth2 token where the account has one, else with `msgDigest`.
    """
    answers: list[Answer] = []
    for tail in dict.fromkeys(one.phone_tail for one in asked):
        group = [one for one in asked if one.phone_tail == tail]
        response = yield _request(group, tail or "", account)
        answers.append(answer(group, response, channel=CHANNEL, read=read))
    return together(answers)


register = nothing_to_register
"""SF answers for any number, and pushes what the contract names."""


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer (its data is JSON in a string), a push of routes, or an error."""
    sent = content_of(body)
    content = {"WaybillRoute": sent} if isinstance(sent, list) else part(sent)
    if "Body" in content or "WaybillRoute" in content:
        return _pushed(part(content, "Body") or content)
    code = text(content.get("apiResultCode"))
    if code not in ("", "A1000"):
        return (_refused(code, text(content.get("apiErrorMsg")), number),)
    inner = part(_nested(content.get("apiResultData"))) or content
    data = part(_nested(inner.get("msgData"))) or part(inner)
    told = tuple(_answered(row, number) for row in rows(data.get("routeResps")))
    fault = text(inner.get("errorCode"))
    if told:
        return told
    if inner.get("success") is False or fault not in ("", "S0000"):
        return (_refused(fault, text(inner.get("errorMsg")), number),)
    is_answer = code == "A1000" or "routeResps" in data
    return (no_scans(number=number or "", channel=CHANNEL, carrier=CARRIER),) if is_answer else ()


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """A wake-up only: SF signs nothing, so the numbers are asked about again.

    Where the account has a `push_key`, the address that SF was given must end with it.
    """
    key, shown = secrets.get("push_key", ""), headers.get(PATH_KEY, "")
    if key and not hmac.compare_digest(key.encode(), shown.encode()):
        raise BadSignature("the address of this push does not end with its key")
    numbers = tuple(one.number for one in read(body) if one.number and not one.error)
    if not numbers:
        raise Malformed("the push names no number")
    return Push(
        kind=PushKind.WAKE_UP,
        event_id=_event_id(body),
        numbers=numbers,
        acknowledge=XML_ACKNOWLEDGED if is_xml(body) else ACKNOWLEDGED,
    )


def digest_of(message: str, timestamp: str, checkword: str) -> str:
    """`msgDigest`: base64 of the MD5 of message, time and checkword, encoded as Java does."""
    encoded = quote_plus(message + timestamp + checkword, safe="*-._").replace("~", "%7E")
    return b64encode(md5(encoded.encode(), usedforsecurity=False).digest()).decode()


def _request(asked: Sequence[Asked], tail: str, account: Account) -> Request:
    content = {
        "language": "zh-CN",
        "trackingType": "1",
        "trackingNumber": [one.number for one in asked],
        "methodType": "1",
        **({"checkPhoneNo": tail} if tail else {}),
    }
    message = dumps(content, ensure_ascii=False, separators=(",", ":"))
    timestamp = str(int(account.at.timestamp() * 1000)) if account.at else "0"
    partner = account.secrets["partner_id"]
    if account.token:
        proof = ("accessToken", account.token)
    else:
        proof = ("msgDigest", digest_of(message, timestamp, account.secrets["checkword"]))
    form = [
        ("partnerID", partner),
        ("requestID", str(uuid5(NAMESPACE_URL, f"{partner}/{timestamp}/{message}"))),
        ("serviceCode", _SERVICE),
        ("timestamp", timestamp),
        proof,
        ("msgData", message),
    ]
    return Request.post_form(f"{account.base_url}/std/service", form)


def _nested(value: object) -> object:
    """JSON, also where it came as a string of JSON (which may be null or broken)."""
    if not isinstance(value, str) or not value.strip():
        return value
    try:
        return document(value.encode("utf-8", "replace"))
    except Malformed:
        return None


def _event_id(body: bytes) -> str:
    """The ids of the routes pushed: SF's own key for telling a repeat."""
    content = part(content_of(body))
    routes = rows((part(content, "Body") or content).get("WaybillRoute"))
    ids = [found for route in routes if (found := text(route.get("id")))]
    return "+".join(ids) if 0 < len(ids) <= 5 else sha256(body).hexdigest()


def _refused(code: str, message: str, number: str | None) -> Reading:
    if any(words in message for words in _NOT_FOUND):
        return no_scans(number=number or "", channel=CHANNEL, carrier=CARRIER)
    if "运单号" in message and any(words in message for words in _WRONG):
        return not_said(number=number or "", channel=CHANNEL, carrier=CARRIER, error="bad_number")
    is_ours = any(words in message.casefold() for words in _UNPROVEN)
    error = _ERRORS.get(code) or ("unauthorised" if is_ours else "unavailable")
    return not_said(number=number or "", channel=CHANNEL, carrier=CARRIER, error=error)


def _pushed(content: Document) -> tuple[Reading, ...]:
    routes: dict[str, list[Document]] = {}
    for route in rows(content.get("WaybillRoute")):
        routes.setdefault(first_text(route, "mailno", "mailNo"), []).append(route)
    return tuple(_reading(number, lines) for number, lines in routes.items() if number)


def _answered(row: Document, number: str | None) -> Reading:
    named = first_text(row, "mailNo", "mailno") or number or ""
    return _reading(named, rows(row.get("routes")))


def _reading(number: str, lines: Sequence[Document]) -> Reading:
    scans = [_scan(line) for line in lines]
    codes = (scan.code for scan in scans)
    unmapped = dict.fromkeys(c for c in codes if c and meaning(_OPCODE, c) is None)
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=CARRIER,
        scans=scans,
        unmapped=tuple(unmapped),
    )


def _scan(line: Document) -> Scan:
    code, words = first_text(line, "opCode", "opcode"), text(line.get("remark"))
    why = first_text(line, "reasonName", "reasonRemark")
    told = meaning(_OPCODE, code)
    if not code:
        names = (text(line.get("secondaryStatusName")), text(line.get("firstStatusName")))
        told = meaning_of(words) or next(filter(None, map(meaning_of, names)), plainly(words))
    elif code == "33" and (reason := reason_of(why) or reason_of(words)) and told:
        told = Meaning(milestone=told.milestone, step=told.step, reason=reason)
    at_raw = first_text(line, "acceptTime", "accepttime", "accept_time")
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=at_raw,
        at=parse_time(at_raw, zone=CHINA),
        told=told,
        place=Place(text=first_text(line, "acceptAddress", "acceptaddress", "accept_address")),
        text=words or why,
        code=code,
        provider_id=text(line.get("id")),
    )
