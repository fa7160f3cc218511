"""A message whose worker died: what does no harm twice goes out again, all else is called about."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import ProgressTold
from amends.domain.people.delivery import UNKNOWN_FOR, Outcome
from amends.domain.people.mail_feedback import MailFeedback
from amends.service.people.informing import note, sweep_postings
from amends.service.people.planning import SETTLES_IN
from tests.acceptance.test_survey import settled
from tests.support.people_world import World

MINUTE = timedelta(minutes=1)


def asked(world: World, *fates: Outcome | Exception | None) -> Case:
    """The question of how it was falls due, and this becomes of each mail from then on."""
    case = settled(world)
    world.told(case)
    world.messenger.fate = fates_of(*fates)
    world.messenger.sent.clear()
    world.now += timedelta(days=3)
    turn(world)
    return case


def fates_of(*fates: Outcome | Exception | None) -> Callable[[str], Outcome | Exception | None]:
    """What becomes of the next mails; the worker of the first dies where nothing is said."""
    left = list(fates or (RuntimeError("killed"),))
    return lambda _: left.pop(0) if left else None


def turn(world: World) -> None:
    """A turn of the schedule, which may be a worker's last."""
    with suppress(RuntimeError):
        world.sweep()


def post(world: World) -> None:
    """A turn of the messages alone."""
    sweep_postings(world.postings, world.queue, world.passes, world.occasion())
    with suppress(RuntimeError):
        world.drain()


@pytest.mark.requirement("004-28", "003-12")
@pytest.mark.parametrize("fate", [RuntimeError("killed"), Outcome.UNKNOWN])
def test_a_question_of_which_nothing_is_heard_goes_out_once_more(
    fate: Outcome | Exception,
) -> None:
    world = World()
    asked(world, fate)
    assert world.codes() == ["survey"]  # it had left, and nobody knew

    world.now += UNKNOWN_FOR - MINUTE
    turn(world)
    assert world.codes() == ["survey"]
    world.now += 2 * MINUTE
    turn(world)
    assert world.codes() == ["survey", "survey"]
    world.now += timedelta(days=3)
    turn(world)
    assert world.codes() == ["survey", "survey"]
    assert world.as_agent("GET", "/v1/staff/work?kind=call")["data"] == []


def test_what_is_lost_twice_is_asked_on_the_phone() -> None:
    world = World()
    case = asked(world, RuntimeError("killed"), RuntimeError("killed"))

    for _ in range(3):
        world.now += UNKNOWN_FOR + MINUTE
        turn(world)
    world.told(case)

    assert world.codes().count("survey") == 2
    (call,) = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert call["because"] == "satisfaction"


def test_a_question_that_came_or_was_answered_does_not_go_out_again() -> None:
    came, answered = World(), World()
    for world in (came, answered):
        case = asked(world, RuntimeError("killed"))
        if world is came:
            (key,) = [one["key"] for one in world.messenger.sent]
            told = MailFeedback(key=key, case_id=case.id, outcome=Outcome.DELIVERED)
            note(world.postings, told, world.occasion())
        else:
            world.as_claimant(case, "POST", "feedback", {"score": 5, "resolved": True})
            world.told(case)
        world.now += UNKNOWN_FOR + MINUTE
        turn(world)
        assert world.codes().count("survey") == 1


@pytest.mark.requirement("003-15")
def test_a_report_of_progress_goes_out_again_unless_something_newer_was_told() -> None:
    alone, overtaken = World(staff_mail=None), World(staff_mail=None)
    for world in (alone, overtaken):
        case = world.open()
        world.told(case)
        world.messenger.sent.clear()
        world.happen(case, ProgressTold())
        world.messenger.fate = fates_of()
        world.stream(case)
        world.now += SETTLES_IN
        post(world)
        assert world.codes() == ["progress_report"]
        if world is overtaken:
            world.contacts.put(f"{case.id}#msg_x", "words", {"text": "found"})
            path = f"/v1/staff/cases/{case.id}/messages"
            world.as_agent("POST", path, {"text": "it is found"})
            world.told(case)
        world.now += UNKNOWN_FOR + MINUTE
        post(world)

    assert alone.codes() == ["progress_report", "progress_report"]
    assert overtaken.codes() == ["progress_report", "reply"]
