"""Aftercare: the satisfaction question, and what an answer triggers."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.concluding import paid_outcome
from amends.domain.case.events import (
    CaseClosed,
    CaseReopened,
    Event,
    FeedbackGiven,
    SurveyPlanned,
    SurveySent,
)
from amends.domain.case.vocabulary import Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, OutOfOrder

ANSWER_WITHIN = timedelta(days=14)
LOW_SCORE = 2


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


def give_feedback(case: Case, *, score: int, resolved: bool, commented: bool) -> list[Event]:
    """Record the answer; a low score, or a matter not resolved, reopens the case."""
    if not 1 <= score <= 5:
        raise Invalid("a score is from 1 to 5")
    if case.feedback is not None:
        if (case.feedback.score, case.feedback.resolved) == (score, resolved):
            return []
        raise OutOfOrder("the question has been answered already")
    if case.stage not in (Stage.FOLLOWING_UP, Stage.CLOSED):
        raise OutOfOrder("the question is asked when the case is settled")
    given = FeedbackGiven(score=score, resolved=resolved, commented=commented)
    if score <= LOW_SCORE or not resolved:
        return [given, CaseReopened(because="feedback")]
    return [given]


def close(case: Case, occasion: Occasion) -> list[Event]:
    """Close a settled case that was answered, or was silent for long enough."""
    due = case.waits.get("close")
    if case.stage is not Stage.FOLLOWING_UP or due is None or occasion.at < due:
        return []
    return [CaseClosed(outcome=paid_outcome(case))]
