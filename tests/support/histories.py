"""Histories: a case after some events, and the occasions that they were recorded on."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import Event
from amends.domain.case.evolution import replay
from amends.domain.occasion import Occasion
from tests.support.event_samples import SAMPLES

_Kind = TypeVar("_Kind")

START = datetime(2026, 11, 20, 8, tzinfo=UTC)

CONCLUDED = ("CaseOpened", "TrackingRead", "Concluded")
ASSESSED = (*CONCLUDED, "LiabilityFound", "Assessed")
OFFERED = (*ASSESSED, "OfferMade")
REQUESTED = (*OFFERED, "OfferAccepted", "PayoutRequested")
PAID = (*REQUESTED, "PayoutConfirmed")
SURVEYED = (*PAID, "SurveyPlanned", "SurveySent")


def occasion(after: timedelta = timedelta(0), *, by: str = "test") -> Occasion:
    """Some time after the histories' start."""
    return Occasion(at=START + after, by=by, because="a test")


def happened(history: Sequence[Recorded], kind: type[_Kind]) -> list[_Kind]:
    """The events of one type in a history."""
    return [one.event for one in history if isinstance(one.event, kind)]


def recorded(events: Sequence[Event], on: Occasion, *, known: int = 0) -> list[Recorded]:
    """Events as a store would record them after `known` others."""
    return [
        Recorded(event=event, version=version, at=on.at, by=on.by, because=on.because)
        for version, event in enumerate(events, start=known + 1)
    ]


def given(*names: str | Event) -> Case:
    """The case after golden samples, named, or events of the test's own."""
    events = [SAMPLES[name] if isinstance(name, str) else name for name in names]
    return replay(recorded(events, occasion()))


def then(case: Case, events: Sequence[Event], on: Occasion | None = None) -> Case:
    """The case after what was decided."""
    from amends.domain.case.evolution import evolve

    for one in recorded(events, on or occasion(), known=case.version):
        case = evolve(case, one)
    return case
