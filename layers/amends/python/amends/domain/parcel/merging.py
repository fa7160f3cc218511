"""Merging: readings of several channels, answers and pushes in any order, to one state.

What was heard is kept as a set of scans and one latest word per channel, so that merging is
commutative, associative and idempotent by construction; everything else is worked out from that
set afresh.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import reduce
from typing import TypeVar

from amends.domain.parcel.reading import Reading, Scan
from amends.domain.parcel.standing import is_physical, standing
from amends.domain.parcel.state import (
    SILENT,
    STATUS,
    Failure,
    ParcelState,
    Word,
)
from amends.domain.parcel.timeline import scan_order, timeline
from amends.domain.parcel.vocabulary import OffsetSource

_NEVER = datetime.min.replace(tzinfo=UTC)
_Said = TypeVar("_Said", Word, Failure)


def empty(number: str) -> ParcelState:
    """A parcel of which nothing has been heard."""
    return ParcelState(number=number)


def heard(reading: Reading, *, at: datetime) -> ParcelState:
    """The state that one reading alone makes; `at` is when it was asked for, or pushed.

    A reading with an error says nothing about the parcel, only about the channel.
    """
    if reading.error is not None:
        failure = Failure(
            channel=reading.channel,
            at=at,
            error=reading.error,
            retry_after_seconds=reading.retry_after_seconds,
        )
        return _worked_out(
            ParcelState(number=reading.number, failures=(failure,), first_asked_at=at)
        )
    return _worked_out(
        ParcelState(
            number=reading.number,
            scans=_union((*reading.scans, *_status(reading, at))),
            words=(_word(reading, at),),
            first_asked_at=at,
        )
    )


def merge(one: ParcelState, other: ParcelState) -> ParcelState:
    """All that either knows; raises ValueError for two different parcels."""
    if one.number != other.number:
        raise ValueError("two parcels do not merge")
    asked = [state.first_asked_at for state in (one, other) if state.first_asked_at]
    scans = _union((*one.scans, *other.scans))
    words = _latest((*one.words, *other.words))
    failures = _latest((*one.failures, *other.failures))
    kept = replace(
        one, scans=scans, words=words, failures=failures, first_asked_at=min(asked, default=None)
    )
    # Direction is the only thing worked out from words; most polls bring no scan.
    if scans == one.scans and [w.direction for w in words] == [w.direction for w in one.words]:
        return kept
    return _worked_out(kept)


def absorb(state: ParcelState, reading: Reading, *, at: datetime) -> ParcelState:
    """The state after one more reading of it."""
    return merge(state, heard(reading, at=at))


def merged(number: str, states: Iterable[ParcelState]) -> ParcelState:
    """All of them together."""
    return reduce(merge, states, empty(number))


def brings_news(before: ParcelState, after: ParcelState) -> bool:
    """Whether anything but the hour of asking has changed: what is worth writing in full."""
    return before.scans != after.scans or before.milestone is not after.milestone


def since(state: ParcelState, moment: datetime) -> ParcelState:
    """Without what happened before: for a number that an earlier parcel bore too."""
    return _worked_out(
        replace(state, scans=tuple(scan for scan in state.scans if scan.at >= moment))
    )


def _word(reading: Reading, at: datetime) -> Word:
    return Word(
        channel=reading.channel,
        at=at,
        found=reading.found,
        milestone=reading.milestone,
        reason=reading.reason,
        direction=reading.direction,
        state=reading.channel_state,
        carrier=reading.carrier,
        fresh_at=reading.fresh_at,
        estimated_delivery_at=reading.estimated_delivery_at,
        unique_id=reading.unique_id,
        successor=reading.successor,
    )


def _status(reading: Reading, at: datetime) -> tuple[Scan, ...]:
    """The provider's status as an entry of its own, where none of its scans says the same.

    It stands at the last scan, for nobody says when it came to be, and never counts as movement.
    """
    told = {scan.milestone for scan in reading.scans}
    if reading.milestone in SILENT or reading.milestone in told:
        return ()
    last = reading.scans[-1].at if reading.scans else None
    stamp = "" if last is None else f":{last.isoformat()}"
    return (
        Scan(
            at=last or reading.fresh_at or at,
            at_raw="",
            offset_source=OffsetSource.EXPLICIT,
            milestone=reading.milestone,
            reason=reading.reason,
            channel=reading.channel,
            carrier=reading.carrier,
            provider_id=f"{STATUS}{reading.milestone}{stamp}",
        ),
    )


def _identity(scan: Scan) -> tuple[object, ...]:
    """What tells a repeat; an entry that changed its meaning is another one, and both are kept."""
    if scan.provider_id:
        return (scan.channel, scan.provider_id, scan.milestone)
    place = (scan.place.text, scan.place.country, scan.place.node)
    return (scan.channel, scan.at, scan.milestone, scan.step, scan.code, scan.text, place)


def _union(scans: Iterable[Scan]) -> tuple[Scan, ...]:
    kept: dict[tuple[object, ...], Scan] = {}
    for scan in scans:
        known = kept.setdefault(_identity(scan), scan)
        if scan is not known and scan_order(scan) < scan_order(known):
            kept[_identity(scan)] = scan
    return tuple(sorted(kept.values(), key=scan_order))


def _latest(said: Iterable[_Said]) -> tuple[_Said, ...]:
    kept: dict[str, _Said] = {}
    for word in said:
        known = kept.setdefault(word.channel, word)
        if word is not known and _age(word) > _age(known):
            kept[word.channel] = word
    return tuple(kept[channel] for channel in sorted(kept))


def _age(said: Word | Failure) -> tuple[datetime, datetime, str]:
    fresh = said.fresh_at if isinstance(said, Word) else None
    return (said.at, fresh or _NEVER, repr(said))


def _worked_out(state: ParcelState) -> ParcelState:
    events, contradictions = timeline(state.scans)
    found = standing(events, [word.direction for word in state.words])
    moved = [event for event in events if is_physical(event)]
    seen = [event.scan.at for event in events if event.scan.milestone not in SILENT]
    last = moved[-1] if moved else None
    return replace(
        state,
        events=events,
        contradictions=contradictions,
        milestone=found.milestone,
        step=found.step,
        reason=found.reason,
        direction=found.direction,
        since=found.since,
        disputed_at=found.disputed_at,
        last_scan_at=max(seen, default=None),
        last_movement_at=None if last is None else last.scan.at,
        last_movement=last,
        first_movement_at=moved[0].scan.at if moved else None,
        movements=len(moved),
    )
