"""A parcel goes to the wrong door: stopped, fetched back, checked, and sent on to the right one."""

from collections.abc import Mapping

import pytest

from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Finding, Kind, Status
from amends.domain.parcel.vocabulary import Step
from tests.support.investigation_world import World

AGENT, INVESTIGATOR = "agent:di", "investigator:bo"
MOVING = {"state": "in_transit", "how": "address_wrong"}
HANDED_OVER = {"state": "delivered_wrong", "how": "recipient_wrong"}
STOPS = (("Hangzhou", Step.ARRIVED, 60), ("Hangzhou", Step.DEPARTED, 50))
LEG = {"carrier": "dhl_paket", "number": "JJD000390007827811111", "expected_on": "2026-03-06"}
SOUND = {"complete": True, "undamaged": True, "opened": False, "look_matches": True}


def misdelivered(details: Mapping[str, object], **changes: object) -> World:
    world = World()
    world.tell(Kind.MISDELIVERED, details, **changes)
    world.scanned(*STOPS)
    world.wait(hours=0.1)
    return world


def fetched_back(world: World, **seen: bool) -> None:
    """The wrong recipient agrees, a courier comes, and looks at it."""
    recipient = {"name": "Max Nachbar", "phone": "+49 40 7654321", "address": "Elbchaussee 2"}
    world.staff(AGENT, "recovery/recipient", recipient)
    world.staff(AGENT, "recovery/contacts", {"outcome": "no_answer"})
    world.wait(days=1)
    world.staff(AGENT, "recovery/contacts", {"outcome": "agreed"})
    thanks = {"gift": "a voucher", "value": {"amount": "20.00", "currency": "CNY"}}
    world.staff(AGENT, "recovery/gift", thanks)
    window = {"from_at": "2026-03-04T08:00:00Z", "to_at": "2026-03-04T10:00:00Z"}
    world.staff(AGENT, "recovery/pickup", window)
    world.wait(days=1)
    world.answer(AGENT, world.task(TaskRole.PICKUP), **{**SOUND, **seen})


@pytest.mark.requirement("004-39", "000-9")
def test_a_stop_that_nobody_acknowledges_falls_back_to_fetching_it() -> None:
    world = misdelivered(MOVING)
    world.staff(AGENT, "recovery/stops", {"to": "driver 7"})

    world.wait(days=1)

    (stop,) = world.case().recovering.stops
    assert stop.state == "unanswered"
    assert world.case().status is Status.RECOVERING
    fetched_back(world)
    assert world.case().recovering.is_sound


@pytest.mark.requirement("004-44")
def test_damage_seen_when_it_is_fetched_back_is_a_case_of_its_own() -> None:
    world = misdelivered(HANDED_OVER)

    fetched_back(world, undamaged=False)

    (twin,) = world.case().recovering.twins
    damage = world.cases.load(twin)
    assert damage.report.kind is Kind.DAMAGED
    assert damage.recovering.twins == (world.id,)
    assert world.contacts.get(twin, "report") == world.contacts.get(world.id, "report")
    parent, token = world.id, world.tokens[world.id]
    world.tokens[twin], world.id = token, twin
    assert world.claimant("GET", "")["incident"]["kind"] == "damaged"
    world.id = parent
    world.staff(AGENT, "recovery/redelivery", LEG)
    assert world.case().status is Status.REDELIVERING


@pytest.mark.requirement("004-44")
@pytest.mark.parametrize("is_index_late", [False, True])
def test_damage_that_was_reported_already_is_that_case(
    monkeypatch: pytest.MonkeyPatch, *, is_index_late: bool
) -> None:
    """Two cases about one broken parcel would both be paid."""
    world = misdelivered(HANDED_OVER)
    parent = world.id
    broken = {"noticed_when": "after_opening", "damage": "broken"}
    damage = world.tell(Kind.DAMAGED, broken).id
    world.id = parent
    if is_index_late:
        monkeypatch.setattr(world.cases, "on_waybill", lambda _: [])

    fetched_back(world, undamaged=False)
    world.settle()

    assert world.cases.ids() == sorted([parent, damage])
    assert world.case().recovering.twins[-1] == damage
    assert world.cases.load(damage).recovering.twins == (parent,)


@pytest.mark.requirement("004-40", "000-9")
def test_a_recovery_that_leads_nowhere_ends_by_its_limit_and_is_made_good() -> None:
    world = misdelivered(HANDED_OVER)
    world.staff(AGENT, "recovery/recipient", {"name": "Max Nachbar"})
    world.staff(AGENT, "recovery/contacts", {"outcome": "denies"})

    case = world.wait(days=31)

    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.MISDELIVERED
    assert "OfferMade" in world.events()
