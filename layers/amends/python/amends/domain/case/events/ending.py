"""Events of the follow-up and the end."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.vocabulary import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPlanned:
    """The satisfaction question's date."""

    survey_id: str
    ask_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySent:
    """The question went out; without an answer the case closes at `close_at`."""

    survey_id: str
    close_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    """The claimant's answer; the comment stands with the contact."""

    score: int
    resolved: bool | None
    """None until it is said: one tap gives a score alone."""
    commented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAdded:
    """What was said after the score: whether it is resolved; words stand with the contact."""

    resolved: bool
    commented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """It goes on: an appeal, a late answer, a low score, a returned payment."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """The end, until something reopens it."""

    outcome: Outcome


__all__ = [
    "CaseClosed",
    "CaseReopened",
    "FeedbackAdded",
    "FeedbackGiven",
    "SurveyPlanned",
    "SurveySent",
]
