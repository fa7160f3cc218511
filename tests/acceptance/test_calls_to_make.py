"""Who calls knows whom, why and what to tell; what people said can be read by whoever answers."""

from datetime import timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.vocabulary import Kind, ReportChannel, Stage
from amends.domain.people.delivery import Outcome
from amends.service.intake.reporting import token_of
from amends.service.people.addressing import answer_token
from tests.acceptance.test_survey import settled
from tests.support.people_world import ERIKA, KEY, World

LANDLINE = {"name": "李娜", "phone": "020 8765 4321"}
"""A number that no machine can write to, since it does not say its country."""


def call_of(world: World, case: Case, because: str) -> str:
    world.told(case)  # the stream brings staff's lists up to date
    (owed,) = [
        one
        for one in world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
        if (one["case_id"], one["because"]) == (case.id, because)
    ]
    return f"/v1/staff/work/calls/{owed['id']}"


@pytest.mark.requirement("004-28", "002-17", "000-13")
def test_whoever_calls_is_told_the_number_and_what_reached_nobody_while_the_call_is_owed() -> None:
    world = World()
    case = world.open(LANDLINE)
    world.told(case)
    path = call_of(world, case, "no_way_left")

    told = world.as_agent("GET", f"{path}?case_id={case.id}")

    assert (told["name"], told["phone"], told["language"]) == ("李娜", "020 8765 4321", "zh-CN")
    assert told["message"]["code"] == "acknowledgement"
    assert case.id in told["message"]["text"]
    assert told["points"]
    assert world.call("GET", f"{path}?case_id={case.id}", groups="finance")[0] == 403
    assert world.call("GET", path, groups="agent")[0] == 404

    world.as_agent("POST", path, {"case_id": case.id, "reached": True, "note": "已口头告知。"})

    assert world.call("GET", f"{path}?case_id={case.id}", groups="agent")[0] == 404
    (made,) = world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages")["calls"]
    assert (made["is_reached"], made["notes"]) == (True, ["已口头告知。"])
    assert world.as_claimant(case, "GET", "messages")["calls"] == []


def test_what_opens_a_case_is_shown_to_its_claimant_and_to_no_staff() -> None:
    world = World()
    case = settled(world)
    world.now += timedelta(days=3)
    world.sweep()

    own = str(world.as_claimant(case, "GET", "messages"))
    staffs = str(world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages"))

    page = answer_token("survey", case.id, KEY)
    assert page in own
    assert page not in staffs
    assert "/v1/answers/survey/...?score=1" in staffs


@pytest.mark.requirement("004-52")
def test_a_letter_of_a_case_that_one_may_not_see_is_not_listed() -> None:
    world = World()
    reporter = {"name": "Tom", "address": {"lines": ["Elm Road 1"], "country": "GB"}}
    case = world.open(reporter, channel=ReportChannel.LETTER, kind=Kind.PROHIBITED_CONTENTS)
    world.told(case)

    assert world.as_agent("GET", "/v1/staff/work?kind=letter")["data"] == []
    _, seen = world.call("GET", "/v1/staff/work?kind=letter", groups="investigator")
    assert {row["case_id"] for row in seen["data"]} == {case.id}


@pytest.mark.requirement("004-52")
def test_a_call_of_a_case_that_one_may_not_see_tells_nothing() -> None:
    world = World()
    case = world.open(LANDLINE, kind=Kind.PROHIBITED_CONTENTS)
    world.told(case)
    call = world.cases.load(case.id).talking.calls[0]
    path = f"/v1/staff/work/calls/{call.id}?case_id={case.id}"

    assert world.call("GET", path, groups="agent")[0] == 404
    assert world.call("GET", path, groups="investigator")[1]["phone"] == "020 8765 4321"


@pytest.mark.requirement("004-28", "000-22", "002-19")
def test_whom_the_survey_reaches_by_no_way_is_called_and_their_answer_counts() -> None:
    world = World()
    case = settled(world)
    world.contacts.put(case.id, "report", {"reporter": LANDLINE})
    world.now += timedelta(days=3)
    world.sweep()
    path = call_of(world, case, "satisfaction")
    told = world.as_agent("GET", f"{path}?case_id={case.id}")
    assert told["message"]["code"] == "survey"

    said = {"score": 2, "resolved": False, "comment": "太慢，等了两个月"}
    unheard = {"case_id": case.id, "reached": False, "feedback": said}
    assert world.call("POST", path, unheard, groups="agent")[0] == 422
    world.as_agent("POST", path, {"case_id": case.id, "reached": True, "feedback": said})
    world.told(case)

    assert world.cases.load(case.id).stage is Stage.NEGOTIATING
    summed = world.as_agent("GET", "/v1/staff/feedback?theme=speed")
    assert (summed["answers"], summed["cases"][0]["case_id"]) == (1, case.id)
    thread = world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages")
    assert thread["feedback"] == said
    again = call_of(world, case, "not_resolved")
    told = world.as_agent("GET", f"{again}?case_id={case.id}")
    assert told["feedback"] == said
    assert world.as_agent("GET", "/v1/staff/feedback?theme=courier")["cases"] == []
    assert world.call("GET", "/v1/staff/feedback?theme=weather", groups="agent")[0] == 422


@pytest.mark.parametrize("reporter", [{**ERIKA}, {"name": "李娜"}])
def test_nobody_is_called_about_a_survey_that_arrives_or_without_a_number(
    reporter: dict[str, str],
) -> None:
    world = World()
    case = settled(world)
    world.contacts.put(case.id, "report", {"reporter": reporter})
    world.now += timedelta(days=3)
    world.sweep()

    because = {call.because for call in world.cases.load(case.id).talking.calls}
    assert "satisfaction" not in because


@pytest.mark.requirement("004-28")
def test_who_does_not_want_the_survey_is_not_called_about_it_either() -> None:
    world = World()
    case = settled(world)
    world.as_claimant(case, "PUT", "preferences", {"muted": ["survey"]})
    world.contacts.put(case.id, "report", {"reporter": LANDLINE})
    world.now += timedelta(days=3)
    world.sweep()

    because = {call.because for call in world.cases.load(case.id).talking.calls}
    assert "satisfaction" not in because


def test_a_survey_that_bounces_becomes_a_call_once() -> None:
    world = World()
    world.messenger.fate = lambda _: Outcome.REFUSED
    case = settled(world)
    for _ in range(4):
        world.now += timedelta(days=1)
        world.sweep()

    calls = [
        one for one in world.cases.load(case.id).talking.calls if one.because == "satisfaction"
    ]
    assert len(calls) == 1


@pytest.mark.requirement("002-16", "004-6")
def test_a_report_is_read_in_its_reporters_own_words_by_both_sides() -> None:
    world = World()
    case = world.open()
    known = world.contacts.get(case.id, "report") or {}
    world.contacts.put(case.id, "report", {**known, "narrative": "It never came."})

    for thread in (
        world.as_claimant(case, "GET", "messages"),
        world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages"),
    ):
        first = thread["data"][0]
        assert (first["from"], first["text"]) == ("claimant", "It never came.")
        assert first["at"] == "2026-11-20T02:00:00Z"


def test_an_opinion_that_is_refused_does_not_replace_the_words_of_the_first() -> None:
    world = World()
    case = settled(world)
    path, token = f"/v1/cases/{case.id}/feedback", token_of(case.id, KEY)
    first = {"score": 5, "resolved": True, "comment": "Quick and kind."}
    world.as_claimant(case, "POST", "feedback", first)

    again = {"score": 1, "resolved": False, "comment": "Slow."}
    assert world.call("POST", path, again, token=token)[0] == 409

    thread = world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages")
    assert thread["feedback"] == first
