"""Staff endpoints of the investigation: commands, work queues, task links, restricted parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.investigation_state import Task, TaskRole
from amends.domain.case.permissions import Action, require, sees
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.refusal import NotFound
from amends.service.investigating import answer
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.investigation_view import investigation_document, task_document
from amends.web.paging import one_of, text_of
from amends.web.router import Endpoint
from claim_settle import (
    staff_deciding,
    staff_investigating,
    staff_links,
    staff_people,
    staff_recovering,
)
from claim_settle.staff_desk import CASE, Desk, caller, endpoint, live, visible
from claim_settle.staff_reading import body_of

COMMANDS = (*staff_investigating.COMMANDS, *staff_deciding.COMMANDS, *staff_recovering.COMMANDS)
PAGE = 100


class View(StrEnum):
    """Which of the open tasks."""

    MINE = "mine"
    OVERDUE = "overdue"


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Every endpoint, on this desk."""

    def read(call: Call) -> Answer:
        _, groups = caller(call)
        require(groups, Action.SEE_TASKS)
        case = visible(desk, call.params["case_id"], groups)
        return Answer.of(investigation_document(case, groups), headers={"etag": etag(case)})

    def work(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, Action.SEE_TASKS)
        at = desk.occasion(by, call.cause).at
        wanted = _wanted(call)
        rows = [
            {**task_document(case, task), "case_id": case.id, "kind": case.report.kind}
            for case in _open_cases(desk, call, groups)
            for task in case.investigation.open_tasks
            if wanted.takes(case, task, by=by, at=at)
        ]
        rows.sort(key=lambda row: str(row["due_at"]))
        return Answer.of({"data": rows[:PAGE], "has_more": len(rows) > PAGE, "next_cursor": None})

    def answered(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, Action.ANSWER_TASK)
        occasion = desk.occasion(by, call.cause)
        body = body_of(call.json())
        case_id, raw = body.text("case_id"), body.mapping("answers")
        evidence = body.texts("evidence", default=())
        body.done()
        case = visible(desk, case_id, groups)
        task = next((t for t in case.investigation.tasks if t.id == call.params["task_id"]), None)
        if task is not None and task.is_restricted:
            require(groups, Action.TAKE_STATEMENT)

        def act(_: str) -> Answer:
            after = answer(
                desk.cases(),
                desk.contacts(),
                case_id,
                call.params["task_id"],
                raw,
                evidence=evidence,
                occasion=occasion,
            )
            return Answer.of(investigation_document(after, groups), headers={"etag": etag(after)})

        return once(call, caller=by, store=desk.idempotency(), at=occasion.at, act=act)

    def part(prefix: str, action: Action) -> "Endpoint":
        def read_part(call: Call) -> Answer:
            _, groups = caller(call)
            require(groups, action)
            case = desk.cases().load(call.params["case_id"])
            name = f"{prefix}#{call.params['part']}"
            if name not in (*case.investigation.statements, *case.answering.referrals):
                raise NotFound("there is no such part")
            document = desk.contacts().get(case.id, name)
            if document is None:
                raise NotFound("there is no such part")
            return Answer.of(dict(document))

        return Endpoint(method="GET", path=f"{CASE}/{prefix}s/{{part}}", answer=read_part)

    return (
        *(endpoint(command, desk, investigation_document) for command in COMMANDS),
        Endpoint(method="GET", path=f"{CASE}/investigation", answer=read),
        Endpoint(method="GET", path="/v1/staff/tasks", answer=work),
        Endpoint(method="POST", path="/v1/staff/tasks/{task_id}/answer", answer=answered),
        *staff_links.endpoints(desk),
        *staff_people.endpoints(desk),
        part("statement", Action.READ_STATEMENT),
        part("referral", Action.READ_REFERRAL),
    )


ENDPOINTS = endpoints(live())


def _open_cases(desk: Desk, call: Call, groups: Sequence[str]) -> Iterator[Case]:
    wanted = one_of(call, "stage", Stage)
    stages = [wanted] if wanted else [Stage.INVESTIGATING, Stage.RECOVERING]
    for stage in stages:
        for case_id in desk.cases().queue(stage=stage, limit=PAGE, cursor=None).case_ids:
            case = desk.cases().load(case_id)
            if sees(groups, case.report.kind):
                yield case


def _wanted(call: Call) -> "Wanted":
    return Wanted(
        view=one_of(call, "view", View),
        team=text_of(call, "team"),
        kind=one_of(call, "kind", Kind),
        role=one_of(call, "role", TaskRole),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tasks a list asks for; None takes all."""

    view: View | None
    team: str | None
    kind: Kind | None
    role: TaskRole | None

    def takes(self, case: Case, task: Task, *, by: str, at: datetime) -> bool:
        """Whether a task belongs on the list."""
        found = case.investigation
        mine = self.view is not View.MINE or found.assignee in (by, by.removeprefix("staff:"))
        overdue = self.view is not View.OVERDUE or task.due_at < at
        team = self.team in (None, found.team)
        return mine and overdue and team and self._is_of(case, task)

    def _is_of(self, case: Case, task: Task) -> bool:
        return self.kind in (None, case.report.kind) and self.role in (None, task.role)
