"""Many cases come due at once: each is acted on once, a broken one stops nobody, ways keep pace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.events import (
    Concluded,
    OfferMade,
    PayoutConfirmed,
    SurveyPlanned,
    TaskOpened,
)
from amends.domain.occasion import BY_DUE
from amends.domain.refusal import NotFound
from amends.service.due import Undone, act_on
from amends.service.due_pass import TOGETHER, sweep_cases
from amends.service.people.informing import inform_all
from amends.service.people.referring import wanted_by
from amends.service.people.sending import send_all
from amends.service.remembering import Remembered
from tests.support.event_samples import sample
from tests.support.fakes import MemoryPasses, MemoryQueue
from tests.support.people_world import ERIKA, World
from tests.support.sweeping import settling_of_nothing

COUNT = 60
BROKEN = f"case_{7:026d}"


def settled(count: int) -> World:
    world = World()
    for place in range(count):
        case = world.open(case_id=f"case_{place:026d}")
        planned = SurveyPlanned(survey_id=f"srv_{place:026d}", ask_at=world.now + timedelta(days=3))
        world.happen(case, sample(Concluded), sample(OfferMade), sample(PayoutConfirmed), planned)
        world.told(case)
    world.now += timedelta(days=3)
    world.messenger.sent.clear()
    return world


def put(world: World) -> list[list[str]]:
    queue = MemoryQueue()
    sweep_cases(world.cases, queue, MemoryPasses(), world.occasion())
    documents: list[Any] = [document["case_ids"] for document in queue.sent]
    return documents


@pytest.mark.requirement("004-28")
def test_surveys_that_are_due_together_go_out_once_each_however_often_they_are_put() -> None:
    world = settled(COUNT)
    documents = put(world)
    assert max(len(one) for one in documents) <= TOGETHER

    def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
        return inform_all(world.cases, case_ids, world.informing(), world.occasion())

    for case_ids in [*documents, *reversed(documents)]:  # a queue delivers at least once
        act_on(
            case_ids,
            world.cases,
            settling_of_nothing(),
            world.occasion(),
            failed=lambda _, error: pytest.fail(repr(error)),
            acted=acted,
        )
    world.drain()

    assert world.codes().count("survey") == COUNT
    assert len({one["key"] for one in world.messenger.sent}) == len(world.messenger.sent)
    assert put(world) == []


def test_a_case_that_fails_brings_its_document_again_and_stops_nobody_beside_it() -> None:
    world = settled(COUNT)
    seen: list[str] = []
    told: list[str] = []

    def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
        seen.extend(case_id for case_id in case_ids if case_id != BROKEN)
        return {BROKEN: ValueError("a broken case")} if BROKEN in case_ids else {}

    comes_again = []
    for case_ids in put(world):
        try:
            act_on(
                case_ids,
                world.cases,
                settling_of_nothing(),
                world.occasion(),
                failed=lambda case_id, _: told.append(case_id),
                acted=acted,
            )
        except Undone:
            comes_again.append(case_ids)

    assert told == [BROKEN]
    assert len(seen) == COUNT - 1
    assert [BROKEN in case_ids for case_ids in comes_again] == [True]


def test_what_finds_its_way_crowded_goes_out_a_minute_later_and_once() -> None:
    world = World()
    case = world.open()
    world.is_calm = False
    world.told(case)
    assert world.codes() == []

    world.is_calm = True
    world.sweep()
    assert world.codes() == []
    world.now += timedelta(minutes=1)
    world.sweep()
    world.sweep()
    assert world.codes() == ["acknowledgement"]


def test_a_case_that_somebody_else_has_moved_is_acted_on_all_the_same() -> None:
    world = settled(3)
    case_ids = [case_id for some in put(world) for case_id in some]
    stale = Remembered(world.cases)
    moved = stale.load(case_ids[1])  # what we remember of it is old in a moment
    world.happen(moved, sample(TaskOpened))

    due = replace(world.occasion(), by=BY_DUE)
    act_on(
        case_ids,
        stale,
        settling_of_nothing(),
        due,
        failed=lambda _, error: pytest.fail(repr(error)),
        acted=lambda some: inform_all(stale, some, world.informing(), due),
    )
    world.drain()

    assert world.codes().count("survey") == 3
    asked = [one for each in case_ids for one in world.cases.history(each) if one.by == BY_DUE]
    assert [type(one.event).__name__ for one in asked] == ["SurveySent"] * 3


def test_messages_of_one_batch_stop_each_other_never() -> None:
    world = settled(4)
    for case_ids in put(world):
        due = world.occasion()
        act_on(
            case_ids,
            world.cases,
            settling_of_nothing(),
            due,
            failed=lambda _, error: pytest.fail(repr(error)),
            acted=lambda some: inform_all(world.cases, some, world.informing(), world.occasion()),
        )
    asked = [wanted_by(one) for one in world.queue.sent]
    nobody = replace(asked[0], case_id="case_none", planned=None)
    world.contacts.put(asked[2].case_id, "report", {"reporter": {**ERIKA, "email": "gone@x.org"}})
    world.postings.suppress("gone@x.org", because="bounced", at=world.now)

    wanted = [asked[0], nobody, *asked[1:], asked[0]]  # a queue delivers at least once
    ends = send_all(world.cases, wanted, world.post(), world.occasion())

    assert isinstance(ends[1], NotFound)
    ways = Counter(str(one["way"]) for one in world.messenger.sent)
    assert ways == {"email": 3, "sms": 1}, "each once, and by the next way where one is closed"
    assert [getattr(one, "state", None) for one in ends[2:5]] == ["sent"] * 3
