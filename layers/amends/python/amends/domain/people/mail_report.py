"""What a mail wants of us: to join a case, to open a draft, to tell of a bounce, or nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.people.inbound import InboundMail, Verdict
from amends.domain.people.mentions import mentions

_START, _END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_SHAPES = tuple(
    re.compile(f"{_START}{shape}{_END}", re.IGNORECASE)
    for shape in (
        r"[A-Z]{2}[ -]?\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?[A-Z]{2}",  # UPU S10
        r"1Z[0-9A-Z]{16}",  # UPS
        r"SF\d{12,15}",
        r"YT\d{13,16}",
        r"J[DT][A-Z]{0,2}\d{10,18}",
        r"9[2-5]\d{2} ?\d{4} ?\d{4} ?\d{4} ?\d{4} ?\d{2}",  # USPS
    )
)
_LABELLED = re.compile(
    r"(?:tracking\s*(?:number|no\.?|code|id|#)|waybill(?:\s*(?:number|no\.?))?|"
    r"(?:快递|运|物流|邮件|包裹)?单号|运单|邮件号码?)\s{0,3}(?:is|was|为|是)?\s{0,3}[:：#]?\s{0,3}"
    r"((?=[A-Z]*\d)[A-Z0-9]{6,40}|"
    r"(?=[A-Z]*\d)[A-Z0-9]{2,10}(?:[ -](?=[A-Z]*\d)[A-Z0-9]{2,10}){1,8})",
    re.IGNORECASE,
)

KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "contents_missing": (
        "missing item", "items missing", "item is missing", "contents missing", "empty box",
        "box was empty", "少了", "缺少", "少件", "短少", "空包", "内件丢失", "不齐",
    ),
    "prohibited_contents": (
        "prohibited", "dangerous goods", "hazardous", "禁寄", "违禁", "危险品",
    ),
    "misdelivered": (
        "wrong address", "wrong person", "misdelivered", "delivered to someone", "neighbour",
        "neighbor", "somebody else's", "someone else's", "not my parcel", "错投", "送错", "派错",
        "错发", "别人的", "寄错", "发错",
    ),
    "damaged": (
        "damage", "broken", "crushed", "cracked", "torn", "破损", "损坏", "压坏",
        "摔坏", "碎了", "破了", "坏了",
    ),
    "untraceable": (
        "cannot be tracked", "can't track", "cannot track", "no tracking", "not found in tracking",
        "tracking does not", "查不到", "没有物流", "无物流", "不更新", "没有轨迹", "查询不到",
    ),
    "delayed": (
        "late", "delay", "still waiting", "overdue", "延误", "迟迟", "太慢", "超时",
        "晚到", "还没送到", "还没到",
    ),
    "lost": (
        "lost", "never arrived", "never received", "not arrived", "did not arrive", "disappeared",
        "丢失", "丢了", "丢件", "遗失", "没收到", "未收到", "不见了",
    ),
}  # fmt: skip
"""Words that tell the kind; of kinds named equally often the first, most particular one counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A case begun by mail; `missing` names what to ask for, in the fields of the report."""

    tracking_numbers: tuple[str, ...]
    kind: str | None
    language: str
    narrative: str
    missing: tuple[str, ...]
    may_answer: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A reply in a case; a suspect one is shown to an agent before its files are opened."""

    token: str
    may_answer: bool
    is_suspect: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """Messages of ours that came back."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Nothing to do: `virus`, `loop`, `auto_reply`, `spam` or `no_sender`."""

    because: str


def decide(mail: InboundMail) -> Join | Draft | Bounced | Ignore:
    """What to do with a mail; no machine's mail and no mail of our own is ever answered."""
    if mail.is_bounce and mail.verdicts.virus is not Verdict.FAIL:
        return Bounced(keys=mail.answers)
    because = _reason_to_ignore(mail)
    if because is not None:
        return Ignore(because=because)
    if mail.case_token is None:
        return draft_of(mail)
    is_suspect = Verdict.FAIL in (mail.verdicts.spam, mail.verdicts.sender)
    return Join(
        token=mail.case_token,
        may_answer=not (mail.is_auto_reply or is_suspect),
        is_suspect=is_suspect,
    )


def _reason_to_ignore(mail: InboundMail) -> str | None:
    is_new = mail.case_token is None
    reasons = {
        "virus": mail.verdicts.virus is Verdict.FAIL,
        "loop": mail.is_from_us,
        "auto_reply": is_new and mail.is_auto_reply,
        "spam": is_new and mail.verdicts.spam is Verdict.FAIL,
        "no_sender": is_new and not mail.sender,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def draft_of(mail: InboundMail) -> Draft:
    """Read number, kind and story from a mail, and say what is missing."""
    told = f"{mail.subject}\n{mail.text}"
    numbers, kind = tracking_numbers(told), kind_of(told)
    has_photo = any(each.content_type.startswith("image/") for each in mail.attachments)
    missing = {
        "shipment.tracking_number": len(numbers) != 1,
        "incident.kind": kind is None,
        "incident.narrative": len(mail.text.strip()) < 10,
        "evidence.photos": kind in ("damaged", "contents_missing") and not has_photo,
        "evidence.attachments_again": not mail.is_whole,
    }
    return Draft(
        tracking_numbers=numbers,
        kind=kind,
        language=language_of(told),
        narrative=mail.text,
        missing=tuple(name for name, is_missing in missing.items() if is_missing),
        # a forged sender would make our question a nuisance to somebody else
        may_answer=mail.verdicts.sender is not Verdict.FAIL,
    )


def tracking_numbers(text: str) -> tuple[str, ...]:
    """Numbers that look like a parcel's, in the order found, without spaces; at most ten."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, str]] = []
    for shape in _SHAPES:
        found.extend((match.start(), match[0]) for match in shape.finditer(plain))
    found.extend((match.start(1), match[1]) for match in _LABELLED.finditer(plain))
    numbers = (re.sub(r"[ -]", "", number).upper() for _, number in sorted(found))
    good = (number for number in numbers if sum(c.isdigit() for c in number) >= 6)
    return tuple(dict.fromkeys(good))[:10]


def kind_of(text: str) -> str | None:
    """The kind of incident that the words speak of, or None when they do not say."""
    counts = {kind: mentions(text, words) for kind, words in KIND_WORDS.items()}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else None


def language_of(text: str) -> str:
    """`zh-CN` when Chinese characters weigh more than Latin words, else `en`."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    return "zh-CN" if chinese > len(re.findall(r"[A-Za-z]{2,}", text)) else "en"
