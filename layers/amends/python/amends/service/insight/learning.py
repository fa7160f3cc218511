"""Learning: what a case's news adds to the figures, which actions it calls for, what they did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from amends.catalog.repeats import repeat_rule
from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution import replay
from amends.domain.case.investigation.learning import FITTING
from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.case.state.liability import CorrectiveAction as CaseAction
from amends.domain.ids import derived
from amends.domain.insight.action import ENDED, ActionState, Course, PlannedAction, Step
from amends.domain.insight.case_tally import count_case
from amends.domain.insight.effect import MONTHS, Effect, compare
from amends.domain.insight.figure import added
from amends.domain.insight.lesson import Lesson, Practice, lesson_of
from amends.domain.insight.repeats import Repeat, repeat_of
from amends.domain.insight.tally import Dimension, month_before, months_until
from amends.domain.occasion import Occasion
from amends.ports.insight import Actions, StaleAction, Tallies
from amends.service.insight.counting import count

BY_RULE = "rule:repeats"
BY_CLOSING = "rule:closing"
_COURSES = {
    Practice.HANDING_OVER: Course.STANDARD_PROCEDURE,
    Practice.SORTING: Course.STANDARD_PROCEDURE,
    Practice.GUARDING: Course.DUTY,
    Practice.DRIVING: Course.SAFETY,
    Practice.ANSWERING: Course.COMMUNICATION_SKILL,
    Practice.PACKING: Course.HANDLING_SKILL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """What learning needs: the figures and the list of actions."""

    tallies: Tallies
    actions: Actions


def learn(history: Sequence[Recorded], needs: Insight, occasion: Occasion) -> None:
    """Count the case, keep its actions on the list, propose what follows; harmless to repeat."""
    count(needs.tallies, count_case(history))
    case = replay(history)
    for action in case.answering.actions:
        list_action(case, action, needs.actions, occasion)
    if case.answering.cause in (None, Cause.UNKNOWN):
        return
    if not case.is_open:
        _propose(case, needs.actions, occasion)
    node, cause = case.answering.cause_node, case.answering.cause
    if node is not None and cause is not None:
        raise_repeat(node, cause, needs, occasion, case_id=case.id)


def list_action(
    case: Case, action: CaseAction, actions: Actions, occasion: Occasion
) -> PlannedAction:
    """An action of a case's history as it stands on the list."""
    known = actions.get(action.id)
    planned = known or PlannedAction(
        id=action.id,
        kind=action.kind,
        because=f"proposed in {case.id}",
        due_on=action.due_on,
        owner=action.owner,
        node=case.answering.cause_node,
        cause=case.answering.cause,
        topic=action.topic,
        case_id=case.id,
        cases=(case.id,),
        raised_by=occasion.by,
        raised_at=occasion.at,
        state=ActionState.OPEN,
    )
    if action.confirmed_by is not None and planned.state not in ENDED:
        step = Step(
            state=ActionState.VERIFIED,
            at=occasion.at,
            by=action.confirmed_by,
            said=f"confirmed in {case.id}",
        )
        planned = replace(
            planned,
            state=ActionState.VERIFIED,
            steps=(*planned.steps, step),
            done_at=planned.done_at or occasion.at,
        )
    return planned if planned == known else _kept(planned, actions)


def raise_repeat(
    node: str, cause: Cause, needs: Insight, occasion: Occasion, *, case_id: str
) -> Sequence[PlannedAction]:
    """Raise each kind of action that helps when the cause repeats itself there.

    Never beside one of its kind that is not over; and what came before the end of the last one does
    not count again. Each kind stands alone: cut off between two, the next event raises the rest.
    """
    rule = repeat_rule()
    months = months_until(f"{occasion.at:%Y-%m}", rule.months)
    if _repeat(node, cause, needs.tallies, months) is None:
        return []
    raised = []
    listed = [one for one in needs.actions.all() if (one.node, one.cause) == (node, cause)]
    for kind in FITTING.get(cause, (ActionKind.PROCEDURE,)):
        earlier = [one for one in listed if one.raised_by == BY_RULE and one.kind is kind]
        if any(one.state not in ENDED for one in earlier):
            continue
        ended = max((f"{one.steps[-1].at:%Y-%m}" for one in earlier), default="")
        found = _repeat(node, cause, needs.tallies, [month for month in months if month > ended])
        if found is None:
            continue
        action = PlannedAction(
            id=derived("act", "repeat", node, cause, kind, ended),
            kind=kind,
            because=found.says,
            due_on=occasion.at.date() + timedelta(days=rule.due_days(kind)),
            node=node,
            cause=cause,
            course=Course.STANDARD_PROCEDURE if kind is ActionKind.TRAINING else None,
            topic=f"{cause} at {node}" if kind is ActionKind.TRAINING else None,
            cases=(case_id,),
            raised_by=BY_RULE,
            raised_at=occasion.at,
        )
        raised.append(_kept(action, needs.actions))
    return raised


def effect_of(action: PlannedAction, tallies: Tallies, month: str) -> Effect | None:
    """Before and after the month in which it was done; None where nothing is measured."""
    if action.done_at is None or action.node is None or action.cause is None:
        return None
    done = f"{action.done_at:%Y-%m}"
    before = [month_before(done, back) for back in range(1, MONTHS + 1)]
    after = [one for one in months_until(month, MONTHS) if one > done]
    return compare(
        _at(tallies, action.node, before),
        _at(tallies, action.node, after),
        measure=f"cause_{action.cause}",
        ground="passed",
    )


def _propose(case: Case, actions: Actions, occasion: Occasion) -> None:
    """What the closed case teaches is put before somebody, unless it was proposed by hand."""
    lesson = lesson_of(case)
    by_hand = {action.kind for action in case.answering.actions}
    for kind in lesson.actions:
        action_id = derived("act", "lesson", case.id, kind)
        if kind in by_hand or actions.get(action_id) is not None:
            continue
        _kept(_lesson_action(action_id, kind, lesson, occasion), actions)


def _lesson_action(
    action_id: str, kind: ActionKind, lesson: Lesson, occasion: Occasion
) -> PlannedAction:
    course = _COURSES.get(lesson.practice) if lesson.practice else None
    is_training = kind is ActionKind.TRAINING
    return PlannedAction(
        id=action_id,
        kind=kind,
        because=f"{lesson.cause} found in {lesson.case_id}: {lesson.practice} was weak",
        due_on=occasion.at.date() + timedelta(days=repeat_rule().due_days(kind)),
        node=lesson.node,
        leg=lesson.leg,
        cause=lesson.cause,
        course=(course or Course.STANDARD_PROCEDURE) if is_training else None,
        topic=f"{lesson.practice} after {lesson.cause}" if is_training else None,
        cases=(lesson.case_id,),
        raised_by=BY_CLOSING,
        raised_at=occasion.at,
    )


def _repeat(node: str, cause: Cause, tallies: Tallies, months: Sequence[str]) -> Repeat | None:
    rule = repeat_rule()
    here = _at(tallies, node, months)
    if here.get(f"cause_{cause}", 0) < rule.at_least:
        return None  # the usual answer costs no look at all other nodes
    everywhere = added(
        tally for one in months for tally in tallies.of(Dimension.NODE, one).values()
    )
    elsewhere = {name: n - here.get(name, 0) for name, n in everywhere.items()}
    return repeat_of(node, cause, here, elsewhere, rule)


def _at(tallies: Tallies, node: str, months: Sequence[str]) -> dict[str, int]:
    found = (tallies.of(Dimension.NODE, month, node) for month in months)
    return added(tally for one in found for tally in one.values())


def _kept(action: PlannedAction, actions: Actions) -> PlannedAction:
    """Kept once, however many events or workers call for it."""
    try:
        return actions.save(action)
    except StaleAction:
        return actions.get(action.id) or action
