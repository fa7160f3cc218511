"""A parcel goes to the wrong door: told to the deployed functions, on the template's tables."""

import json

import pytest

from amends import runtime
from amends.domain.case.events import Repacked
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Remedy, Stage, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.histories import happened
from tests.support.story import NUMBER, Story

AGENT, INVESTIGATOR = "agent:di", "investigator:bo"
HANDED_OVER = {"state": "delivered_wrong", "how": "recipient_wrong"}
NEW = "JJD000390007827811111"
LEG = {"carrier": "dhl_paket", "number": NEW, "expected_on": "2026-03-06"}
SOUND = {"complete": True, "undamaged": True, "opened": False, "look_matches": True}


def misdelivered(story: Story, details: object) -> None:
    story.scripted(("Hangzhou", Step.ARRIVED, 60), ("Hangzhou", Step.DEPARTED, 50))
    story.tell(Kind.MISDELIVERED, details)


def fetched_back(story: Story, **seen: bool) -> None:
    """The wrong recipient agrees, a courier comes, and looks at it."""
    recipient = {"name": "Max Nachbar", "phone": "+49 40 7654321", "address": "Elbchaussee 2"}
    story.staff(AGENT, "recovery/recipient", recipient)
    story.staff(AGENT, "recovery/contacts", {"outcome": "no_answer"})
    story.staff(AGENT, "recovery/contacts", {"outcome": "agreed"})
    thanks = {"gift": "a voucher", "value": {"amount": "20.00", "currency": "CNY"}}
    story.staff(AGENT, "recovery/gift", thanks)
    window = {"from_at": "2026-03-03T08:00:00Z", "to_at": "2026-03-03T10:00:00Z"}
    story.staff(AGENT, "recovery/pickup", window)
    story.answer(AGENT, story.task(TaskRole.PICKUP), **{**SOUND, **seen})


@pytest.mark.requirement("004-33", "004-35", "004-39", "004-46", "004-48", "000-3")
def test_while_moving_it_is_stopped_and_sent_to_the_right_door(story: Story) -> None:
    misdelivered(story, {"state": "in_transit", "how": "address_wrong"})
    story.staff(AGENT, "recovery/stops", {"to": "driver 7"})
    assert story.case().status is Status.REDIRECTING
    assert story.refused(AGENT, "recovery/redelivery", LEG)["code"] == "out_of_order"
    story.staff(AGENT, f"recovery/stops/{story.stop_id()}", {"is_stopped": True})
    story.staff(AGENT, "recovery/redelivery", LEG)
    assert story.case().status is Status.REDELIVERING

    story.wait(days=3)
    case = story.says(Milestone.DELIVERED, number=NEW)

    assert case.recovering.redelivered_at is not None
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.DELAYED
    assert case.recovering.goodwill[0] is Remedy.COUPON


@pytest.mark.requirement(
    *("004-34", "004-36", "004-37", "004-40", "004-41", "004-43", "004-44", "004-45", "004-46"),
    *("004-49", "004-50", "000-2"),
)
def test_and_recovered(story: Story) -> None:
    misdelivered(story, HANDED_OVER)
    desk = story.task(TaskRole.ORDER_DESK)
    story.answer(INVESTIGATOR, desk, order_address_matches=False, cause="order_entry")
    fetched_back(story)
    assert story.case().answering.cause is Cause.ADDRESS_ENTRY
    assert "Nachbar" not in str(story.cloud.rows("EventsTable"))
    assert "Nachbar" in str(story.cloud.rows("ContactsTable"))

    story.staff(AGENT, "recovery/repacking", {"new_number": NEW})
    (link,) = happened(runtime.cases().history(story.id), Repacked)
    assert (link.old_number, link.new_number) == (NUMBER, NEW)
    story.staff(AGENT, "recovery/redelivery", LEG)
    story.says(Milestone.DELIVERED, number=NEW)
    action = {"kind": "order_system", "owner": "order desk", "due_on": "2026-04-01"}
    story.staff(INVESTIGATOR, "actions", action)

    case = story.case()
    assert case.recovering.redelivered_at is not None
    assert case.stage not in (Stage.RECOVERING, Stage.INVESTIGATING)
    assert "Nachbar" not in str(story.cloud.rows("ContactsTable"))


@pytest.mark.requirement("004-38")
def test_two_that_were_swapped_know_each_other(story: Story) -> None:
    story.tell(Kind.MISDELIVERED, {"state": "delivered_wrong", "how": "swapped"})
    first = story.id

    details = {"state": "delivered_wrong", "how": "swapped", "other_number": "RR 1234 5678 5CN"}
    story.tell(Kind.MISDELIVERED, details, shipment={"tracking_number": "RR987654326CN"})

    assert story.case().recovering.twins == (first,)
    assert story.case(first).recovering.twins == (story.id,)


@pytest.mark.requirement("004-44", "004-36")
def test_opened_and_its_contents_gone_it_becomes_missing_contents(story: Story) -> None:
    misdelivered(story, HANDED_OVER)

    fetched_back(story, complete=False, opened=True)

    case = story.case()
    assert (case.report.kind, case.stage) == (Kind.CONTENTS_MISSING, Stage.INVESTIGATING)
    bodies = [row["body"]["S"] for row in story.cloud.rows("EventsTable")]
    assert any("contents_missing" in json.dumps(json.loads(body)) for body in bodies)
    assert "KindChanged" in story.events()
