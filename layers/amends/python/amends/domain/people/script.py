"""Call scripts: what an agent says and asks on the phone, at the counter, or of a letter.

What each kind asks beside this is its own (`catalog/incidents`); `service/people/scripting.py`
puts both together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict, Unpack

CHANNELS = ("phone", "counter", "letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question; `field` is where its answer goes in the report, dotted.

    `type` says what is typed in: the types of answers, and what has a form of its own (`day`,
    `money`, `country`, `carrier`, `service`, `phone`, `email`, `address`, `person`, `items`).
    """

    field: str
    ask: Mapping[str, str]
    type: str = "text"
    choices: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    """The channels on which it must be asked."""


def said(en: str, zh: str) -> Mapping[str, str]:
    """A text in both languages."""
    return {"en": en, "zh-CN": zh}


class _More(TypedDict, total=False):
    type: str
    choices: tuple[str, ...]
    on: tuple[str, ...]


def _line(field: str, en: str, zh: str, **more: Unpack[_More]) -> Line:
    return Line(field=field, ask=said(en, zh), **more)


_TALKS = ("phone", "counter")
FIRST = (
    _line(
        "shipment.tracking_number",
        "What is the tracking number? Please read it from the receipt.",
        "请对照寄件凭证，告诉我运单号。",
        on=CHANNELS,
    ),
    _line(
        "reporter.role",
        "Did you send the parcel, or do you expect it?",
        "您是寄件人还是收件人？",
        type="choice",
        choices=("sender", "addressee", "merchant"),
        on=CHANNELS,
    ),
    _line("reporter.name", "May I have your name?", "请问怎么称呼您？", on=CHANNELS),
    _line(
        "reporter.phone",
        "On which number may we call you back?",
        "方便回电的号码是多少？",
        type="phone",
        on=_TALKS,
    ),
    _line(
        "reporter.email", "May we write to you by e-mail?", "可以用电子邮件联系您吗？", type="email"
    ),
    _line(
        "reporter.address",
        "Where may we send letters to?",
        "信件可以寄到哪里？",
        type="address",
        on=("letter",),
    ),
    _line(
        "reporter.language",
        "In which language shall we write to you?",
        "您希望我们用哪种语言与您联系？",
        type="choice",
        choices=("en", "zh-CN"),
        on=CHANNELS,
    ),
    _line("shipment.carrier", "Which carrier took it?", "交给哪家承运企业寄递？", type="carrier"),
    _line("shipment.service", "Which service was paid for?", "使用的是哪种业务？", type="service"),
    _line("shipment.shipped_on", "On which day was it posted?", "哪一天交寄的？", type="day"),
    _line("shipment.expected_on", "On which day was it to arrive?", "承诺哪一天送达？", type="day"),
    _line(
        "shipment.origin.country",
        "From which country was it sent?",
        "从哪个国家或地区寄出？",
        type="country",
    ),
    _line(
        "shipment.destination.country", "To which country?", "寄往哪个国家或地区？", type="country"
    ),
    _line("shipment.postage", "What did the postage cost?", "邮费是多少？", type="money"),
    _line(
        "shipment.insured_value",
        "Was it insured, and for how much?",
        "是否保价？保价金额是多少？",
        type="money",
    ),
    _line(
        "sender",
        "Who sent it: name, telephone and full address?",
        "寄件人的姓名、电话和详细地址？",
        type="person",
    ),
    _line(
        "addressee",
        "Who is to receive it: name, telephone and full address?",
        "收件人的姓名、电话和详细地址？",
        type="person",
    ),
    _line(
        "items",
        "What was in it, how many of each, what was each worth, is anything fragile or valuable?",
        "里面有哪些物品，各几件，单价多少？有没有易碎品或贵重物品？",
        type="items",
    ),
    _line("incident.noticed_at", "When was it noticed?", "什么时候发现的？", type="moment"),
)
LAST = (
    _line(
        "incident.details.inquired_on",
        "Have you asked the carrier already, and on which day?",
        "是否已向承运企业查询过？哪一天？",
        type="day",
    ),
    _line(
        "incident.narrative", "Please tell me in your own words.", "请您描述一下经过。", on=CHANNELS
    ),
    _line("incident.wish", "What would put it right for you?", "您希望如何解决？"),
)

OPENING = {
    "phone": said(
        "Thank you for calling. I am sorry to hear about your parcel; let us look at it together.",
        "感谢您的来电。很抱歉包裹出现了问题，我们一起来看看如何解决。",
    ),
    "counter": said(
        "Welcome. I am sorry about your parcel; please take a seat while I write everything down.",
        "您好，请坐。很抱歉包裹出现了问题，我来为您登记。",
    ),
    "letter": said(
        "Scan every page as evidence first, then type in what the letter says.",
        "请先将信件逐页扫描存为证据，再按信件内容录入。",
    ),
}
CLOSING = {
    "phone": said(
        "Let me repeat what I understood. Is that right? You get the case number in writing now.",
        "我复述一遍我的理解，请您确认是否正确。案件编号会马上以书面形式发给您。",
    ),
    "counter": said(
        "Please read what I wrote down and sign it. Here is your case number.",
        "请您核对登记内容并签名确认。这是您的案件编号。",
    ),
    "letter": said(
        "Send the acknowledgement, with questions for whatever the letter does not say.",
        "请发送受理通知，并就信中未说明的事项提问。",
    ),
}
ADVICE: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "lost": (said("We ask every office on the route today.", "我们今天就向沿途各网点查询。"),),
    "damaged": (
        said("Please keep goods and packaging.", "请保留物品和全部包装。"),
        said("Photograph all six sides and the label.", "请拍摄六个面和面单的照片。"),
    ),
    "contents_missing": (
        said("Please weigh it as it is and photograph the tape.", "请按现状称重，并拍摄封口胶带。"),
    ),
    "misdelivered": (
        said("Please do not open it, and do not pass it on.", "请不要拆开，也不要转交他人。"),
    ),
    "prohibited_contents": (
        said("Do not touch or move it; keep people away.", "不要触碰或移动，并请周围人员远离。"),
        said(
            "If anybody is in danger, call the emergency number.", "如有危险，请立即拨打报警电话。"
        ),
    ),
    "untraceable": (
        said("A new number may take a day or two to show.", "新单号可能需要一两天才有轨迹。"),
    ),
    "delayed": (
        said(
            "We tell you the new date as soon as we know it.", "一有新的送达时间，我们马上告知您。"
        ),
    ),
}
