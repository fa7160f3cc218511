"""Queues of staff: every open case, stage after stage, the earliest due first, in pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.refusal import FieldError, Invalid
from amends.ports import CaseStore
from amends.web.call import Call
from amends.web.paging import cursor_of, one_of, text_of

STAGES = tuple(Stage)
OPEN = tuple(stage for stage in Stage if stage is not Stage.CLOSED)
OWING = (*OPEN, Stage.CLOSED)
"""With the closed cases in which somebody is owed an answer or a call, and no other closed one."""
READ_AT_ONCE = 25
MOST_SEEN = 500
"""How far a page looks for what fits before it answers with fewer and a cursor."""
TEAM = "team-"
"""How a group of the user pool that is a team begins."""


class View(StrEnum):
    """Whose work, or which."""

    ALL = "all"
    MINE = "mine"
    TEAM = "team"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ends: after a mark of a stage's queue, or after a task of the next case."""

    stage: Stage
    mark: str | None = None
    task_id: str = ""

    def __str__(self) -> str:
        return f"{STAGES.index(self.stage)}~{self.mark or ''}~{self.task_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case of a queue, with the places before and after it."""

    case: Case
    before: Place
    after: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a queue is asked for; None takes all."""

    by: str
    at: datetime
    view: View
    team: str | None
    teams: tuple[str, ...]
    kind: Kind | None

    def takes(self, case: Case, due_at: datetime | None) -> bool:
        """Whether work on a case, due at a moment, belongs to it."""
        found = case.investigation
        match self.view:
            case View.MINE:
                fits = found.assignee in (self.by, self.by.removeprefix("staff:"))
            case View.TEAM:
                fits = found.team in self.teams
            case View.OVERDUE:
                fits = due_at is not None and due_at < self.at
            case View.ALL:
                fits = True
        return fits and self.team in (None, found.team) and self.kind in (None, case.report.kind)


def wanted(call: Call, groups: Sequence[str], *, by: str, at: datetime) -> Wanted:
    """What the query asks for; `view=team` needs a team that the sign-in names."""
    view = one_of(call, "view", View) or View.ALL
    teams = tuple(group.removeprefix(TEAM) for group in groups if group.startswith(TEAM))
    if view is View.TEAM and not teams:
        message = "your sign-in names no team; ask with ?team="
        raise Invalid(message, errors=[FieldError(field="view", code="invalid", message=message)])
    return Wanted(
        by=by,
        at=at,
        view=view,
        team=text_of(call, "team"),
        teams=teams,
        kind=one_of(call, "kind", Kind),
    )


def stages_of(call: Call, *, every: tuple[Stage, ...] = OPEN) -> tuple[Stage, ...]:
    """The stage that is asked for, or every one in which something is to be done."""
    stage = one_of(call, "stage", Stage)
    return every if stage is None else (stage,)


def place_of(call: Call) -> Place | None:
    """Where the page before ended; refuses what was never a cursor of ours."""
    told = cursor_of(call)
    if told is None:
        return None
    index, _, rest = told.partition("~")
    mark, _, task_id = rest.partition("~")
    if not (index.isascii() and index.isdigit() and int(index) < len(STAGES)):
        error = FieldError(field="cursor", code="invalid", message="there is no such page")
        raise Invalid("there is no such page", errors=[error])
    return Place(stage=STAGES[int(index)], mark=mark or None, task_id=task_id)


def walk(store: CaseStore, stages: Sequence[Stage], start: Place | None) -> Iterator[Seen]:
    """Every case of these stages behind a place."""
    left = stages if start is None else stages[_index(stages, start.stage) :]
    for stage in left:
        mark = start.mark if start is not None and start.stage is stage else None
        while True:
            page = store.queue(stage=stage, limit=READ_AT_ONCE, cursor=mark)
            for case_id, after in zip(page.case_ids, page.marks, strict=True):
                before, mark = Place(stage=stage, mark=mark), after
                after_it = Place(stage=stage, mark=after)
                case = store.load(case_id)
                if stages == OWING and stage is Stage.CLOSED and case.due_at is None:
                    return  # those that wait for nothing come last
                yield Seen(case=case, before=before, after=after_it)
            if page.next_cursor is None:
                break


def _index(stages: Sequence[Stage], stage: Stage) -> int:
    return next((i for i, one in enumerate(stages) if one is stage), len(stages))
