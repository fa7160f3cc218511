"""What may not travel: categories, what each demands, and words that suggest one.

Categories CN01 to CN19 are those of the Chinese catalogue (reference compensation E.1); R01 is
restricted by air only (reference E.3). Words suggest; a person decides.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.domain.case.question import said
from amends.domain.refusal import NotFound

STEPS = {
    "STOP": said("Stop sorting, transport and delivery at once.", "立即停止分拣、运输和投递。"),
    "EVAC": said(
        "Do not move it. Keep people away and call the emergency services.",
        "不要移动，疏散人员并联系应急部门。",
    ),
    "HOLD": said(
        "Keep it for the authority: no return, no delivery.", "留存待交，不退回、不投递。"
    ),
    "REP": said("Report it to the authority.", "向主管部门报告。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One group; `actions` are codes of `STEPS`, `authorities` must know of it."""

    id: str
    en: str
    zh: str
    keywords: tuple[str, ...]
    keywords_zh: tuple[str, ...]
    actions: tuple[str, ...]
    authorities: tuple[str, ...]
    authorities_as_fits: tuple[str, ...]
    """Those who must know only where it concerns them: a person decides."""
    is_lawful_to_hold: bool
    """Whether its owner may have it back: restricted in the mail, not forbidden."""


@cache
def categories() -> tuple[Category, ...]:
    """Every category, in the catalogue's order."""
    text = Path(__file__).with_name("cn.json").read_text("utf-8")
    return tuple(
        Category(
            id=row["id"],
            en=row["en"],
            zh=row["zh"],
            keywords=tuple(row["keywords"]),
            keywords_zh=tuple(row["keywords_zh"]),
            actions=tuple(action for action in row["actions"] if action in STEPS),
            authorities=tuple(row["authorities"]),
            authorities_as_fits=tuple(row["authorities_as_fits"]),
            is_lawful_to_hold=row["is_lawful_to_hold"],
        )
        for row in json.loads(text)
    )


def category(code: str) -> Category:
    """One category; refuses a code that the catalogue does not have."""
    for known in categories():
        if known.id == code:
            return known
    raise NotFound("there is no such category")


def suggest(*texts: str) -> tuple[Category, ...]:
    """Categories that the words hint at, the most hints first; nothing is decided by them."""
    text = " ".join(texts).lower()
    hits = [(_hits(known, text), index, known) for index, known in enumerate(categories())]
    return tuple(known for count, _, known in sorted(hits, key=lambda h: (-h[0], h[1])) if count)


def _hits(known: Category, text: str) -> int:
    words = (re.search(rf"\b{re.escape(word.lower())}s?\b", text) for word in known.keywords)
    return sum(1 for hit in words if hit) + sum(1 for word in known.keywords_zh if word in text)
