"""Links in messages open pages that take an answer; opening one changes nothing."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import RecipientIdentified
from amends.domain.case.vocabulary import Stage
from amends.service.people.addressing import answer_token
from tests.acceptance.test_survey import settled
from tests.support.arriving import request_of
from tests.support.event_samples import sample
from tests.support.people_world import KEY, World

FORM = {"content-type": "application/x-www-form-urlencoded"}


def page(
    world: World, case: Case, what: str, fields: dict[str, str] | None = None, query: str = ""
) -> tuple[int, str]:
    """The status and the HTML of one page, opened or sent."""
    path = f"/v1/answers/{what}/{answer_token(what, case.id, KEY)}"
    answer: dict[str, Any] = world.router(
        request_of(
            "GET" if fields is None else "POST",
            f"{path}?score={query}" if query else path,
            text=urlencode(fields or {}),
            number=world.now,
            headers=FORM,
        )
    )
    assert answer["headers"]["content-type"].startswith("text/html"), answer
    return answer["statusCode"], answer["body"]


def asked() -> tuple[World, Case]:
    world = World()
    case = settled(world)
    world.now += timedelta(days=3)
    world.sweep()
    world.messenger.sent.clear()
    return world, case


def test_the_survey_has_five_links_and_opening_any_of_them_changes_nothing() -> None:
    world = World()
    case = settled(world)
    world.now += timedelta(days=3)
    world.sweep()
    (survey,) = [one for one in world.messenger.sent if "/v1/answers/survey/" in one["text"]]
    before = world.cases.history(case.id)

    for score in "12345":
        assert re.search(rf"/v1/answers/survey/\S+\?score={score}\b", survey["text"])
        status, body = page(world, case, "survey", query=score)
        assert status == 200
        assert f'value="{score}" required checked' in body
    assert world.cases.history(case.id) == before


@pytest.mark.requirement("000-22", "004-28")
def test_a_score_is_kept_by_one_button_and_completed_afterwards() -> None:
    world, case = asked()

    _, body = page(world, case, "survey", {"score": "4"})
    assert 'name="resolved"' in body
    first = world.cases.load(case.id).feedback
    assert first is not None
    assert (first.score, first.resolved) == (4, None)
    page(world, case, "survey", {"score": "4"})  # a second tap
    page(world, case, "survey", {"resolved": "yes", "comment": "包装太差"})
    page(world, case, "survey", {"resolved": "no"})
    world.told(case)

    after = world.cases.load(case.id)
    assert after.feedback is not None
    assert (after.feedback.score, after.feedback.resolved, after.feedback.commented) == (
        4,
        True,
        True,
    )
    assert world.codes().count("thanks") == 1
    counted = world.as_agent("GET", "/v1/staff/feedback?by=kind")
    assert counted["answers"] == 1
    assert [row["theme"] for row in counted["themes"]] == ["packaging"]


@pytest.mark.requirement("004-26", "002-19")
@pytest.mark.parametrize(
    ("answers", "because"),
    [
        ([{"score": "1"}], "low_score"),
        ([{"score": "5"}, {"resolved": "no"}], "not_resolved"),
        ([{"score": "2"}, {"resolved": "no"}], "low_score"),
    ],
)
def test_a_low_score_or_what_is_not_resolved_reopens_once_and_somebody_calls(
    answers: list[dict[str, str]], because: str
) -> None:
    world, case = asked()

    for fields in answers:
        _, body = page(world, case, "survey", fields)
    world.told(case)

    assert "somebody" in body.lower() or "回电" in body or 'name="resolved"' in body
    assert world.cases.load(case.id).stage is Stage.NEGOTIATING
    calls = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert [call["because"] for call in calls] == [because]


def test_what_is_missing_is_asked_again_and_a_question_that_is_not_due_is_not_asked() -> None:
    world, case = asked()
    _, body = page(world, case, "survey", {"score": "9"})
    assert 'role="alert"' in body
    assert world.cases.load(case.id).feedback is None

    early = World()
    _, body = page(early, early.open(), "survey", {"score": "5"})
    assert "<form" not in body


@pytest.mark.requirement("002-21")
def test_a_summary_is_confirmed_or_corrected_on_its_page() -> None:
    world = World()
    case = world.open(channel="phone")
    world.told(case)
    (told,) = [one for one in world.messenger.sent if "/v1/answers/summary/" in one["text"]]
    assert told["to"] in ("na@example.org", "+8613800138000")

    _, body = page(world, case, "summary")
    assert "RR123456785CN" in body
    _, body = page(world, case, "summary", {"agreed": "no"})
    assert 'role="alert"' in body
    page(world, case, "summary", {"agreed": "no", "correction": "收件人姓名不对"})
    _, body = page(world, case, "summary", {"agreed": "no", "correction": "收件人姓名不对"})

    assert "<form" not in body
    thread = world.as_claimant(case, "GET", "messages")
    assert thread["summary"]["state"] == "corrected"
    assert [row["text"] for row in thread["data"] if row["from"] == "claimant"] == [
        "收件人姓名不对"
    ]


@pytest.mark.requirement("004-40", "004-41")
def test_whoever_holds_the_parcel_says_so_and_learns_nothing_of_the_others() -> None:
    world = World()
    case = world.open(kind="misdelivered")
    case = world.happen(case, sample(RecipientIdentified))
    part = case.recovering.recipient_part or ""
    world.contacts.put(case.id, part, {"name": "王五", "phone": "+8613900139000"})

    _, body = page(world, case, "parcel")
    assert case.id not in re.sub(r"/v1/answers/\S+", "", body)
    assert "李娜" not in body
    before = len(world.cases.history(case.id))
    page(world, case, "parcel", {"parcel": "agreed", "when": "周六上午，楼下"})
    page(world, case, "parcel", {"parcel": "agreed", "when": "周六上午，楼下"})

    history = world.cases.history(case.id)
    assert [type(one.event).__name__ for one in history[before:]] == ["RecipientContacted"]
    kept = world.contacts.get(case.id, part)
    assert kept is not None
    assert (kept["name"], kept["said"]) == ("王五", "周六上午，楼下")


def test_a_link_that_we_never_wrote_opens_nothing_and_one_page_does_not_open_another() -> None:
    world = World()
    case = settled(world)
    for token in ("x", answer_token("parcel", case.id, KEY), answer_token("survey", case.id, b"k")):
        status, told = world.call("GET", f"/v1/answers/survey/{token}")
        assert (status, told["code"]) == (404, "not_found")
