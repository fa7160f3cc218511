"""Customs: the papers that they wait for are asked of whoever reported, once."""

from amends.domain.case.case import Case
from amends.domain.case.events import Event, InformationRequested
from amends.domain.case.evidence import CUSTOMS_PAPERS, answers
from amends.domain.case.investigation.verification import ANSWER_WITHIN
from amends.domain.case.question import value_of
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Stage
from amends.domain.occasion import Occasion
from amends.domain.parcel.vocabulary import Reason

_ASKING = frozenset({Stage.TRACING, Stage.INVESTIGATING})


def wait_for_papers(case: Case) -> bool:
    """Whether a channel, or customs themselves, last said that papers are missing."""
    said = [
        value_of(task.answers, "reason")
        for task in case.investigation.tasks
        if task.role is TaskRole.CUSTOMS and value_of(task.answers, "held") == "yes"
    ]
    reason = case.reading.reason if case.reading else None
    return reason is Reason.CUSTOMS_DOCUMENTS or "documents" in said[-1:]


def ask_papers(case: Case, occasion: Occasion) -> list[Event]:
    """Ask for them, unless they were asked for before or lie here already."""
    if case.stage not in _ASKING or case.asked_for or CUSTOMS_PAPERS in case.investigation.asked:
        return []
    if not wait_for_papers(case) or answers(case, item=CUSTOMS_PAPERS):
        return []
    return [InformationRequested(items=(CUSTOMS_PAPERS,), due_at=occasion.at + ANSWER_WITHIN)]
