"""Wording: what English and German scans say where the code beside them is coarse.

The words stand in `wording.csv`, an alternative a row; of the reasons the first in the file wins.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from amends.domain.parcel.taxonomy import Meaning
from amends.domain.parcel.vocabulary import Milestone, Reason, Step

_M = Milestone
_KEPT = 2048
"""Sentences whose meaning is remembered: carriers have few, and say them again and again."""

_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+| - note\b", re.IGNORECASE)
_AT_THE_DOOR = frozenset(
    {
        Reason.RECIPIENT_ABSENT,
        Reason.RECIPIENT_REFUSED,
        Reason.NO_ACCESS,
        Reason.BUSINESS_CLOSED,
        Reason.PAYMENT_DUE,
    }
)
_OF_THE_ADDRESS = frozenset(
    {
        Reason.ADDRESS_INVALID,
        Reason.RECIPIENT_UNKNOWN,
        Reason.RECIPIENT_MOVED,
        Reason.RECIPIENT_DECEASED,
        Reason.RESCHEDULED,
        Reason.RECIPIENT_REQUEST,
    }
)

_ON_THE_WAY = frozenset(
    {
        Reason.ADDRESS_INVALID,
        Reason.UNCLAIMED,
        Reason.DAMAGED,
        Reason.MISSORT,
        Reason.WEATHER,
        Reason.MISSED_CONNECTION,
        Reason.EXTERNAL_DELAY,
        Reason.UNDER_INVESTIGATION,
        Reason.DELAY,
    }
)


@lru_cache(maxsize=_KEPT)
def reason_in(words: str) -> Reason | None:
    """Why, as far as the words say."""
    return _reason("why", words)


@lru_cache(maxsize=_KEPT)
def how_delivered(words: str) -> Reason | None:
    """At whose hands or in what place a delivered parcel was left."""
    return _reason("how", words)


@lru_cache(maxsize=_KEPT)
def sent_back(words: str) -> Meaning | None:
    """Whether the words say that the parcel goes, or came, back to its sender."""
    has_arrived = _says("sent_back", words)
    if has_arrived and not _says("ahead", words):
        return Meaning(milestone=_M.RETURNED, reason=reason_in(words))
    if has_arrived or _says("back", words):
        return Meaning(milestone=_M.RETURNING, reason=reason_in(words))
    return None


@lru_cache(maxsize=_KEPT)
def at_customs(words: str) -> Meaning | None:
    """What the words say of customs, if they do."""
    if not _says("customs", words):
        return None
    if _says("cleared", words) and not _says("denied", words):
        return Meaning(milestone=_M.CUSTOMS, step=Step.RELEASED)
    held = _reason("customs_held", words)
    step = Step.HELD if held else Step.PRESENTED
    return Meaning(milestone=_M.CUSTOMS, step=step, reason=held)


@lru_cache(maxsize=_KEPT)
def failed(words: str, *, address: Milestone = Milestone.DELIVERY_FAILED) -> Meaning | None:
    """What a failure is that the code does not name; None where the words do not say either.

    `address` is what a wrong address means at this carrier: a failed delivery or an exception.
    """
    words = _firm(words)
    why = reason_in(words)
    return (
        sent_back(words)
        or _ended(words)
        or at_customs(words)
        or (Meaning(milestone=_M.DELIVERY_FAILED, reason=why) if why in _AT_THE_DOOR else None)
        or _waiting(words)
        or (Meaning(milestone=address, reason=why) if why in _OF_THE_ADDRESS else None)
        or (Meaning(milestone=_M.CANCELLED) if _says("cancelled", words) else None)
        or (Meaning(milestone=_M.EXCEPTION, reason=why) if why else None)
        or _unexplained(words)
    )


@lru_cache(maxsize=_KEPT)
def moved(words: str) -> Meaning | None:
    """What a parcel on its way did that the code does not name; None where the words do not."""
    words = _firm(words)
    return (
        sent_back(words)
        or at_customs(words)
        or _tried_in_vain(words)
        or _waiting(words)
        or _out(words)
        or _held(words)
        or _taken(words)
        or _troubled(words)
        or on_the_way(words)
    )


@lru_cache(maxsize=_KEPT)
def plainly(words: str) -> Meaning | None:
    """What a scan without any code says by its words alone."""
    if _says("delivered", words) and not _says("ahead", words) and not sent_back(words):
        return Meaning(milestone=_M.DELIVERED, reason=how_delivered(words))
    if _says("announced", words):
        return Meaning(milestone=_M.INFO_RECEIVED)
    told = moved(words) or failed(words)
    return told or (Meaning(milestone=_M.IN_TRANSIT) if _says("on_its_way", words) else None)


@lru_cache(maxsize=_KEPT)
def on_the_way(words: str) -> Meaning | None:
    """The step of a parcel that is simply in transit."""
    if _says("handed", words):
        step, reason = Step.HANDED_OVER, Reason.HANDOVER_PARTNER
        return Meaning(milestone=_M.IN_TRANSIT, step=step, reason=reason)
    if _says("arrived", words):
        step = Step.DELIVERY_DEPOT if _says("at_depot", words) else Step.ARRIVED
    elif _says("left", words):
        step = Step.DEPARTED
    elif _says("processed", words):
        step = Step.PROCESSED
    else:
        return None
    return Meaning(milestone=_M.IN_TRANSIT, step=step)


def _firm(words: str) -> str:
    """The sentences that tell what happened, without those that say what might."""
    told = [one for one in _SENTENCES.split(words) if one and not _says("maybe", one)]
    return " ".join(told) or words


def _ended(words: str) -> Meaning | None:
    if _says("destroyed", words):
        return Meaning(milestone=_M.DESTROYED)
    is_lost = _says("lost_for_good", words)
    if is_lost or (_says("lost", words) and not _says("sought", words)):
        return Meaning(milestone=_M.LOST)
    return None


def _waiting(words: str) -> Meaning | None:
    is_waiting = _says("waits", words) and not _says("to_be_brought", words)
    return Meaning(milestone=_M.AVAILABLE_FOR_PICKUP) if is_waiting else None


def _tried_in_vain(words: str) -> Meaning | None:
    why = reason_in(words)
    is_told = _says("tried", words) or why is Reason.RECIPIENT_REFUSED
    return Meaning(milestone=_M.DELIVERY_FAILED, reason=why or Reason.OTHER) if is_told else None


def _troubled(words: str) -> Meaning | None:
    why = reason_in(words)
    return Meaning(milestone=_M.EXCEPTION, reason=why) if why in _ON_THE_WAY else None


def _out(words: str) -> Meaning | None:
    if not _says("goes_out", words):
        return None
    if _says("prepared", words):
        return Meaning(milestone=_M.IN_TRANSIT, step=Step.DELIVERY_DEPOT)
    return Meaning(milestone=_M.OUT_FOR_DELIVERY)


def _held(words: str) -> Meaning | None:
    if not _says("held", words):
        return None
    reason = reason_in(words) or Reason.OTHER
    return Meaning(milestone=_M.EXCEPTION, step=Step.HELD, reason=reason)


def _taken(words: str) -> Meaning | None:
    is_told = _says("taken", words) and not _says("ahead", words)
    return Meaning(milestone=_M.ACCEPTED, step=Step.ACCEPTED) if is_told else None


def _unexplained(words: str) -> Meaning | None:
    if held := _held(words):
        return held
    if _says("tried", words):
        return Meaning(milestone=_M.DELIVERY_FAILED, reason=Reason.OTHER)
    if _says("trouble", words):
        return Meaning(milestone=_M.EXCEPTION, reason=Reason.OTHER)
    return None


def _says(what: str, words: str) -> bool:
    return any(pattern.search(words) for _, pattern in _table()[what])


def _reason(what: str, words: str) -> Reason | None:
    return next((reason for reason, pattern in _table()[what] if pattern.search(words)), None)


@cache
def _table() -> dict[str, list[tuple[Reason | None, re.Pattern[str]]]]:
    """One pattern for each thing that may be said, and for each reason of it."""
    text = Path(__file__).with_name("wording.csv").read_text("utf-8")
    alternatives: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        alternatives.setdefault((row["says"], row["reason"]), []).append(row["pattern"])
    table: dict[str, list[tuple[Reason | None, re.Pattern[str]]]] = {}
    for (what, reason), patterns in alternatives.items():
        whole = re.compile("|".join(patterns), re.IGNORECASE)
        table.setdefault(what, []).append((Reason(reason) if reason else None, whole))
    return table
