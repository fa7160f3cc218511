"""Corrective actions: proposed, taken on until a date, done, and seen to have worked."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.insight.effect import Effect
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, OutOfOrder


class ActionState(StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    DROPPED = "dropped"


ENDED = frozenset({ActionState.VERIFIED, ActionState.DROPPED})


class Course(StrEnum):
    """The catalogue of trainings (requirements 000-16, 000-21, 004-32)."""

    SERVICE_AWARENESS = "service_awareness"
    HANDLING_SKILL = "handling_skill"
    COMMUNICATION_SKILL = "communication_skill"
    SAFE_DELIVERY = "safe_delivery"
    DUTY = "duty"
    SAFETY = "safety"
    STANDARD_PROCEDURE = "standard_procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Who did what to it when; `said` in their words."""

    state: ActionState
    at: datetime
    by: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """What is changed so that it does not happen again; `version` 0 is not yet kept.

    `node` and `cause` name the weak point that it is measured at, `theme` the opinions that asked
    for it. `case_id` is the case in whose history it stands, if any.
    """

    id: str
    kind: ActionKind
    because: str
    due_on: date
    owner: str | None = None
    node: str | None = None
    leg: str | None = None
    cause: Cause | None = None
    course: Course | None = None
    topic: str | None = None
    theme: str | None = None
    case_id: str | None = None
    cases: tuple[str, ...] = ()
    raised_by: str
    raised_at: datetime
    state: ActionState = ActionState.PROPOSED
    steps: tuple[Step, ...] = ()
    done_at: datetime | None = None
    effect: Effect | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    """When its owner, and last its supervisor, were told that it is overdue."""
    version: int = 0

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return self.state in (ActionState.PROPOSED, ActionState.OPEN) and self.due_on < today


def check_training(kind: ActionKind, course: Course | None, topic: str | None) -> None:
    """A training names what is taught: a course of the catalogue, and its topic."""
    if kind is ActionKind.TRAINING and (course is None or not (topic or "").strip()):
        error = FieldError(
            field="course" if course is None else "topic",
            code="required",
            message=f"a training has a topic and a course: {', '.join(Course)}",
        )
        raise Invalid("a training names its topic and its course", errors=[error])


def take_on(
    action: PlannedAction, *, owner: str, due_on: date, occasion: Occasion
) -> PlannedAction:
    """Give it to somebody until a date; the same again changes nothing."""
    if (action.state, action.owner, action.due_on) == (ActionState.OPEN, owner, due_on):
        return action
    if action.state not in (ActionState.PROPOSED, ActionState.OPEN):
        raise OutOfOrder(f"the action is {action.state} already")
    said = f"{owner}, until {due_on.isoformat()}"
    taken = replace(action, owner=owner, due_on=due_on, reminded_at=None, escalated_at=None)
    return _moved(taken, ActionState.OPEN, occasion, said)


def finish(action: PlannedAction, *, said: str, occasion: Occasion) -> PlannedAction:
    """It was done: how, in the owner's words."""
    if action.state is ActionState.DONE:
        return action
    if action.state is not ActionState.OPEN:
        raise OutOfOrder("an action is taken on by somebody before it is done")
    return _moved(replace(action, done_at=occasion.at), ActionState.DONE, occasion, said)


def verify(
    action: PlannedAction, *, said: str, effect: Effect | None, occasion: Occasion
) -> PlannedAction:
    """Somebody else has seen that it was done, and what it changed so far."""
    if action.state is ActionState.VERIFIED:
        return action
    if action.state is not ActionState.DONE:
        raise OutOfOrder("an action is done before it is verified")
    if action.steps and action.steps[-1].by == occasion.by:
        raise OutOfOrder("whoever did it does not verify it")
    return _moved(replace(action, effect=effect), ActionState.VERIFIED, occasion, said)


def drop(action: PlannedAction, *, because: str, occasion: Occasion) -> PlannedAction:
    """It will not be done, and why."""
    if action.state is ActionState.DROPPED:
        return action
    if action.state is ActionState.VERIFIED:
        raise OutOfOrder("a verified action is not dropped")
    return _moved(action, ActionState.DROPPED, occasion, because)


def _moved(
    action: PlannedAction, state: ActionState, occasion: Occasion, said: str
) -> PlannedAction:
    step = Step(state=state, at=occasion.at, by=occasion.by, said=said)
    return replace(action, state=state, steps=(*action.steps, step))
