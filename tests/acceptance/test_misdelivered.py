"""A parcel goes to the wrong door: stopped, fetched back, checked, and sent on to the right one."""

from collections.abc import Mapping

import pytest

from amends.domain.case.events import Repacked
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Remedy, Stage, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.histories import happened
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


@pytest.mark.requirement("004-33", "004-35", "004-39", "004-46", "004-48", "000-3")
def test_misdelivered_while_moving_is_stopped_and_sent_to_the_right_door() -> None:
    world = misdelivered(MOVING)
    world.staff(AGENT, "recovery/stops", {"to": "driver 7"})
    assert world.case().status is Status.REDIRECTING
    assert world.refused(AGENT, "recovery/redelivery", LEG)["code"] == "out_of_order"

    world.staff(AGENT, f"recovery/stops/{world.stop_id}", {"is_stopped": True})
    world.staff(AGENT, "recovery/redelivery", LEG)
    assert world.case().status is Status.REDELIVERING
    assert LEG["number"] in world.watched

    world.now = world.now.replace(day=5)
    case = world.read(Milestone.DELIVERED)
    assert case.recovering.redelivered_at == world.now
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.DELAYED
    assert case.recovering.goodwill
    assert case.recovering.goodwill[0] is Remedy.COUPON


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


@pytest.mark.requirement(
    *("004-34", "004-36", "004-37", "004-40", "004-41", "004-43", "004-44", "004-45", "004-46"),
    *("004-49", "004-50"),
)
def test_misdelivered_and_recovered() -> None:
    world = misdelivered(HANDED_OVER)
    desk = world.task(TaskRole.ORDER_DESK)
    world.answer(INVESTIGATOR, desk, order_address_matches=False, cause="order_entry")
    assert world.case().answering.cause is Cause.ADDRESS_ENTRY
    fetched_back(world)
    told = str(world.cases.history(world.id))
    assert "Nachbar" not in told
    assert "7654321" not in told
    assert world.contacts.get(world.id, "wrong_recipient") is not None

    world.staff(AGENT, "recovery/repacking", {"new_number": LEG["number"]})
    (link,) = happened(world.cases.history(world.id), Repacked)
    assert link.old_number == "RR123456785CN"
    world.staff(AGENT, "recovery/redelivery", LEG)
    world.wait(days=1)
    world.read(Milestone.DELIVERED)
    action = {"kind": "order_system", "owner": "order desk", "due_on": "2026-04-01"}
    world.staff(INVESTIGATOR, "actions", action)

    case = world.case()
    assert case.recovering.redelivered_at is not None
    assert case.stage not in (Stage.RECOVERING, Stage.INVESTIGATING)
    assert world.contacts.get(world.id, "wrong_recipient") == {"erased": True}


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


@pytest.mark.requirement("004-38")
def test_two_parcels_that_were_swapped_are_two_cases_that_know_each_other() -> None:
    world = misdelivered({"state": "delivered_wrong", "how": "swapped"})
    first = world.id
    number = {"tracking_number": "RR987654326CN"}
    details = {"state": "delivered_wrong", "how": "swapped", "other_number": "RR 1234 5678 5CN"}

    world.tell(Kind.MISDELIVERED, details, shipment=number)

    assert world.case().recovering.twins == (first,)
    assert world.cases.load(first).recovering.twins == (world.id,)


@pytest.mark.requirement("004-44", "004-36")
def test_misdelivered_opened_and_contents_gone_becomes_missing_contents() -> None:
    world = misdelivered(HANDED_OVER)

    fetched_back(world, complete=False, opened=True)

    case = world.case()
    assert case.report.kind is Kind.CONTENTS_MISSING
    assert case.stage is Stage.INVESTIGATING
    assert "KindChanged" in world.events()
    case = world.wait(days=60)
    assert case.conclusion is not None
    assert case.outcome in (None, Outcome.FOUND)


@pytest.mark.requirement("004-40", "000-9")
def test_a_recovery_that_leads_nowhere_ends_by_its_limit_and_is_made_good() -> None:
    world = misdelivered(HANDED_OVER)
    world.staff(AGENT, "recovery/recipient", {"name": "Max Nachbar"})
    world.staff(AGENT, "recovery/contacts", {"outcome": "denies"})

    case = world.wait(days=31)

    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.MISDELIVERED
    assert "OfferMade" in world.events()
