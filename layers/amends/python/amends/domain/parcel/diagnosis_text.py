"""Diagnosis, in words: what a buyer is told, by cause and language."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    """Why a parcel cannot be tracked."""

    NUMBER_WRONG = "number_wrong"
    TOO_EARLY = "too_early"
    NOT_POSTED = "not_posted"
    SYNC_LAG = "sync_lag"
    TRANSHIPMENT = "transhipment"
    DATA_ERROR = "data_error"
    CUSTOMS = "customs"
    CHANNEL_DOWN = "channel_down"
    RECYCLED_NUMBER = "recycled_number"
    WRONG_CARRIER = "wrong_carrier"
    UNTRACKED_SERVICE = "untracked_service"


class NextStep(StrEnum):
    """What is done next."""

    WAIT = "wait"
    CORRECT_NUMBER = "correct_number"
    ASK_SENDER = "ask_sender"
    ASK_CARRIER = "ask_carrier"
    ASK_PARTNER = "ask_partner"
    ASK_OTHER_CARRIER = "ask_other_carrier"
    PROVIDE_DOCUMENTS = "provide_documents"
    RETRY_CHANNELS = "retry_channels"


_TEXT: Mapping[Cause, tuple[str, str]] = {
    Cause.NUMBER_WRONG: (
        (
            "The tracking number seems to be mistyped: its check digit does not fit."
            " Please compare it with the shipping confirmation."
        ),
        "该单号的校验位不符，可能有误，请与发货通知中的单号核对。",
    ),
    Cause.TOO_EARLY: (
        "Your parcel was posted only recently; its first scan is not yet due.",
        "您的包裹刚刚寄出，尚未到出现首条物流信息的时间。",
    ),
    Cause.NOT_POSTED: (
        (
            "The carrier knows of the label but has not scanned the parcel."
            " We are asking the sender whether it was handed over."
        ),
        "承运商尚未扫描到该包裹，我们正在向寄件人核实是否已交寄。",
    ),
    Cause.SYNC_LAG: (
        "Your parcel is on its way, but the carrier's information reaches us late.",
        "您的包裹正在运输途中，但承运商的物流信息更新有延迟。",
    ),
    Cause.TRANSHIPMENT: (
        (
            "Your parcel is being passed from one carrier to the next;"
            " it is usual that no scans appear meanwhile."
        ),
        "您的包裹正在不同承运商之间中转，期间暂无物流更新属正常情况。",
    ),
    Cause.DATA_ERROR: (
        "The tracking data of your parcel is contradictory. We are having it corrected.",
        "您包裹的物流数据存在矛盾，我们正在请承运商更正。",
    ),
    Cause.CUSTOMS: (
        "Your parcel is with customs. How long that takes is for customs to decide.",
        "您的包裹正在海关查验，所需时间由海关决定。",
    ),
    Cause.CHANNEL_DOWN: (
        (
            "The carrier's tracking service does not answer at present."
            " This says nothing about your parcel; we keep asking."
        ),
        "承运商的查询系统暂时无法访问，这并不代表包裹异常，我们会继续查询。",
    ),
    Cause.RECYCLED_NUMBER: (
        (
            "The scans shown under this number belong to an earlier parcel."
            " Yours has not been scanned yet."
        ),
        "该单号下显示的是以前另一个包裹的信息，您的包裹尚未被扫描。",
    ),
    Cause.WRONG_CARRIER: (
        "The number seems to belong to another carrier than the one named.",
        "该单号似乎属于另一家承运商，而非所填写的承运商。",
    ),
    Cause.UNTRACKED_SERVICE: (
        (
            "Your parcel travels by a postal service without tracking;"
            " it can arrive without ever being shown."
        ),
        "您的包裹使用的是不提供跟踪的邮政服务，可能在没有物流信息的情况下送达。",
    ),
}
_SUGGESTED: Mapping[Cause, tuple[str, str]] = {
    Cause.NUMBER_WRONG: ("Did you mean {it}?", "您要查询的是否为 {it}？"),
    Cause.WRONG_CARRIER: ("It looks like a number of {it}.", "看起来是 {it} 的单号。"),
    Cause.TRANSHIPMENT: ("It goes on under the number {it}.", "后续单号为 {it}。"),
}
_UNTIL = (
    "Please wait until {it:%Y-%m-%d}; if nothing has changed by then, we ask the carrier for you.",
    "请等待至 {it:%Y-%m-%d}，届时若仍无变化，我们将主动为您向承运商查询。",
)
_STEP: Mapping[NextStep, tuple[str, str]] = {
    NextStep.ASK_CARRIER: ("We are asking the carrier now.", "我们正在向承运商查询。"),
    NextStep.PROVIDE_DOCUMENTS: (
        "Customs asks for documents or duty; please look out for its notice.",
        "海关要求补充资料或缴纳税费，请留意相关通知。",
    ),
}
_LANGUAGES = ("en", "zh-CN")


def message(
    cause: Cause, step: NextStep, *, until: datetime | None = None, suggestion: str | None = None
) -> Mapping[str, str]:
    """What the buyer is told, by language; dates are UTC days, numbers and names as given."""
    told = {}
    for place, language in enumerate(_LANGUAGES):
        parts = [_TEXT[cause][place]]
        if suggestion and cause in _SUGGESTED:
            parts.append(_SUGGESTED[cause][place].format(it=suggestion))
        if step in _STEP:
            parts.append(_STEP[step][place])
        if until is not None:
            parts.append(_UNTIL[place].format(it=until))
        told[language] = (" " if language == "en" else "").join(parts)
    return told
