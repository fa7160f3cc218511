"""Tasks: typed questions to whom they concern, and answers, also through a one-task link."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from amends.domain.calendar import Calendar, after
from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    TaskAnswered,
    TaskCancelled,
    TaskLinkIssued,
    TaskOpened,
)
from amends.domain.case.investigation import clocks
from amends.domain.case.question import Fact
from amends.domain.case.state.investigation import Task, TaskRole, TaskState
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound, OutOfOrder

LINK_LIVES = timedelta(days=14)
Asks = Callable[[TaskRole], Sequence[str]]
"""The codes of a role's questions."""


def open_task(
    case: Case,
    role: TaskRole,
    node: str | None,
    asks: Asks,
    *,
    calendar: Calendar,
    occasion: Occasion,
) -> list[Event]:
    """Ask one role at one node, beyond what the plan asks; the same question twice is one task."""
    refuse_closed(case)
    level = max(case.investigation.level, 2)
    task_id = derived("tsk", case.id, role, node or "", str(level))
    if any(task.id == task_id for task in case.investigation.tasks):
        return []
    return [
        TaskOpened(
            task_id=task_id,
            role=role,
            node=node,
            level=level,
            questions=tuple(asks(role)),
            due_at=after(calendar, occasion.at, clocks.LEVELS[2]),
            is_restricted=role is TaskRole.STAFF_STATEMENT,
        )
    ]


def issue_link(case: Case, task_id: str, *, token_hash: str, occasion: Occasion) -> list[Event]:
    """A link that opens this task; a newer one makes the older worthless."""
    task = find_task(case, task_id)
    if task.state is not TaskState.OPEN:
        raise OutOfOrder(f"this task is {task.state}")
    if task.is_restricted:
        raise OutOfOrder("a restricted task is not answered through a link")
    if task.link is not None and task.link.token_hash == token_hash:
        return []
    expires_at = occasion.at + LINK_LIVES
    return [TaskLinkIssued(task_id=task_id, token_hash=token_hash, expires_at=expires_at)]


def link_opens(case: Case, task_id: str, token_hash: str, at: datetime) -> bool:
    """Whether the link opens this task now: the newest, not expired, the task not answered."""
    task = find_task(case, task_id)
    link = task.link
    return (
        link is not None
        and task.state is TaskState.OPEN
        and link.token_hash == token_hash
        and at < link.expires_at
    )


def is_link_of(case: Case, task_id: str, token_hash: str) -> bool:
    """Whether it is the task's newest link, whatever became of the task."""
    link = find_task(case, task_id).link
    return link is not None and link.token_hash == token_hash


def answer_task(
    case: Case,
    task_id: str,
    answers: tuple[Fact, ...],
    *,
    evidence: tuple[str, ...] = (),
    by_link: bool = False,
    part: str | None = None,
) -> list[Event]:
    """Record the answers, once; the same answers again change nothing.

    Answers of a restricted task come as `part`, a reference, and no answers.
    """
    task = find_task(case, task_id)
    if task.is_restricted and answers:
        raise OutOfOrder("a restricted task's answers stand apart")
    match task.state:
        case TaskState.ANSWERED:
            if (task.answers, task.evidence) == (answers, evidence):
                return []
            raise OutOfOrder("this task has been answered")
        case TaskState.CANCELLED:
            raise OutOfOrder("this task is not needed any more")
        case TaskState.OPEN:
            return [
                TaskAnswered(
                    task_id=task_id, answers=answers, evidence=evidence, by_link=by_link, part=part
                )
            ]


def cancel_task(case: Case, task_id: str, because: str) -> list[Event]:
    """Nobody needs the answer any more."""
    if find_task(case, task_id).state is not TaskState.OPEN:
        return []
    return [TaskCancelled(task_id=task_id, because=because)]


def find_task(case: Case, task_id: str) -> Task:
    """The task of that id; refuses one that this case does not have."""
    for task in case.investigation.tasks:
        if task.id == task_id:
            return task
    raise NotFound("there is no such task")


def refuse_closed(case: Case) -> None:
    """Refuse what makes no sense once the case is closed."""
    if not case.is_open:
        raise OutOfOrder("the case is closed")
