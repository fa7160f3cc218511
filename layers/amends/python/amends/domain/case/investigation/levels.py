"""Investigation: levels open by themselves, tasks go to whom they concern, answers come back."""

from collections.abc import Sequence

from amends.domain.calendar import Calendar, after
from amends.domain.case.case import Case
from amends.domain.case.events import (
    Assigned,
    ClockMissed,
    CustodyTraced,
    Event,
    FirstReplied,
    LevelOpened,
    TaskOpened,
    Triaged,
)
from amends.domain.case.incident import TaskPlan, Triage, When
from amends.domain.case.investigation import clocks
from amends.domain.case.investigation.custody import Chain
from amends.domain.case.investigation.tasks import Asks, refuse_closed
from amends.domain.case.investigation.verdicts import crosses_borders
from amends.domain.case.state.custody import GapKind
from amends.domain.case.state.investigation import Route
from amends.domain.case.vocabulary import Stage
from amends.domain.ids import derived
from amends.domain.occasion import Occasion

LAST_LEVEL = 3


def triage(case: Case, found: Triage) -> list[Event]:
    """Record how grave it is and which way it goes; once for each kind the case has had."""
    known = case.investigation
    if (known.severity, known.route) == (found.severity, found.route):
        return []
    return [Triaged(severity=found.severity, route=found.route, because=found.because)]


def open_investigation(
    case: Case,
    chain: Chain,
    plans: Sequence[TaskPlan],
    asks: Asks,
    *,
    calendar: Calendar,
    occasion: Occasion,
) -> list[Event]:
    """Level 1, done by itself: the chain with its gaps; what it leaves open goes to level 2.

    A case whose route is to wait opens nothing until its kind changes.
    """
    if case.stage is not Stage.TRACING or case.investigation.level:
        return []
    if case.investigation.route is Route.WAIT:
        return []
    begun = LevelOpened(
        level=1,
        due_at=after(calendar, occasion.at, clocks.LEVELS[1]),
        first_reply_by=after(calendar, occasion.at, clocks.FIRST_REPLY_WITHIN),
    )
    second = _level(case, 2, chain, plans, asks, calendar=calendar, occasion=occasion)
    return [begun, _traced(chain), *second]


def next_level(
    case: Case,
    chain: Chain,
    plans: Sequence[TaskPlan],
    asks: Asks,
    *,
    calendar: Calendar,
    occasion: Occasion,
) -> list[Event]:
    """When a level's clock is missed the next one opens; after the last, the supervisor knows.

    What the nodes recorded meanwhile is in the chain then, and so in the lesson of the case.
    """
    found = case.investigation
    due = case.waits.get("level")
    if due is None or due > occasion.at or found.is_clock_owed:
        return []
    missed = ClockMissed(clock=f"level:{found.level}", to=clocks.SUPERVISOR)
    if found.level >= LAST_LEVEL:
        return [missed]
    opened = _level(case, found.level + 1, chain, plans, asks, calendar=calendar, occasion=occasion)
    traced = _traced(chain)
    is_known = (found.links, found.gaps, found.stays) == (traced.links, traced.gaps, traced.stays)
    return [missed, *([] if is_known else [traced]), *opened]


def assign(case: Case, to: str, *, team: str | None) -> list[Event]:
    """Make it somebody's case."""
    refuse_closed(case)
    known = case.investigation
    if (known.assignee, known.team) == (to, team or known.team):
        return []
    return [Assigned(to=to, team=team)]


def first_reply(case: Case) -> list[Event]:
    """A person has answered the claimant; only the first time counts."""
    if not case.is_open or case.investigation.first_replied_at is not None:
        return []
    return [FirstReplied()]


def _traced(chain: Chain) -> CustodyTraced:
    return CustodyTraced(links=len(chain.holdings), gaps=chain.gaps, stays=chain.stays)


def _level(
    case: Case,
    level: int,
    chain: Chain,
    plans: Sequence[TaskPlan],
    asks: Asks,
    *,
    calendar: Calendar,
    occasion: Occasion,
) -> list[Event]:
    due_at = after(calendar, occasion.at, clocks.LEVELS[level])
    known = {task.id for task in case.investigation.tasks}
    tasks: dict[str, Event] = {}
    for plan in plans:
        if plan.level != level:
            continue
        for node in _nodes(case, plan.when, chain):
            task_id = derived("tsk", case.id, plan.role, node or "", str(level))
            if task_id in known:
                continue
            tasks[task_id] = TaskOpened(
                task_id=task_id,
                role=plan.role,
                node=node,
                level=level,
                questions=tuple(asks(plan.role)),
                due_at=due_at,
                is_restricted=plan.is_restricted,
            )
    return [LevelOpened(level=level, due_at=due_at), *tasks.values()]


def _nodes(case: Case, when: When, chain: Chain) -> tuple[str | None, ...]:
    nodes = chain.nodes
    match when:
        case When.EVERY_END:
            return tuple(dict.fromkeys((nodes[0], nodes[-1]))) if nodes else (None,)
        case When.EVERY_HUB:
            return nodes[1:-1]
        case When.TRANSIT_GAP:
            lost = [gap for gap in chain.gaps if gap.kind is not GapKind.NO_STOCK_OUT]
            return tuple(dict.fromkeys(gap.node for gap in lost))
        case When.NODE_GAP:
            stuck = [gap for gap in chain.gaps if gap.kind is GapKind.NO_STOCK_OUT]
            return tuple(gap.node for gap in stuck)
        case When.ACROSS_BORDERS:
            return (None,) if crosses_borders(case) else ()
        case When.ALWAYS:
            return (None,)
