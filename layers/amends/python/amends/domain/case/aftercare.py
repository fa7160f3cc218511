"""Aftercare: the satisfaction question, its one reminder, and what an answer triggers."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.concluding import paid_outcome
from amends.domain.case.conversing import plan_call
from amends.domain.case.events import (
    CaseClosed,
    CaseReopened,
    Event,
    FeedbackGiven,
    SurveyPlanned,
    SurveyReminded,
    SurveySent,
)
from amends.domain.case.vocabulary import Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.people.survey import Answer
from amends.domain.people.timing import Preferences
from amends.domain.refusal import OutOfOrder

ANSWER_WITHIN = timedelta(days=14)


def plan_survey(case: Case, *, after: timedelta, occasion: Occasion) -> list[Event]:
    """Set the date of the question, once the money has arrived."""
    if case.stage is not Stage.FOLLOWING_UP or case.survey_id is not None or case.feedback:
        return []
    survey_id = derived("srv", case.id, "1")
    return [SurveyPlanned(survey_id=survey_id, ask_at=occasion.at + after)]


def survey_sent(case: Case, occasion: Occasion) -> list[Event]:
    """The question went out; silence closes the case in the end."""
    if case.survey_id is None or "survey" not in case.waits:
        return []
    return [SurveySent(survey_id=case.survey_id, close_at=occasion.at + ANSWER_WITHIN)]


def remind(case: Case, occasion: Occasion) -> list[Event]:
    """Remind once, and never somebody who has answered."""
    due = case.waits.get("remind")
    if due is None or due > occasion.at or case.survey_id is None or case.feedback is not None:
        return []
    return [SurveyReminded(survey_id=case.survey_id)]


def give_feedback(
    case: Case, answer: Answer, preferences: Preferences, occasion: Occasion
) -> list[Event]:
    """Record the answer; a low one reopens the case, and somebody calls with a clock."""
    if case.feedback is not None:
        if (case.feedback.score, case.feedback.resolved) == (answer.score, answer.resolved):
            return []
        raise OutOfOrder("the question has been answered already")
    if case.stage not in (Stage.FOLLOWING_UP, Stage.CLOSED):
        raise OutOfOrder("the question is asked when the case is settled")
    given = FeedbackGiven(
        score=answer.score, resolved=answer.resolved, commented=bool(answer.comment)
    )
    if not answer.is_low:
        return [given]
    because = "low_score" if answer.resolved else "not_resolved"
    call = plan_call(case, because, case.survey_id or "unasked", preferences, occasion)
    return [given, CaseReopened(because="feedback"), *call]


def close(case: Case, occasion: Occasion) -> list[Event]:
    """Close a settled case that was answered, or was silent for long enough."""
    due = case.waits.get("close")
    if case.stage is not Stage.FOLLOWING_UP or due is None or occasion.at < due:
        return []
    return [CaseClosed(outcome=paid_outcome(case))]
