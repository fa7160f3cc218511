"""What a UPS status means: by exception letters, else by number, else by words and type."""

from dataclasses import replace

from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.domain.parcel.wire import Document, first_text, part, text
from amends.domain.parcel.wording import failed, how_delivered, moved, on_the_way, sent_back

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
_NOT_DELIVERED = frozenset(
    {
        Milestone.OUT_FOR_DELIVERY,
        Milestone.AVAILABLE_FOR_PICKUP,
        Milestone.RETURNING,
        Milestone.RETURNED,
    }
)


def _number(status: Document) -> str:
    found = first_text(status, "statusCode", "descriptionCode")
    if not found and len(text(status.get("code"))) == 3:  # a current status has it for its code
        found = text(status.get("code"))
    return found.zfill(3) if found.isdigit() else found


def code_of(status: Document) -> str:
    """The raw code that decides."""
    letters, number = text(status.get("code")).upper(), _number(status)
    if _type(status) == "X" and letters in _EXCEPTIONS:
        return letters
    return number or letters or _type(status)


def _type(status: Document) -> str:
    return text(status.get("type")).upper() or text(part(status, "statusType").get("code")).upper()


def strange_in(status: Document) -> str:
    """The code that no table knows, if there is one."""
    number = _number(status)
    if code_of(status) in _EXCEPTIONS:
        return ""
    if number:
        return "" if meaning(STATUS, number) else number
    return "" if meaning(TYPE, _type(status)) else code_of(status)


def meaning_of(status: Document) -> Meaning | None:
    """Exception letters, else the number, else what words and type say together."""
    kind = _type(status)
    words = first_text(status, "description", "simplifiedTextDescription")
    if kind == "X" and (known := _EXCEPTIONS.get(text(status.get("code")).upper())):
        return known
    by_number = meaning(STATUS, _number(status))
    if by_number is None:
        return _by_type(kind, text(status.get("code")).upper(), words)
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
    if kind == "I":
        return _LETTERS.get((kind, letters)) or moved(words) or told
    if kind == "RS":
        return sent_back(words) or told
    if kind == "D" and told is not None:
        other = moved(words)
        is_other = other is not None and other.milestone in _NOT_DELIVERED
        return other if is_other else _refined(told, words)
    return told
