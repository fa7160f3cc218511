"""Anomaly: what is wrong with a parcel, told by time and by its own scans."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from amends.domain.parcel import s10
from amends.domain.parcel.lateness import foreseen, late
from amends.domain.parcel.shipment import Shipment
from amends.domain.parcel.standing import STRENGTH
from amends.domain.parcel.state import Event, Lane, ParcelState
from amends.domain.parcel.straying import astray
from amends.domain.parcel.thresholds import (
    Anomaly,
    AnomalyKind,
    threshold,
)
from amends.domain.parcel.timeline import GUESS
from amends.domain.parcel.vocabulary import Milestone, Reason, Step

_AT_ONCE = timedelta(days=1)
_WANTS_SENDER = frozenset({Reason.CUSTOMS_DOCUMENTS, Reason.CUSTOMS_DUTY})
_UNHANDED = frozenset({Step.HANDED_OVER, Step.LEFT_ORIGIN_COUNTRY})


def find_anomalies(
    state: ParcelState,
    *,
    lane: Lane,
    now: datetime,
    service: str | None = None,
    shipped_on: date | None = None,
    expected_on: date | None = None,
) -> list[Anomaly]:
    """Everything that is wrong by `now`, the longest overdue first.

    `shipped_on`, where known, is what "never found" counts from; else the first time of asking.
    `expected_on` is the day that was promised.
    """
    every = _timed(state, lane=lane, service=service, shipped_on=shipped_on)
    found = [one for one in (*every, *late(state, lane, expected_on)) if one.due_at <= now]
    found.extend(_told(state, lane))
    found.extend(foreseen(state, lane, expected_on, now))
    return sorted(found, key=lambda one: (one.due_at, one.kind))


def anomalies_of(shipment: Shipment, *, now: datetime) -> list[Anomaly]:
    """The same of a watched parcel."""
    return find_anomalies(
        shipment.state,
        lane=shipment.lane,
        now=now,
        service=shipment.service,
        shipped_on=shipment.shipped_on,
        expected_on=shipment.expected_on,
    )


def next_alarm_at(
    state: ParcelState,
    *,
    lane: Lane,
    now: datetime,
    service: str | None = None,
    shipped_on: date | None = None,
    expected_on: date | None = None,
) -> datetime | None:
    """When, if nothing is scanned until then, the next anomaly falls due; None when none will."""
    timed = _timed(state, lane=lane, service=service, shipped_on=shipped_on)
    every = (*timed, *late(state, lane, expected_on))
    return min((one.due_at for one in every if one.due_at > now), default=None)


def _timed(
    state: ParcelState,
    *,
    lane: Lane,
    service: str | None,
    shipped_on: date | None,
) -> Iterator[Anomaly]:
    """Every anomaly that time alone makes, due or not yet."""
    if state.milestone in STRENGTH or state.milestone is Milestone.LOST:
        return
    for kind, since, event, at in _clocks(state, shipped_on):
        row = threshold(kind, lane=lane, service=service, at=at)
        if row is None:
            continue
        after = row.after
        if kind is AnomalyKind.CUSTOMS_HELD and state.reason in _WANTS_SENDER:
            after = min(after, _AT_ONCE)
        if event is not None and event.is_guessed:
            after += GUESS
        yield Anomaly(
            kind=kind,
            since=since,
            due_at=since + after,
            node=None if event is None else event.node,
            evidence=_evidence(state, event),
            threshold=after,
            source=row.source,
            sureness=row.sureness,
        )


_Clock = tuple[AnomalyKind, datetime, Event | None, tuple[Step | Milestone | None, ...]]


def _clocks(state: ParcelState, shipped_on: date | None) -> Iterator[_Clock]:
    """The clocks that run: what, since when, by which event, at which step and milestone."""
    last = state.last_movement
    if last is None:
        yield from _before_movement(state, shipped_on)
        return
    scan = last.scan
    where = (scan.step, scan.milestone)
    yield (AnomalyKind.STALE, scan.at, last, where)
    if scan.milestone is Milestone.CUSTOMS and scan.step is not Step.RELEASED:
        held = scan.step is Step.HELD
        kind = AnomalyKind.CUSTOMS_HELD if held else AnomalyKind.CUSTOMS_PRESENTED
        presented = _since_presented(state, last)
        yield (kind, presented.scan.at, presented, where)
    elif scan.step in _UNHANDED:
        yield (AnomalyKind.MISSED_TRANSFER, scan.at, last, where)
    else:
        yield (AnomalyKind.DWELL, scan.at, last, where)


def _before_movement(state: ParcelState, shipped_on: date | None) -> Iterator[_Clock]:
    announced = next(
        (one for one in state.events if one.scan.milestone is Milestone.INFO_RECEIVED), None
    )
    if announced is not None:
        yield (AnomalyKind.NEVER_POSTED, announced.scan.at, announced, (state.milestone,))
    elif not state.is_found and _is_tracked(state.number):
        since = _midnight(shipped_on) if shipped_on else state.first_asked_at
        if since is not None:
            yield (AnomalyKind.NEVER_FOUND, since, None, (state.milestone,))


def _since_presented(state: ParcelState, last: Event) -> Event:
    """The first customs event of the stay that `last` is part of: a second look is no new stay."""
    first = last
    for event in reversed(state.events):
        if event.scan.milestone is not Milestone.CUSTOMS and not event.is_status:
            break
        if event.scan.step is Step.RELEASED:
            break
        if event.scan.milestone is Milestone.CUSTOMS and event.scan.step is last.scan.step:
            first = event
    return first


def _told(state: ParcelState, lane: Lane) -> Iterator[Anomaly]:
    """What the scans say outright, by word or by place."""
    speaking = {
        AnomalyKind.MISSORT: astray(state, lane) or _last_with(state, reason=Reason.MISSORT),
        AnomalyKind.LOST: _last_with(state, milestone=Milestone.LOST),
        AnomalyKind.RETURNED: _last_with(state, milestone=Milestone.RETURNING)
        or _last_with(state, milestone=Milestone.RETURNED),
    }
    moved_at = state.last_movement_at
    for kind, event in speaking.items():
        if event is None:
            continue
        # A missorted or lost parcel that was since scanned elsewhere is on its way again.
        if kind is not AnomalyKind.RETURNED and moved_at and moved_at > event.scan.at:
            continue
        yield _said(kind, event.scan.at, state, event)
    if state.disputed_at is not None:
        yield _said(AnomalyKind.DISPUTED, state.disputed_at, state, None)
    for clash in state.contradictions:
        yield Anomaly(
            kind=AnomalyKind.CONTRADICTION,
            since=clash.at,
            due_at=clash.at,
            node=clash.node,
            evidence=(
                clash.clash,
                " against ".join(clash.milestones),
                f"told by {', '.join(clash.channels)}",
            ),
            source="two scans that cannot both be",
        )


def _said(kind: AnomalyKind, at: datetime, state: ParcelState, event: Event | None) -> Anomaly:
    return Anomaly(
        kind=kind,
        since=at,
        due_at=at,
        node=None if event is None else event.node,
        evidence=_evidence(state, event),
    )


def _last_with(
    state: ParcelState, *, milestone: Milestone | None = None, reason: Reason | None = None
) -> Event | None:
    for event in reversed(state.events):
        if event.scan.milestone is milestone or (reason and event.scan.reason is reason):
            return event
    return None


def _evidence(state: ParcelState, event: Event | None) -> tuple[str, ...]:
    if event is None:
        asked = ", ".join(sorted(state.fresh)) or "no channel"
        return (f"asked {asked}", f"milestone {state.milestone}")
    said = " ".join(
        word for word in (event.scan.milestone, event.scan.step, event.scan.reason) if word
    )
    facts = [f"last: {said} at {event.scan.at:%Y-%m-%dT%H:%MZ}", "by " + ", ".join(event.channels)]
    if event.scan.place.country is not None:
        facts.append(f"in {event.scan.place.country}")
    if event.is_guessed:
        facts.append("time zone guessed, 14 h added")
    return tuple(facts)


def _is_tracked(number: str) -> bool:
    postal = s10.parse(number)
    return postal is None or postal.is_tracked


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
