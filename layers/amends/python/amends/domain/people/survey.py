"""The satisfaction question: what an answer means, and what many answers add up to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from amends.domain.people.mentions import mentions
from amends.domain.refusal import Invalid

LOW_SCORE = 2
SATISFIED_SCORE = 4
LONGEST_COMMENT = 4000
_Z95 = 1.959964

THEMES: Mapping[str, tuple[str, ...]] = {
    "speed": ("slow", "too long", "took ages", "wait", "delay", "慢", "拖", "太久", "等了", "迟"),
    "attitude": (
        "rude", "unfriendly", "impolite", "ignored", "friendly", "polite", "very kind", "so kind",
        "态度", "不耐烦", "敷衍", "礼貌", "热情",
    ),
    "amount": (
        "too little", "not enough", "amount", "compensation", "refund", "money", "赔偿", "赔付",
        "金额", "太少", "退款",
    ),
    "explanation": (
        "unclear", "understand", "explain", "confusing", "reason", "不清楚", "解释", "说明",
        "看不懂", "原因",
    ),
    "information": (
        "no update", "no news", "kept informed", "never told", "no reply", "没有通知", "没有回复",
        "没人联系", "不告知", "进展",
    ),
    "effort": (
        "complicated", "difficult", "many times", "again and again", "paperwork", "麻烦", "繁琐",
        "复杂", "反复", "多次",
    ),
    "packaging": ("packaging", "packing", "wrapped", "包装", "外箱"),
    "courier": (
        "courier", "driver", "postman", "delivery man", "快递员", "派送员", "投递员", "司机",
    ),
}  # fmt: skip
"""Words that tell what an opinion is about; one opinion may touch several themes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a claimant said: 1 (poor) to 5 (very good), and if they say so resolved or not, why."""

    score: int
    resolved: bool | None
    comment: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.score, bool) or not 1 <= self.score <= 5:
            raise Invalid("a score is a whole number from 1 to 5")
        if len(self.comment) > LONGEST_COMMENT:
            raise Invalid(f"a comment has at most {LONGEST_COMMENT} characters")

    @property
    def is_low(self) -> bool:
        """Whether somebody has to act on it."""
        return self.score <= LOW_SCORE or self.resolved is False


def themes_of(comment: str) -> frozenset[str]:
    """What an opinion is about; `other` when no word of ours is in it, nothing when empty."""
    if not comment.strip():
        return frozenset()
    found = frozenset(name for name, words in THEMES.items() if mentions(comment, words))
    return found or frozenset({"other"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """An answer with what it is counted by; no person is named but the agent, by id."""

    answer: Answer
    node: str
    carrier: str
    agent: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The answers of one group; `satisfied` is a share with its 95 % interval (Wilson)."""

    group: str
    answers: int
    mean_score: float
    satisfied: float
    at_least: float
    at_most: float
    resolved: float | None
    """The share of those who said so; None where nobody did."""


BY: Mapping[str, Callable[[Rated], str]] = {
    "node": lambda rated: rated.node,
    "carrier": lambda rated: rated.carrier,
    "agent": lambda rated: rated.agent,
    "kind": lambda rated: rated.kind,
}


def rates(rated: Iterable[Rated], by: str) -> list[Rate]:
    """Satisfaction by `node`, `carrier`, `agent` or `kind`, the least satisfied group first."""
    if by not in BY:
        raise Invalid(f"rates are by {', '.join(BY)}")
    groups: dict[str, list[Answer]] = {}
    for each in rated:
        groups.setdefault(BY[by](each), []).append(each.answer)
    found = [_rate(group, answers) for group, answers in groups.items()]
    return sorted(found, key=lambda rate: (rate.at_most, rate.group))


def _rate(group: str, answers: list[Answer]) -> Rate:
    count = len(answers)
    satisfied = sum(answer.score >= SATISFIED_SCORE for answer in answers)
    low, high = wilson(satisfied, count)
    told = [answer.resolved for answer in answers if answer.resolved is not None]
    return Rate(
        group=group,
        answers=count,
        mean_score=sum(answer.score for answer in answers) / count,
        satisfied=satisfied / count,
        at_least=low,
        at_most=high,
        resolved=sum(told) / len(told) if told else None,
    )


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share (Wilson 1927); of nothing it is all of 0 to 1."""
    if count == 0:
        return 0.0, 1.0
    share, square = hits / count, _Z95 * _Z95
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = sqrt(share * (1 - share) / count + square / (4 * count * count)) * _Z95
    half /= 1 + square / count
    return max(0.0, middle - half), min(1.0, middle + half)
