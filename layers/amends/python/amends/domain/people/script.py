"""Call scripts: what an agent asks on the phone or at the counter, by kind, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.people.phrases import KINDS

CHANNELS = ("phone", "counter", "letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `field` is where its answer goes in the report, dotted."""

    field: str
    ask: Mapping[str, str]
    is_required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said and asked, in order."""

    opening: str
    questions: tuple[tuple[str, str, bool], ...]
    """Field, question, required."""
    advice: tuple[str, ...]
    closing: str


def script_for(kind: str, language: str, channel: str) -> Script:
    """The script of one kind on one channel: `phone`, `counter` or `letter`.

    A letter has nobody to talk to: its questions are a form to type in from the scan, and what is
    not in it is asked for in writing.
    """
    chosen = (*_ALWAYS, *_BY_KIND[kind], *_LAST)
    return Script(
        opening=_OPENING[channel][language],
        questions=tuple((q.field, q.ask[language], q.is_required) for q in chosen),
        advice=tuple(line[language] for line in _ADVICE[kind]),
        closing=_CLOSING[channel][language],
    )


def _question(field: str, en: str, zh: str, *, is_required: bool = True) -> Question:
    return Question(field=field, ask={"en": en, "zh-CN": zh}, is_required=is_required)


def _says(en: str, zh: str) -> Mapping[str, str]:
    return {"en": en, "zh-CN": zh}


_OPENING = {
    "phone": _says(
        "Thank you for calling. I am sorry to hear about your parcel; let us look at it together.",
        "感谢您的来电。很抱歉包裹出现了问题，我们一起来看看如何解决。",
    ),
    "counter": _says(
        "Welcome. I am sorry about your parcel; please take a seat while I write everything down.",
        "您好，请坐。很抱歉包裹出现了问题，我来为您登记。",
    ),
    "letter": _says(
        "Scan every page as evidence first, then type in what the letter says.",
        "请先将信件逐页扫描存为证据，再按信件内容录入。",
    ),
}
_CLOSING = {
    "phone": _says(
        "Let me repeat what I understood. Is that right? You get the case number in writing now.",
        "我复述一遍我的理解，请您确认是否正确。案件编号会马上以书面形式发给您。",
    ),
    "counter": _says(
        "Please read what I wrote down and sign it. Here is your case number.",
        "请您核对登记内容并签名确认。这是您的案件编号。",
    ),
    "letter": _says(
        "Send the acknowledgement, with questions for whatever the letter does not say.",
        "请发送受理通知，并就信中未说明的事项提问。",
    ),
}
_ALWAYS = (
    _question("shipment.tracking_number", "What is the tracking number?", "运单号是多少？"),
    _question("shipment.shipped_on", "When was it posted, and where?", "什么时候、在哪里寄出的？"),
    _question("reporter.role", "Did you send the parcel or expect it?", "您是寄件人还是收件人？"),
    _question("reporter.name", "May I have your name?", "请问怎么称呼您？"),
    _question("reporter.phone", "On which number may we call you back?", "方便回电的号码是多少？"),
    _question(
        "items",
        "What was in it, how many of each, and what was each worth?",
        "里面有哪些物品，各几件，价值多少？",
    ),
)
_LAST = (
    _question("incident.narrative", "Please tell me in your own words.", "请您描述一下经过。"),
    _question(
        "incident.details.wish",
        "What would put it right for you?",
        "您希望如何解决？",
        is_required=False,
    ),
)
_BY_KIND: Mapping[str, tuple[Question, ...]] = {
    "lost": (
        _question(
            "incident.details.last_news",
            "What was the last you heard of it?",
            "最后一次看到的物流信息是什么？",
        ),
        _question(
            "incident.details.asked_nearby",
            "Could a neighbour or a pick-up point have it?",
            "邻居或代收点是否可能代收？",
        ),
    ),
    "damaged": (
        _question("incident.noticed_at", "When did you notice the damage?", "什么时候发现破损的？"),
        _question(
            "incident.details.kept", "Do you still have the packaging?", "外包装是否还保留？"
        ),
        _question(
            "incident.details.damage",
            "Which items are damaged, and how?",
            "哪些物品破损，程度如何？",
        ),
    ),
    "contents_missing": (
        _question(
            "incident.details.missing_items",
            "What is missing, and how many?",
            "缺少哪些物品，各几件？",
        ),
        _question(
            "incident.details.seal",
            "Was the tape or the seal opened?",
            "封条或胶带是否有拆动痕迹？",
        ),
        _question(
            "incident.details.weight",
            "Do you know its weight on arrival?",
            "是否知道签收时的重量？",
            is_required=False,
        ),
    ),
    "misdelivered": (
        _question(
            "incident.details.where",
            "Where is the parcel now, as far as you know?",
            "据您所知，包裹现在在哪里？",
        ),
        _question("incident.details.opened", "Has it been opened?", "包裹是否已被拆开？"),
    ),
    "prohibited_contents": (
        _question(
            "incident.details.substance",
            "What is in it, as far as you know?",
            "据您所知，里面是什么？",
        ),
        _question(
            "incident.details.danger",
            "Is there a smell, a leak, heat or smoke? Is anybody hurt?",
            "是否有异味、渗漏、发热或冒烟？有人受伤吗？",
        ),
    ),
    "untraceable": (
        _question("incident.details.asked_where", "Where did you look it up?", "您在哪里查询的？"),
        _question(
            "incident.details.receipt",
            "Can you read the number to me from the receipt?",
            "请对照寄件凭证再读一遍单号，好吗？",
        ),
    ),
    "delayed": (
        _question("shipment.expected_on", "When was it to arrive?", "原定什么时候送达？"),
        _question(
            "incident.details.needed_by",
            "Is there a day after which it is of no use to you?",
            "是否有必须送达的最晚日期？",
            is_required=False,
        ),
    ),
}
_ADVICE: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "lost": (_says("We ask every office on the route today.", "我们今天就向沿途各网点查询。"),),
    "damaged": (
        _says("Please keep goods and packaging.", "请保留物品和全部包装。"),
        _says("Photograph all six sides and the label.", "请拍摄六个面和面单的照片。"),
    ),
    "contents_missing": (
        _says(
            "Please weigh it as it is and photograph the tape.", "请按现状称重，并拍摄封口胶带。"
        ),
    ),
    "misdelivered": (
        _says("Please do not open it, and do not pass it on.", "请不要拆开，也不要转交他人。"),
    ),
    "prohibited_contents": (
        _says("Do not touch or move it; keep people away.", "不要触碰或移动，并请周围人员远离。"),
        _says(
            "If anybody is in danger, call the emergency number.", "如有危险，请立即拨打报警电话。"
        ),
    ),
    "untraceable": (
        _says("A new number may take a day or two to show.", "新单号可能需要一两天才有轨迹。"),
    ),
    "delayed": (
        _says(
            "We tell you the new date as soon as we know it.", "一有新的送达时间，我们马上告知您。"
        ),
    ),
}

KINDS_WITH_SCRIPT = tuple(kind for kind in KINDS["en"] if kind in _BY_KIND)
