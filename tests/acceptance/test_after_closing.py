"""After a case is closed: what is written into it is answered, or somebody hears of it, in time."""

from datetime import timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Assigned,
    CaseClosed,
    ClockMissed,
    InquiryAcknowledged,
    InquirySent,
    ReplyOverdue,
)
from amends.domain.case.vocabulary import Outcome
from amends.service.people.speaking import hear_carrier, speak_by_mail
from tests.support.event_samples import sample
from tests.support.people_world import World

DAY = timedelta(days=1)
HOUSE = {"bo": "bo@amends.example", "supervisor": "head@amends.example"}


def closed(world: World) -> Case:
    """A case that an investigator had and that is over, with everything said of it sent."""
    case = world.open(language="en")
    world.happen(case, Assigned(to="bo"), CaseClosed(outcome=Outcome.FOUND))
    world.told(case)
    world.messenger.sent.clear()
    return case


def days(world: World, count: int) -> list[tuple[int, str]]:
    """So many days pass; whom mails of each of them went to."""
    told = []
    for day in range(1, count + 1):
        before = len(world.messenger.sent)
        world.now += DAY
        world.sweep()
        told += [(day, one["to"]) for one in world.messenger.sent[before:]]
    return told


@pytest.mark.requirement("002-16", "000-9", "004-26")
def test_its_owner_then_the_supervisor_then_whoever_administers_hear_of_a_late_answer() -> None:
    world = World(colleagues=HOUSE)
    case = closed(world)
    before = len(world.cases.history(case.id))
    world.as_claimant(case, "POST", "messages", {"text": "the box was empty"})
    world.told(case)

    told = days(world, 40)

    assert told == [
        (1, "bo@amends.example"), (2, "head@amends.example"), (3, "desk@amends.example"),
        (33, "desk@amends.example"),
    ]  # fmt: skip
    assert "whoever administers" not in world.messenger.sent[0]["text"]
    assert "管理员" in world.messenger.sent[-1]["text"]
    after = world.cases.load(case.id)
    assert (after.is_open, after.outcome) == (False, Outcome.FOUND)
    since = [type(one.event) for one in world.cases.history(case.id)[before + 1 :]]
    assert set(since) == {ReplyOverdue}
    (owed,) = world.as_agent("GET", "/v1/staff/work?kind=reply")["data"]
    assert owed["because"] == "message"
    due = world.as_claimant(case, "GET", "messages")["answer_due_at"]
    assert due == owed["due_at"]  # what was promised, not when somebody is told again


@pytest.mark.requirement("002-16", "004-26")
@pytest.mark.parametrize(
    ("path", "body"),
    [("", {"text": "we look again"}), ("/set-aside", {"because": "thanks"})],
)
def test_an_answer_or_a_word_that_none_is_needed_ends_it(path: str, body: object) -> None:
    world = World()
    case = closed(world)
    world.as_claimant(case, "POST", "messages", {"text": "thank you"})
    days(world, 2)

    world.as_agent("POST", f"/v1/staff/cases/{case.id}/messages{path}", body)
    world.told(case)
    world.messenger.sent.clear()

    assert days(world, 40) == []
    after = world.cases.load(case.id)
    assert (after.due_at, after.overdue_since, after.is_open) == (None, None, False)
    assert world.as_agent("GET", "/v1/staff/work?kind=reply")["data"] == []


def test_why_no_answer_is_needed_is_one_of_a_few_reasons_and_for_staff_to_say() -> None:
    world = World()
    case = closed(world)
    path = f"/v1/staff/cases/{case.id}/messages/set-aside"

    assert world.call("POST", path, {"because": "lazy"}, groups="agent")[0] == 422
    assert world.call("POST", path, {"because": "thanks"}, groups="finance")[0] == 403
    assert world.call("POST", path, {"because": "thanks"}, groups="agent")[0] == 200
    assert world.cases.load(case.id).version == len(world.cases.history(case.id))


@pytest.mark.parametrize("is_automatic", [True, False])
def test_a_mail_into_a_closed_case_waits_unless_a_machine_wrote_it(*, is_automatic: bool) -> None:
    world = World()
    case = closed(world)
    words = {"text": "I am away", "is_automatic": is_automatic}

    speak_by_mail(world.cases, world.contacts, world.occasion(), case.id, "msg_1", words, ())

    assert ("reply" in world.cases.load(case.id).waits) is not is_automatic


@pytest.mark.requirement("002-9")
def test_what_a_carrier_answers_after_the_end_is_read_or_somebody_hears_of_it() -> None:
    world = World(colleagues=HOUSE)
    case = world.open(language="en")
    asked = sample(InquirySent)
    reference = InquiryAcknowledged(inquiry_id=asked.inquiry_id, reference="DE-1")
    world.happen(case, asked, reference, CaseClosed(outcome=Outcome.FOUND))
    hear_carrier(
        world.cases, world.contacts, world.occasion(), case.id, "msg_1",
        {"text": "we have found it"}, (), asked.inquiry_id,
    )  # fmt: skip
    world.told(case)
    world.messenger.sent.clear()

    assert days(world, 2) == [(1, "head@amends.example"), (2, "head@amends.example")]
    assert isinstance(world.cases.history(case.id)[-1].event, ClockMissed)
    (owed,) = world.as_agent("GET", "/v1/staff/work?kind=reply")["data"]
    assert owed["because"] == "carrier_answered"
    path = f"/v1/staff/cases/{case.id}/messages/set-aside"
    world.as_agent("POST", path, {"because": "answered"})
    assert world.cases.load(case.id).due_at is None
