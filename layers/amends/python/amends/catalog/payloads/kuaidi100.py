"""Kuaidi100's answers and pushes: the scans of one number, in China time."""

from dataclasses import replace
from urllib.parse import parse_qsl

from amends.domain.parcel.carriers import carrier_of
from amends.domain.parcel.channel import Malformed
from amends.domain.parcel.chinese import meaning_of
from amends.domain.parcel.derive import derive, entry, no_scans, not_said, oldest_first
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import CHINA, parse_time
from amends.domain.parcel.vocabulary import ChannelState
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text
from amends.domain.parcel.wording import plainly

CHANNEL = "kuaidi100"
STATE = "kuaidi100.state"
# The names of the same states, which answers without `statusCode` give per scan.
_NAMES = dict(
    pair.split("=")
    for pair in """
    在途=0 揽收=1 疑难=2 签收=3 退签=4 派件=5 退回=6 转投=7 转单=7 清关=8 待清关=10 清关中=11
    已清关=12 清关异常=13 拒签=14 已下单=101 待揽收=102 已揽收=103 到达派件城市=1001 干线=1002
    转递=1003 投柜或站=501 投柜或驿站=501 本人签收=301 派件异常后签收=302 代签=303
    投柜或站签收=304 已销单=401 超时未签收=201 超时未更新=202 拒收=203 派件异常=204
    柜或驿站超时未取=205 无法联系=206 超区=207 滞留=208 破损=209 销单=210
    """.split()
)
_ERRORS = {
    "400": "malformed",
    "403": "unauthorised",
    "408": "needs_details",  # the phone's last four digits do not fit
    "429": "rate_limited",
    "501": "unavailable",
    "502": "unavailable",
    "503": "unauthorised",
    "600": "unauthorised",
    "601": "quota",
}
_TOLD = ("context", "time", "ftime", "status", "statusCode")
_NO_RESULT = ("无结果", "查无", "不存在", "暂无")
_PUSHED = {"abort": ChannelState.EXPIRED, "shutdown": ChannelState.STOPPED}


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer, a push (the form, or its `param` alone), or an error."""
    content = part(document(param_of(body) or body))
    if "lastResult" in content or "billstatus" in content:
        return (_pushed(content, number),)
    if content.get("returnCode") is not None and not rows(content.get("data")):
        code = text(content.get("returnCode"))
        return () if code == "200" else (_refused(content, code, number),)
    if "data" not in content and "status" not in content:
        return ()
    return (_reading(content, number),)


def param_of(body: bytes) -> bytes:
    """The decoded `param` of a form; empty where the body is no form."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return b""
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    except ValueError:
        return b""
    return fields.get("param", "").encode("utf-8", "replace")


def _refused(content: Document, code: str, number: str | None) -> Reading:
    named = first_text(content, "nu", "num") or number or ""
    carrier = carrier_of(CHANNEL, text(content.get("com")))
    message = text(content.get("message"))
    if code in ("500", "201") or any(words in message for words in _NO_RESULT):
        return no_scans(number=named, channel=CHANNEL, carrier=carrier)
    error = _ERRORS.get(code, "unavailable")
    state = ChannelState.QUOTA if error == "quota" else ChannelState.ACTIVE
    return not_said(number=named, channel=CHANNEL, carrier=carrier, error=error, state=state)


def _pushed(content: Document, number: str | None) -> Reading:
    state = _PUSHED.get(text(content.get("status")), ChannelState.ACTIVE)
    last, onward = _nested(content.get("lastResult")), _nested(content.get("destResult"))
    corrected = carrier_of(CHANNEL, text(content.get("comNew")))
    return _reading(last, number, state=state, corrected=corrected, onward=onward)


def _nested(value: object) -> Document:
    try:
        return part(document(value.encode()) if isinstance(value, str) else value)
    except Malformed:
        return {}


def _reading(
    result: Document,
    number: str | None,
    *,
    state: ChannelState = ChannelState.ACTIVE,
    corrected: str | None = None,
    onward: Document | None = None,
) -> Reading:
    named = first_text(result, "nu", "num") or number or ""
    carrier = corrected or carrier_of(CHANNEL, text(result.get("com")))
    scans = _scans(result, carrier)
    away = onward or {}
    partner, renamed = carrier_of(CHANNEL, text(away.get("com"))), text(away.get("nu"))
    scans += _scans(away, partner)
    status = text(result.get("status"))
    if not scans and status not in ("", "0", "1", "200"):
        refused = _refused({**result, "nu": named}, status, number)
        ended = refused.channel_state if state is ChannelState.ACTIVE else state
        return replace(refused, carrier=carrier, channel_state=ended)
    partner_says = text(away.get("state")) if rows(away.get("data")) else ""
    code = partner_says or text(result.get("state"))
    current = meaning(STATE, code)
    is_checked = "1" in (text(result.get("ischeck")), text(away.get("ischeck")))
    if current is None and is_checked:
        current = meaning(STATE, "3")
    unmapped = [scan.code for scan in scans if _code_meaning(scan.code) is None and scan.code]
    return derive(
        number=named,
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        state=state,
        # an answer that knows nothing has a state too, of one digit
        current=current if scans or len(code) > 1 or is_checked else None,
        successor=(partner, renamed) if partner and renamed not in ("", named) else None,
        unmapped=tuple(dict.fromkeys(unmapped)),
    )


def _code_meaning(code: str) -> Meaning | None:
    return meaning(STATE, code) or meaning(STATE, _NAMES.get(code, ""))


def _scans(result: Document, carrier: str | None) -> tuple[Scan, ...]:
    lines = [line for line in rows(result.get("data")) if first_text(line, *_TOLD)]
    return oldest_first([_scan(line, carrier) for line in lines], newest_first=True)


def _scan(line: Document, carrier: str | None) -> Scan:
    code, name = text(line.get("statusCode")), text(line.get("status"))
    words = text(line.get("context"))
    told = _code_meaning(code) or _code_meaning(name)
    said = meaning_of(words) or (None if code else plainly(words))
    if told is None and not code:
        told = said
    elif told and said and told.step is None and told.milestone is said.milestone:
        told = Meaning(milestone=told.milestone, step=said.step, reason=told.reason)
    at_raw = first_text(line, "time", "ftime")
    area = text(line.get("areaCode"))
    return entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=at_raw,
        at=parse_time(at_raw, zone=CHINA) or parse_time(line.get("ftime"), zone=CHINA),
        told=told,
        place=Place(
            text=first_text(line, "location", "areaName"),
            country="CN" if area.startswith("CN") else None,
            node=area or None,
        ),
        text=words,
        code=code or name,
    )
