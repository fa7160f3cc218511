"""A corrective action that is overdue is told to its owner, then to the supervisor, until done."""

from datetime import timedelta

import pytest

from amends.domain.case.state.liability import ActionKind
from amends.domain.insight.action import ActionState, PlannedAction, finish, take_on
from amends.domain.people.delivery import Outcome
from amends.service.insight.reminder_pass import plan_reminders
from amends.service.insight.reminding import Reminding, remind_owners
from amends.service.people.templates import template_of
from tests.support.people_world import World

PEOPLE = {"hub-lead-7": "lead@amends.example", "supervisor": "head@amends.example"}


def late(world: World, *, owner: str | None = "hub-lead-7") -> PlannedAction:
    """An action that was due yesterday."""
    return world.actions.save(
        PlannedAction(
            id="act_0123456789abcdefghjkmnpqrs",
            kind=ActionKind.CAMERA,
            because="parcels vanish at the second belt",
            due_on=world.now.date() - timedelta(days=1),
            owner=owner,
            raised_by="anna",
            raised_at=world.now - timedelta(days=30),
            state=ActionState.PROPOSED if owner is None else ActionState.OPEN,
        )
    )


def remind(world: World) -> list[str]:
    """One look at the list; who was told by it."""
    post = world.post()
    before, reader = len(world.messenger.sent), post.directory.house().reader
    remind_owners(
        Reminding(
            actions=world.actions,
            messenger=world.messenger,
            turn=lambda _: world.is_calm,
            addresses=PEOPLE,
            house="desk@amends.example",
            language=reader.language,
            write=lambda code, values: post.renderer.render(template_of(code), values, reader),
            link=lambda action_id: f"https://amends.example/desk/actions/{action_id}",
        ),
        world.occasion(),
    )
    return [one["to"] for one in world.messenger.sent[before:]]


@pytest.mark.requirement("000-23", "002-19", "004-30")
def test_the_owner_is_told_first_then_the_supervisor_every_week_until_it_is_done() -> None:
    world = World()
    action = late(world)
    told = {}
    for day in range(14):
        told[day] = [who for _ in range(3) for who in remind(world)]
        world.now += timedelta(days=1)

    assert {day: who for day, who in told.items() if who} == {
        0: ["lead@amends.example"],
        3: ["head@amends.example"],
        10: ["head@amends.example"],
    }
    (first, *_) = world.messenger.sent
    assert "扩大监控覆盖范围" in first["text"]
    assert "parcels vanish at the second belt" in first["text"]

    known = world.actions.get(action.id)
    assert known is not None
    world.actions.save(finish(known, said="two cameras more", occasion=world.occasion()))
    world.now += timedelta(days=30)
    assert remind(world) == []


def test_who_is_given_another_day_is_reminded_anew_when_that_is_over() -> None:
    world = World()
    late(world)
    remind(world)
    known = world.actions.rows["act_0123456789abcdefghjkmnpqrs"]
    later = world.now.date() + timedelta(days=10)
    world.actions.save(take_on(known, owner="someone", due_on=later, occasion=world.occasion()))
    world.now += timedelta(days=10)
    assert remind(world) == []
    world.now += timedelta(days=1)

    assert remind(world) == ["desk@amends.example"]  # nobody has told us someone's own address


def test_what_nobody_has_taken_on_is_the_supervisors_at_once() -> None:
    world = World()
    late(world, owner=None)

    assert remind(world) == ["head@amends.example"]


def test_a_busy_mail_service_is_tried_again_and_a_doubtful_one_is_not() -> None:
    world = World()
    late(world)
    world.messenger.fate = lambda _: Outcome.BUSY
    remind(world)
    world.messenger.fate = lambda _: None
    assert remind(world) == ["lead@amends.example"]

    doubtful = World()
    late(doubtful)
    doubtful.messenger.fate = lambda _: Outcome.UNKNOWN
    remind(doubtful)
    doubtful.messenger.fate = lambda _: None
    assert remind(doubtful) == []


def test_a_full_line_of_mails_loses_no_reminder() -> None:
    world = World()
    late(world)
    world.is_calm = False
    assert remind(world) == []
    world.is_calm = True

    assert remind(world) == ["lead@amends.example"]


def test_the_list_is_looked_at_once_an_hour() -> None:
    world = World()
    asked = []
    for _ in range(150):
        asked.append(plan_reminders(world.queue, world.passes, world.occasion()))
        world.now += timedelta(minutes=1)

    assert sum(asked) == 3
    assert [one["remind"] for one in world.queue.sent] == ["owners"] * 3
