"""The satisfaction question, and what an answer triggers."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CallPlanned,
    CaseClosed,
    CaseReopened,
    Event,
    FeedbackGiven,
    SurveyPlanned,
    SurveySent,
)
from amends.domain.case.talking.aftercare import (
    ANSWER_WITHIN,
    close,
    give_feedback,
    plan_survey,
    survey_sent,
)
from amends.domain.case.vocabulary import Outcome, Stage, Status
from amends.domain.people.message import Way
from amends.domain.people.survey import Answer
from amends.domain.people.timing import Preferences
from amends.domain.refusal import Invalid, OutOfOrder
from tests.support.histories import OFFERED, PAID, SURVEYED, given, occasion, then

DAYS_3 = timedelta(days=3)
READER = Preferences(zone=ZoneInfo("Asia/Shanghai"), ways=(Way.EMAIL,))


def answer(case: Case, score: int, *, resolved: bool = True, comment: str = "") -> list[Event]:
    """What one answer calls for."""
    heard = Answer(score=score, resolved=resolved, comment=comment)
    return give_feedback(case, heard, READER, occasion())


def test_the_question_gets_its_date_once_the_money_has_arrived() -> None:
    case = given(*PAID)
    events = plan_survey(case, after=DAYS_3, occasion=occasion())
    planned = then(case, events)

    (plan,) = events
    assert isinstance(plan, SurveyPlanned)
    assert planned.due_at == plan.ask_at == occasion(DAYS_3).at
    assert plan_survey(planned, after=DAYS_3, occasion=occasion()) == []
    assert plan_survey(given(*OFFERED), after=DAYS_3, occasion=occasion()) == []


def test_who_has_answered_is_not_asked() -> None:
    answered = given(*PAID, "FeedbackGiven")

    assert plan_survey(answered, after=DAYS_3, occasion=occasion()) == []
    assert close(answered, occasion()) == [CaseClosed(outcome=Outcome.COMPENSATED)]


def test_the_question_goes_out_once() -> None:
    case = given(*PAID, "SurveyPlanned")
    events = survey_sent(case, occasion())
    asked = then(case, events)

    (sent,) = events
    assert isinstance(sent, SurveySent)
    assert asked.waits["close"] == sent.close_at == occasion(ANSWER_WITHIN).at
    assert asked.status is Status.SURVEYED
    assert survey_sent(asked, occasion()) == []
    assert survey_sent(given(*PAID), occasion()) == []


def test_an_answer_counts_once_and_closes_the_case() -> None:
    case = given(*SURVEYED)
    events = answer(case, 5)
    answered = then(case, events)

    assert events == [FeedbackGiven(score=5, resolved=True, commented=False)]
    assert answer(answered, 5) == []
    assert close(answered, occasion()) == [CaseClosed(outcome=Outcome.COMPENSATED)]


@pytest.mark.requirement("004-28")
@pytest.mark.parametrize(("score", "resolved"), [(2, True), (1, False), (4, False)])
@pytest.mark.parametrize("history", [SURVEYED, (*SURVEYED, "CaseClosed")])
def test_a_bad_answer_reopens_the_case(
    *, score: int, resolved: bool, history: tuple[str, ...]
) -> None:
    case = given(*history)
    events = answer(case, score, resolved=resolved, comment="…")
    reopened = then(case, events)

    given_, again, call = events
    assert (given_, again) == (
        FeedbackGiven(score=score, resolved=resolved, commented=True),
        CaseReopened(because="feedback"),
    )
    assert isinstance(call, CallPlanned)
    assert occasion().at <= call.call_at <= call.due_at
    assert (reopened.stage, reopened.outcome) == (Stage.NEGOTIATING, None)
    assert reopened.due_at == occasion().at
    assert answer(reopened, score, resolved=resolved, comment="…") == []


def test_a_good_answer_that_comes_late_leaves_the_case_closed() -> None:
    case = given(*SURVEYED, "CaseClosed")

    late = then(case, answer(case, 5))

    assert (late.stage, late.due_at) == (Stage.CLOSED, None)
    assert late.feedback is not None


def test_another_answer_and_an_answer_too_early_are_told_so() -> None:
    with pytest.raises(OutOfOrder, match="already"):
        answer(given(*SURVEYED, "FeedbackGiven"), 1, resolved=False)
    with pytest.raises(OutOfOrder, match="settled"):
        answer(given(*OFFERED), 5)


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_is_from_one_to_five(score: int) -> None:
    with pytest.raises(Invalid):
        answer(given(*SURVEYED), score)


def test_silence_closes_the_case_on_its_day_once() -> None:
    case, late = given(*SURVEYED), occasion(timedelta(days=30))
    events = close(case, late)

    assert close(case, occasion(timedelta(days=1))) == []
    assert events == [CaseClosed(outcome=Outcome.COMPENSATED)]
    assert close(then(case, events, late), late) == []
    assert close(given(*PAID), late) == []
