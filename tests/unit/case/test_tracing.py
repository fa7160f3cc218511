"""What the channels say, and what follows from it by date."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from amends.domain.case.events import AnomalySeen, Concluded, LookPlanned, TrackingRead
from amends.domain.case.incident import WaitUntil
from amends.domain.case.investigation.tracing import conclude, note_anomaly, note_reading
from amends.domain.case.vocabulary import Stage, Status
from amends.domain.parcel.vocabulary import Milestone
from tests.support.event_samples import sample
from tests.support.histories import CONCLUDED, SURVEYED, given, occasion, then

READ, LOST = sample(TrackingRead), sample(Concluded)
DAY = timedelta(days=1)


def due(case_waits: datetime | None, after: timedelta) -> bool:
    return case_waits == occasion(after).at


def test_a_reading_is_recorded_once_however_often_it_is_heard() -> None:
    case = given("CaseOpened")
    events = note_reading(case, READ)
    read = then(case, events)

    assert events == [READ]
    assert read.due_at == READ.ask_again_at
    assert note_reading(read, READ) == []
    assert note_reading(read, replace(READ, ask_again_at=occasion(9 * DAY).at)) == []


def test_a_reading_that_says_more_is_recorded() -> None:
    more = replace(READ, scans=8, milestone=Milestone.OUT_FOR_DELIVERY)

    assert note_reading(given("CaseOpened", READ), more) == [more]


@pytest.mark.parametrize("history", [CONCLUDED, (*SURVEYED, "CaseClosed")])
def test_a_concluded_case_is_not_read_any_more(history: tuple[str, ...]) -> None:
    assert note_reading(given(*history), replace(READ, scans=9)) == []


def test_each_kind_of_anomaly_is_recorded_once() -> None:
    case = given("CaseOpened")
    events = note_anomaly(case, "stale", since=occasion().at, node="CNCANA")

    assert events == [AnomalySeen(kind="stale", since=occasion().at, node="CNCANA")]
    assert note_anomaly(then(case, events), "stale", since=occasion(DAY).at, node=None) == []
    closed = given(*SURVEYED, "CaseClosed")
    assert note_anomaly(closed, "customs_hold", since=occasion().at, node=None) == []


def test_a_verdict_concludes_once() -> None:
    case = given("CaseOpened", READ)
    events = conclude(case, LOST, occasion())
    concluded = then(case, events)

    assert events == [LOST]
    assert (concluded.stage, concluded.status) == (Stage.ASSESSING, Status.CONCLUDED)
    assert conclude(concluded, LOST, occasion()) == []


def test_a_verdict_that_waits_moves_the_date_once_it_is_due() -> None:
    case = given("CaseOpened", replace(READ, ask_again_at=occasion().at))
    events = conclude(case, WaitUntil(at=occasion(DAY).at), occasion())
    waiting = then(case, events)

    assert due(waiting.due_at, DAY)
    assert waiting.reading == replace(READ, ask_again_at=occasion(DAY).at)
    assert conclude(waiting, WaitUntil(at=occasion(DAY).at), occasion()) == []


def test_deciding_at_every_event_does_not_put_the_date_off_for_ever() -> None:
    case = given("CaseOpened", replace(READ, ask_again_at=occasion(DAY).at))
    a_little_later = timedelta(seconds=1)

    verdict = WaitUntil(at=occasion(DAY + a_little_later).at)

    assert conclude(case, verdict, occasion(a_little_later)) == []


def test_a_nearer_date_is_taken() -> None:
    case = given("CaseOpened", replace(READ, ask_again_at=occasion(9 * DAY).at))

    nearer = then(case, conclude(case, WaitUntil(at=occasion(DAY).at), occasion()))

    assert due(nearer.due_at, DAY)


def test_without_any_reading_the_case_is_looked_at_again_when_its_wait_ends() -> None:
    case = given("CaseOpened")
    verdict = WaitUntil(at=occasion(DAY).at)

    planned = conclude(case, verdict, occasion())
    waiting = then(case, planned)

    assert planned == [LookPlanned(at=occasion(DAY).at)]
    assert due(waiting.due_at, DAY)
    assert conclude(waiting, verdict, occasion()) == []
