"""Tracing: what the channels say, and what follows from it by date."""

from datetime import datetime

from amends.domain.case.case import Case
from amends.domain.case.events import (
    AnomalySeen,
    CaseClosed,
    Concluded,
    Event,
    LookPlanned,
    TrackingRead,
)
from amends.domain.case.incident import Verdict, WaitUntil
from amends.domain.case.vocabulary import Finding, Outcome, Stage
from amends.domain.occasion import Occasion


def note_reading(case: Case, reading: TrackingRead) -> list[Event]:
    """Record a reading that says something new; the same reading again changes nothing."""
    if case.stage not in (Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING):
        return []
    known = case.reading
    if known is not None and _what_it_says(known) == _what_it_says(reading):
        return []
    return [reading]


def note_anomaly(case: Case, kind: str, *, since: datetime, node: str | None) -> list[Event]:
    """Record what stands out, once for each kind."""
    if not case.is_open or kind in case.anomalies:
        return []
    return [AnomalySeen(kind=kind, since=since, node=node)]


def conclude(case: Case, verdict: Verdict, occasion: Occasion) -> list[Event]:
    """Conclude, or say when the case will be looked at again.

    A date that is still ahead is only ever brought forward. A verdict that waits counts from the
    moment it is asked, so that deciding at every event would otherwise write one more each time.
    """
    if case.stage not in (Stage.TRACING, Stage.INVESTIGATING) or case.conclusion is not None:
        return []
    if isinstance(verdict, Concluded) and verdict.finding is Finding.PROHIBITED:
        return _nothing_owed(case, verdict)
    if not isinstance(verdict, WaitUntil):
        return [verdict]
    reading, known = case.reading, case.waits.get("trace")
    if verdict.at == known:
        return []
    if known is not None and occasion.at < known < verdict.at:
        return []
    if reading is None:
        return [LookPlanned(at=verdict.at)]
    return [
        TrackingRead(
            milestone=reading.milestone,
            reason=reading.reason,
            direction=reading.direction,
            found=reading.found,
            channels=reading.channels,
            scans=reading.scans,
            last_movement_at=reading.last_movement_at,
            ask_again_at=verdict.at,
        )
    ]


def _what_it_says(reading: TrackingRead) -> tuple[object, ...]:
    return (
        reading.milestone,
        reading.reason,
        reading.direction,
        reading.found,
        reading.scans,
        reading.last_movement_at,
    )


def _nothing_owed(case: Case, verdict: Concluded) -> list[Event]:
    """What nobody fetched is disposed of; what nobody found, declined."""
    is_held = case.goods.quarantine is not None
    return [verdict, CaseClosed(outcome=Outcome.DISPOSED if is_held else Outcome.DECLINED)]
