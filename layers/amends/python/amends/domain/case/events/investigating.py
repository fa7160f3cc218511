"""Events of the investigation: levels, clocks, tasks."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.question import Fact
from amends.domain.case.state.investigation import TaskRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Somebody's case: `to` is a staff id, `team` a place or desk."""

    to: str
    team: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelOpened:
    """A level of the investigation begins; `first_reply_by` only with the first."""

    level: int
    due_at: datetime
    first_reply_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelExtended:
    """The level's clock stood still while the claimant owed an answer."""

    level: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReplied:
    """A person answered the claimant for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMissed:
    """A clock ran out: `level:2`, `first_reply`; who is told, and when it is looked at again.

    `told_until`: the claimant is told that it takes longer, and until then.
    """

    clock: str
    to: str
    again_at: datetime | None = None
    told_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened:
    """Typed questions to one role at one node, with a deadline."""

    task_id: str
    role: TaskRole
    node: str | None = None
    level: int
    questions: tuple[str, ...]
    due_at: datetime
    is_restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLinkIssued:
    """A link that opens this task and nothing else; the newest one counts."""

    task_id: str
    token_hash: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReminded:
    """The deadline passed without an answer."""

    task_id: str
    again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEscalated:
    """The reminder passed too."""

    task_id: str
    to: str
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswered:
    """The answers; those of a restricted task stand apart, and only `part` names them."""

    task_id: str
    answers: tuple[Fact, ...]
    evidence: tuple[str, ...] = ()
    by_link: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskCancelled:
    """Nobody needs the answer any more."""

    task_id: str
    because: str


InvestigatingEvent = (
    Assigned
    | LevelOpened
    | LevelExtended
    | FirstReplied
    | ClockMissed
    | TaskOpened
    | TaskLinkIssued
    | TaskReminded
    | TaskEscalated
    | TaskAnswered
    | TaskCancelled
)


__all__ = [
    "Assigned",
    "ClockMissed",
    "FirstReplied",
    "InvestigatingEvent",
    "LevelExtended",
    "LevelOpened",
    "TaskAnswered",
    "TaskCancelled",
    "TaskEscalated",
    "TaskLinkIssued",
    "TaskOpened",
    "TaskReminded",
]
