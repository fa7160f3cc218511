"""Timeline: the scans of all channels as one list of events, told once each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from amends.domain.parcel.reading import Scan
from amends.domain.parcel.standing import STRENGTH, is_physical
from amends.domain.parcel.state import Clash, Contradiction, Event
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Step

GUESS = timedelta(hours=14)
"""How far a time of unknown zone may be off, either way."""

_APART = timedelta(minutes=2)
_AFTER_END = timedelta(hours=2)
_QUARTER = timedelta(minutes=15)
_SLACK = timedelta(seconds=30)

_TRUST = {
    OffsetSource.EXPLICIT: 0,
    OffsetSource.PAIRED: 1,
    OffsetSource.CARRIER: 2,
    OffsetSource.LOCATION: 3,
    OffsetSource.GUESSED: 4,
}
_MILESTONES = {milestone: place for place, milestone in enumerate(Milestone)}
# At one moment and place things happen in this order.
_STEPS = {
    step: place
    for place, step in enumerate(
        (
            Step.ACCEPTED,
            Step.ARRIVED_DEST_COUNTRY,
            Step.ARRIVED,
            Step.PRESENTED,
            Step.HELD,
            Step.RELEASED,
            Step.PROCESSED,
            Step.DELIVERY_DEPOT,
            Step.DEPARTED,
            Step.HANDED_OVER,
            Step.LEFT_ORIGIN_COUNTRY,
            Step.SENT_BACK,
        )
    )
}

_Order = tuple[datetime, int, int, tuple[str, ...]]


def scan_order(scan: Scan) -> _Order:
    """A total order: by time, then as things happen, then by every field, for want of better."""
    place = scan.place
    rest = (
        scan.channel, scan.code, scan.text, scan.at_raw, scan.reason or "", scan.offset_source,
        place.text, place.country or "", place.postal_code or "", place.node or "",
        scan.carrier or "", scan.provider_id or "",
    )  # fmt: skip
    step = -1 if scan.step is None else _STEPS[scan.step]
    return (scan.at, _MILESTONES[scan.milestone], step, rest)


def timeline(scans: Sequence[Scan]) -> tuple[tuple[Event, ...], tuple[Contradiction, ...]]:
    """Every event once, oldest first, and what among them cannot be.

    `scans` stand in `scan_order`, so that the answer depends on their set alone. A delivery
    on the way back is the sender's: `RETURNED`, whichever channel knew of the return.
    """
    told = [scan for scan in _legs(scans) if scan.milestone is not Milestone.NOT_FOUND]
    events: list[Event] = []
    for scan in sorted(told, key=_surest):
        near = [event for event in events if _is_same(event, scan)]
        if not near:
            events.append(Event(scan=scan, channels=(scan.channel,)))
            continue
        same = min(near, key=lambda event: (abs(event.scan.at - scan.at), scan_order(event.scan)))
        channels = tuple(sorted({*same.channels, scan.channel}))
        events[events.index(same)] = Event(scan=_finer(same.scan, scan), channels=channels)
    ordered = tuple(sorted(events, key=lambda event: scan_order(event.scan)))
    return ordered, tuple(_contradictions(ordered))


def _surest(scan: Scan) -> tuple[int, int]:
    """Scans with a sure time and a fine meaning come first, and gather the others around them."""
    coarseness = (scan.step is None) + (scan.reason is None) + (scan.place.country is None)
    return (_TRUST[scan.offset_source], coarseness)


def _legs(scans: Sequence[Scan]) -> Iterator[Scan]:
    backward = (Milestone.RETURNING, Milestone.RETURNED)
    turned = min((scan.at for scan in scans if scan.milestone in backward), default=None)
    for scan in scans:
        if turned and scan.milestone is Milestone.DELIVERED and scan.at >= turned - _APART:
            yield replace(scan, milestone=Milestone.RETURNED)
        else:
            yield scan


def _is_same(event: Event, scan: Scan) -> bool:
    known = event.scan
    if scan.channel in event.channels:
        return (
            known.at == scan.at
            and (known.milestone, known.step) == (scan.milestone, scan.step)
            and known.place.text == scan.place.text
        )
    apart = abs(known.at - scan.at)
    if known.place.country and scan.place.country and known.place.country != scan.place.country:
        return False
    alike = known.milestone is scan.milestone and (
        known.step is scan.step or known.step is None or scan.step is None
    )
    if apart <= _APART:
        return alike or _is_coarse(known, scan) or _is_coarse(scan, known)
    if OffsetSource.GUESSED not in (known.offset_source, scan.offset_source):
        return False
    return (
        alike
        and known.step is scan.step
        and apart <= GUESS
        and _is_off_by_a_zone(apart)
        and _is_said_alike(known, scan)
    )


def _is_coarse(scan: Scan, other: Scan) -> bool:
    """Whether the scan says only that something happened, and the other what."""
    vague = scan.milestone is Milestone.UNKNOWN or (
        scan.milestone is Milestone.IN_TRANSIT and scan.step is None and scan.reason is None
    )
    return vague and other.milestone not in STRENGTH and other.milestone is not Milestone.NO_CHANGE


def _is_off_by_a_zone(apart: timedelta) -> bool:
    rest = apart % _QUARTER
    return min(rest, _QUARTER - rest) <= _SLACK


def _is_said_alike(one: Scan, other: Scan) -> bool:
    places = one.place.text.casefold(), other.place.text.casefold()
    if all(places):
        return places[0] == places[1]
    return one.text.casefold() == other.text.casefold() or (
        bool(one.code) and one.code == other.code
    )


def _finer(one: Scan, other: Scan) -> Scan:
    """The surer scan with the gaps filled from the other."""
    if one.step is None and _is_coarse(one, other):
        one = replace(one, milestone=other.milestone, step=other.step, reason=other.reason)
    place = one.place if any((one.place.text, one.place.node, one.place.country)) else other.place
    return replace(one, step=one.step or other.step, reason=one.reason or other.reason, place=place)


def _contradictions(events: Sequence[Event]) -> Iterator[Contradiction]:
    ends = [event for event in events if event.scan.milestone in STRENGTH]
    for end in ends:
        for other in ends:
            kinds = (end.scan.milestone, other.scan.milestone)
            if STRENGTH[kinds[0]] < STRENGTH[kinds[1]] and kinds != (
                Milestone.DELIVERED,
                Milestone.RETURNED,
            ):
                yield _clash(Clash.TWO_ENDINGS, end, other)
    turned = any(event.scan.milestone is Milestone.RETURNING for event in events)
    for end in ends[:1]:
        for event in events:
            slack = _AFTER_END + (GUESS if end.is_guessed or event.is_guessed else timedelta())
            late = event.scan.at - end.scan.at > slack
            if late and not turned and is_physical(event) and event not in ends:
                yield _clash(Clash.MOVING_AFTER_END, end, event)
                break
    for one, other in pairwise(events):
        countries = (one.scan.place.country, other.scan.place.country)
        sure = not (one.is_guessed or other.is_guessed)
        near = other.scan.at - one.scan.at <= _APART
        if sure and near and all(countries) and countries[0] != countries[1]:
            yield _clash(Clash.TWO_PLACES, one, other)


def _clash(clash: Clash, one: Event, other: Event) -> Contradiction:
    return Contradiction(
        clash=clash,
        at=max(one.scan.at, other.scan.at),
        channels=tuple(sorted({*one.channels, *other.channels})),
        milestones=(one.scan.milestone, other.scan.milestone),
        node=other.node,
    )
