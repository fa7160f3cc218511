"""Aftercare: the satisfaction question, its one reminder, and what an answer triggers."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseClosed,
    CaseReopened,
    Event,
    FeedbackAdded,
    FeedbackGiven,
    SurveyPlanned,
    SurveyReminded,
    SurveySent,
)
from amends.domain.case.investigation.concluding import paid_outcome
from amends.domain.case.talking.conversing import plan_call
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


def is_asked(case: Case) -> bool:
    """Whether it can be said how it was."""
    return case.stage in (Stage.FOLLOWING_UP, Stage.CLOSED)


def give_feedback(
    case: Case, answer: Answer, preferences: Preferences, occasion: Occasion
) -> list[Event]:
    """Record the answer; a low one reopens the case, and somebody calls with a clock.

    A score alone may be completed later, by whether it is resolved and by words.
    """
    known = case.feedback
    if known is not None:
        if (known.score, known.resolved) == (answer.score, answer.resolved):
            return []
        if known.score != answer.score or known.resolved is not None or answer.resolved is None:
            raise OutOfOrder("the question has been answered already")
        added = FeedbackAdded(resolved=answer.resolved, commented=bool(answer.comment))
        was_low = Answer(score=known.score, resolved=known.resolved).is_low
        return [added, *([] if was_low else _acted_on(case, answer, preferences, occasion))]
    if not is_asked(case):
        raise OutOfOrder("the question is asked when the case is settled")
    given = FeedbackGiven(
        score=answer.score, resolved=answer.resolved, commented=bool(answer.comment)
    )
    return [given, *_acted_on(case, answer, preferences, occasion)]


def _acted_on(
    case: Case, answer: Answer, preferences: Preferences, occasion: Occasion
) -> list[Event]:
    if not answer.is_low:
        return []
    because = "not_resolved" if answer.resolved is False else "low_score"
    call = plan_call(case, because, case.survey_id or "unasked", preferences, occasion)
    return [CaseReopened(because="feedback"), *call]


def close(case: Case, occasion: Occasion) -> list[Event]:
    """Close a settled case that was answered, or was silent for long enough."""
    due = case.waits.get("close")
    if case.stage is not Stage.FOLLOWING_UP or due is None or occasion.at < due:
        return []
    return [CaseClosed(outcome=paid_outcome(case))]
