"""What a UPS status means: by exception letters, else by number, else by words and type."""

from dataclasses import dataclass, replace
from functools import lru_cache

from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.domain.parcel.wire import Document, first_text, part, text
from amends.domain.parcel.wording import (
    failed,
    how_delivered,
    moved,
    on_the_way,
    plainly,
    sent_back,
)

STATUS, TYPE = "ups.statusCode", "ups.activity.type"

# Two-letter codes of exceptions, asked before the number: X / SR / 003 was recorded as "released
# by the customs agency", while 003 by itself is a label.
_EXCEPTIONS = {
    "SR": Meaning(milestone=Milestone.CUSTOMS, step=Step.RELEASED),
}
# For alerts and older answers, which have no number: (type, letters) as recorded beside numbers.
_LETTERS = {
    ("I", "OR"): Meaning(milestone=Milestone.ACCEPTED, step=Step.ACCEPTED),
    ("I", "AR"): Meaning(milestone=Milestone.IN_TRANSIT, step=Step.ARRIVED),
    ("I", "DP"): Meaning(milestone=Milestone.IN_TRANSIT, step=Step.DEPARTED),
}
_TYPES = frozenset("M MV I X D U DO DD W NA P RS".split())
_NOT_DELIVERED = frozenset(
    {
        Milestone.OUT_FOR_DELIVERY,
        Milestone.AVAILABLE_FOR_PICKUP,
        Milestone.RETURNING,
        Milestone.RETURNED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One status: the raw code that decides, what it means, and the code that no table knows."""

    code: str
    means: Meaning | None
    strange: str
    words: str


def said_in(status: Document) -> Said:
    """Read one status, of an activity or the current one."""
    letters, number = text(status.get("code")), first_text(status, "statusCode", "descriptionCode")
    if not number and len(letters) == 3:  # a current status has it for its code
        number = letters
    kind = text(status.get("type")) or text(part(status, "statusType").get("code"))
    words = first_text(status, "description", "simplifiedTextDescription")
    if not kind and letters.upper() in _TYPES:  # the type stands in the field of the code
        kind, letters = letters, ""
    return _said(kind.upper(), letters.upper(), number, words)


@lru_cache(maxsize=2048)
def _said(kind: str, letters: str, number: str, words: str) -> Said:
    number = number.zfill(3) if number.isdigit() else number
    is_exception = kind == "X" and letters in _EXCEPTIONS
    code = letters if is_exception else number or letters or kind
    strange = ""
    if code not in _EXCEPTIONS:
        is_known = meaning(STATUS, number) if number else meaning(TYPE, kind)
        strange = "" if is_known else number or code
    return Said(
        code=code, means=_meaning(kind, letters, number, words), strange=strange, words=words
    )


def _meaning(kind: str, letters: str, number: str, words: str) -> Meaning | None:
    """Exception letters, else the number, else what words and type say together."""
    if kind == "X" and (known := _EXCEPTIONS.get(letters)):
        return known
    by_number = meaning(STATUS, number)
    if by_number is None or by_number.milestone is Milestone.UNKNOWN:
        return _by_type(kind, letters, words) or by_number
    if kind == "X" and by_number.milestone is Milestone.INFO_RECEIVED:
        return failed(words, address=Milestone.EXCEPTION) or by_number
    return _refined(by_number, words)


def _refined(told: Meaning, words: str) -> Meaning:
    if told.milestone is Milestone.IN_TRANSIT and told.step is None:
        step = on_the_way(words)
        return replace(told, step=step.step) if step else told
    if told.milestone is Milestone.DELIVERED:
        back = sent_back(words)
        milestone = Milestone.RETURNED if back else told.milestone
        return replace(told, milestone=milestone, reason=told.reason or how_delivered(words))
    return told


def _by_type(kind: str, letters: str, words: str) -> Meaning | None:
    told = meaning(TYPE, kind)
    if kind == "X":
        return failed(words, address=Milestone.EXCEPTION) or told
    if kind in ("I", ""):
        told = told or (None if letters else plainly(words))
        return _LETTERS.get(("I", letters)) or moved(words) or told
    if kind == "RS":
        return sent_back(words) or told
    if kind == "D" and told is not None:
        other = moved(words)
        is_other = other is not None and other.milestone in _NOT_DELIVERED
        return other if is_other else _refined(told, words)
    return told
