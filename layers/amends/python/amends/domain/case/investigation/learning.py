"""Learning: why it happened, and what is changed so that it does not happen again."""

from datetime import date

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CorrectiveActionConfirmed,
    CorrectiveActionProposed,
    Event,
    RootCauseFound,
)
from amends.domain.case.question import value_of
from amends.domain.case.state.custody import GapKind
from amends.domain.case.state.goods import Packaging
from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.ids import derived
from amends.domain.parcel.vocabulary import Reason
from amends.domain.refusal import Invalid, NotFound

FITTING: dict[Cause, tuple[ActionKind, ...]] = {
    Cause.NEGLIGENCE: (ActionKind.TRAINING, ActionKind.CAMERA),
    Cause.RULE_BROKEN: (ActionKind.TRAINING, ActionKind.PROCEDURE),
    Cause.THEFT: (ActionKind.SITE_SECURITY, ActionKind.CAMERA),
    Cause.TRAFFIC_ACCIDENT: (ActionKind.ROUTE, ActionKind.TRAINING),
    Cause.BREAKDOWN: (ActionKind.ROUTE,),
    Cause.NATURAL_DISASTER: (ActionKind.ROUTE,),
    Cause.MISSORT: (ActionKind.TRAINING, ActionKind.PROCEDURE),
    Cause.ADDRESS_ENTRY: (ActionKind.ORDER_SYSTEM, ActionKind.TRAINING),
    Cause.ADDRESS_WRITTEN_WRONG: (ActionKind.ORDER_SYSTEM,),
    Cause.PARCEL_SWAP: (ActionKind.PROCEDURE, ActionKind.TRAINING),
    Cause.LABEL: (ActionKind.ORDER_SYSTEM,),
    Cause.POOR_PACKING: (ActionKind.PACKAGING_RULE,),
    Cause.ROUGH_HANDLING: (ActionKind.TRAINING, ActionKind.CAMERA),
    Cause.FALSE_DECLARATION: (ActionKind.PROCEDURE,),
    Cause.CAPACITY: (ActionKind.ROUTE,),
    Cause.DATA_ERROR: (ActionKind.ORDER_SYSTEM, ActionKind.TECHNOLOGY),
}
"""What usually helps against what; a suggestion, weighed by people."""


def likely_cause(case: Case) -> Cause | None:
    """What the record hints at, the surest first; a person names the cause."""
    found, goods, reading = case.investigation, case.goods, case.reading
    reason = reading.reason if reading else None
    look = goods.inspection
    answers = [fact for task in found.tasks for fact in task.answers]
    theft = value_of(case.report.details, "theft_suspected") == "yes"
    hints = (
        (goods.quarantine is not None, Cause.FALSE_DECLARATION),
        (bool(found.accidents), Cause.TRAFFIC_ACCIDENT),
        (value_of(answers, "breakdown") == "yes", Cause.BREAKDOWN),
        (look is not None and look.packaging is Packaging.POOR, Cause.POOR_PACKING),
        (look is not None and look.packaging is Packaging.ADEQUATE, Cause.ROUGH_HANDLING),
        (value_of(answers, "rule_broken") is not None, Cause.RULE_BROKEN),
        (reason is Reason.MISSORT or "missort" in case.anomalies, Cause.MISSORT),
        (any(gap.kind is GapKind.ELSEWHERE for gap in found.gaps), Cause.MISSORT),
        (reason is not None and reason.startswith("customs"), Cause.CUSTOMS),
        (value_of(answers, "held") == "yes", Cause.CUSTOMS),
        (theft or bool(goods.is_short), Cause.THEFT),
    )
    return next((cause for holds, cause in hints if holds), None)


def find_root_cause(case: Case, cause: Cause, *, node: str | None, because: str) -> list[Event]:
    """Name the cause; a better one replaces it."""
    if (case.answering.cause, case.answering.cause_node) == (cause, node):
        return []
    if not because.strip():
        raise Invalid("a cause says why")
    return [RootCauseFound(cause=cause, node=node, because=because)]


def propose_action(
    case: Case, kind: ActionKind, *, owner: str, due_on: date, topic: str | None
) -> list[Event]:
    """Propose a change with an owner and a date; a training names its topic."""
    if kind is ActionKind.TRAINING and not (topic and topic.strip()):
        raise Invalid("a training names its topic")
    action_id = derived("act", case.id, kind, owner)
    if any(action.id == action_id for action in case.answering.actions):
        return []
    return [
        CorrectiveActionProposed(
            action_id=action_id, kind=kind, owner=owner, due_on=due_on, topic=topic
        )
    ]


def confirm_action(case: Case, action_id: str, *, by: str) -> list[Event]:
    """It was done."""
    for action in case.answering.actions:
        if action.id == action_id:
            if action.confirmed_by is not None:
                return []
            return [CorrectiveActionConfirmed(action_id=action_id, by=by)]
    raise NotFound("there is no such action")
