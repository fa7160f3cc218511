"""After the money: the question, one reminder, the answer, the call-back, and what is learned."""

from datetime import timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, OfferMade, PayoutConfirmed, SurveyPlanned
from amends.domain.case.vocabulary import Stage
from amends.service.intake.reporting import token_of
from tests.support.event_samples import sample
from tests.support.people_world import KEY, World

SURVEY_ID = "srv_0123456789abcdefghjkmnpqrs"


def settled(world: World, case_id: str = "case_0123456789abcdefghjkmnpqrs") -> Case:
    case = world.open(case_id=case_id)
    planned = SurveyPlanned(survey_id=SURVEY_ID, ask_at=world.now + timedelta(days=3))
    return world.happen(
        case, sample(Concluded), sample(OfferMade), sample(PayoutConfirmed), planned
    )


@pytest.mark.requirement("004-28", "000-22")
def test_the_question_comes_after_three_days_with_one_reminder_and_ends_in_silence() -> None:
    world = World()
    case = settled(world)
    world.told(case)
    for _ in range(19 * 2):
        world.now += timedelta(hours=12)
        world.sweep()

    assert world.codes().count("survey") == 1
    assert world.codes().count("reminder") == 1
    assert world.cases.load(case.id).stage is Stage.CLOSED


@pytest.mark.requirement("004-26", "004-28", "000-22", "002-19")
def test_a_low_answer_reopens_the_case_and_somebody_calls_until_reached() -> None:
    world = World()
    case = settled(world)
    world.now += timedelta(days=3)
    world.sweep()

    body = {"score": 1, "resolved": False, "comment": "太慢，没人联系"}
    told = world.as_claimant(case, "POST", "feedback", body)
    world.told(case)

    assert told["stage"] == "negotiating"
    (call,) = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert call["because"] == "not_resolved"
    desk = [one for one in world.messenger.sent if one["to"] == "desk@amends.example"]
    assert any("太慢" not in one["text"] for one in desk)
    path = f"/v1/staff/work/calls/{call['id']}"
    missed = world.as_agent("POST", path, {"case_id": case.id, "reached": False})
    assert missed["tries"] == 1
    world.now += timedelta(hours=5)
    spoken = {"case_id": case.id, "reached": True, "note": "已致歉，同意补发。"}
    assert world.as_agent("POST", path, spoken)["is_reached"] is True
    assert world.as_agent("GET", "/v1/staff/work?kind=call")["data"] == []


@pytest.mark.requirement("004-28")
def test_a_call_that_nobody_makes_is_escalated() -> None:
    world = World()
    case = settled(world)
    world.now += timedelta(days=3)
    world.sweep()
    world.as_claimant(case, "POST", "feedback", {"score": 2, "resolved": True})
    world.told(case)
    before = len(world.messenger.sent)
    world.now += timedelta(days=1, hours=1)
    world.sweep()

    new = [one["subject"] for one in world.messenger.sent[before:]]
    assert f"升级处理：{case.id}" in new


@pytest.mark.requirement("004-28")
def test_who_cannot_be_reached_by_phone_is_written_to() -> None:
    world = World()
    case = settled(world)
    world.as_claimant(case, "POST", "feedback", {"score": 1, "resolved": False})
    call = world.cases.load(case.id).talking.calls[0]
    for _ in range(3):
        path = f"/v1/staff/work/calls/{call.id}"
        world.as_agent("POST", path, {"case_id": case.id, "reached": False})
        world.now += timedelta(days=1)
    world.told(case)

    assert "missed_call" in world.codes()


@pytest.mark.requirement("000-22", "000-23", "000-24", "002-19", "002-25")
def test_opinions_are_counted_by_group_theme_and_month() -> None:
    world = World()
    for number, (score, comment) in enumerate([(5, "态度好"), (1, "太慢"), (2, "慢，又麻烦")]):
        case = settled(world, f"case_{number}123456789abcdefghjkmnpqrs")
        body = {"score": score, "resolved": score > 2, "comment": comment}
        world.as_claimant(case, "POST", "feedback", body)
        world.told(case)
        world.told(case)

    told = world.as_agent("GET", "/v1/staff/feedback?by=carrier&months=1")

    assert (told["answers"], told["low"]) == (3, 2)
    assert told["rates"][0]["group"] == "china_post"
    assert told["rates"][0]["interval"][0] < told["rates"][0]["satisfied"]
    assert told["themes"][0] == {"theme": "speed", "count": 2, "low": 2, "before": 0}
    assert told["trend"][-1]["month"] == "2026-11"
    assert "慢" not in str(told)
    assert world.call("GET", "/v1/staff/feedback?by=name", groups="agent")[0] == 422


def test_an_answer_counts_once_and_another_is_refused() -> None:
    world = World()
    case = settled(world)
    path, token = f"/v1/cases/{case.id}/feedback", token_of(case.id, KEY)

    assert world.call("POST", path, {"score": 5, "resolved": True}, token=token)[0] == 200
    assert world.call("POST", path, {"score": 5, "resolved": True}, token=token)[0] == 200
    assert world.call("POST", path, {"score": 1, "resolved": True}, token=token)[0] == 409
    assert world.call("POST", path, {"score": 6, "resolved": True}, token=token)[0] == 422


@pytest.mark.requirement("003-15", "001-19")
def test_reports_of_several_cases_to_one_reader_come_as_one() -> None:
    world = World()
    cases = [world.open(case_id=f"case_{n}123456789abcdefghjkmnpqrs") for n in range(3)]
    for case in cases:
        world.told(case)
    for _ in range(6):
        world.now += timedelta(hours=12)
        world.sweep()

    subjects = [one["subject"] for one in world.messenger.sent if one["to"] == "na@example.org"]
    assert "您的3个案件进展" in subjects or any("3" in one for one in subjects[3:])
    assert len([one for one in subjects[3:] if "进展" in one]) <= 2
