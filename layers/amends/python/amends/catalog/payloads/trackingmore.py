"""TrackingMore's codes: status and sub-status, told apart by words where one code is two things."""

import re

from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.vocabulary import Milestone, Reason
from amends.domain.parcel.wording import plainly

STATUS, SUBSTATUS = "trackingmore.v4.status", "trackingmore.v4.substatus"
_LOST = re.compile(r"\b(lost|missing|mislaid)\b|丢失|遗失|丢件", re.IGNORECASE)
_DAMAGED = re.compile(r"damag|broken|破损|损坏", re.IGNORECASE)
_AT_POINT = re.compile(
    r"(available|ready|awaiting|waiting|held)\b.{0,30}(pick.?up|collect)|to be collected|自提|代收",
    re.IGNORECASE,
)


def is_known(code: str) -> bool:
    """Whether there is nothing to map, or a table maps it."""
    return not code or bool(meaning(SUBSTATUS, code) or meaning(STATUS, code))


def meaning_of(status: str, substatus: str, words: str) -> Meaning | None:
    """The code's meaning, told apart by the carrier's words where the code is two things."""
    told = meaning(SUBSTATUS, substatus) or meaning(STATUS, status)
    if substatus == "exception007":
        if _DAMAGED.search(words) and not _LOST.search(words):
            return Meaning(milestone=Milestone.EXCEPTION, reason=Reason.DAMAGED)
        if _LOST.search(words) and not _DAMAGED.search(words):
            return Meaning(milestone=Milestone.LOST)
    if status == "pickup" and not meaning(SUBSTATUS, substatus) and _AT_POINT.search(words):
        return Meaning(milestone=Milestone.AVAILABLE_FOR_PICKUP)
    return told if told or status or substatus else plainly(words)
