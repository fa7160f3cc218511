"""Open tasks over HTTP: mine, my team's, overdue, by stage, kind and role."""

from dataclasses import replace

from amends.domain.case.case import Case
from amends.domain.case.permissions import Action, require, sees
from amends.domain.case.state.investigation import Task, TaskRole
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.investigation_view import task_document
from amends.web.paging import limit_of, one_of
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.staff.queues import MOST_SEEN, Place, place_of, stages_of, walk, wanted
from claim_settle.staff_desk import Desk


def endpoint(desk: Desk) -> Endpoint:
    """`GET /v1/staff/tasks`, on this desk."""

    def work(call: Call) -> Answer:
        """Case after case, the earliest due first; of a case the earliest task first."""
        by, groups = caller(call)
        require(groups, Action.SEE_TASKS)
        asked = wanted(call, groups, by=by, at=desk.occasion(by, call.cause).at)
        role, limit, start = one_of(call, "role", TaskRole), limit_of(call), place_of(call)
        rows: list[dict[str, object]] = []
        end: Place | None = None
        for count, seen in enumerate(walk(desk.cases(), stages_of(call), start)):
            if count == MOST_SEEN:
                end = seen.before
                break
            if not sees(groups, seen.case.report.kind):
                continue
            tasks = [t for t in _tasks(seen.case, role) if asked.takes(seen.case, t.due_at)]
            if start is not None and seen.before.mark == start.mark:
                tasks = _behind(tasks, start.task_id)
            took = tasks[: limit - len(rows)]
            rows += [_task_row(seen.case, task) for task in took]
            if len(took) < len(tasks):
                end = replace(seen.before, task_id=took[-1].id if took else "")
                break
        data = {"data": rows, "has_more": end is not None}
        return Answer.of({**data, "next_cursor": None if end is None else str(end)})

    return Endpoint(method="GET", path="/v1/staff/tasks", answer=work)


def _tasks(case: Case, role: TaskRole | None) -> list[Task]:
    tasks = [task for task in case.investigation.open_tasks if role in (None, task.role)]
    return sorted(tasks, key=lambda task: (task.due_at, task.id))


def _behind(tasks: list[Task], task_id: str) -> list[Task]:
    """What comes after a task that the page before ended with; all, where that is done by now."""
    names = [task.id for task in tasks]
    return tasks[names.index(task_id) + 1 :] if task_id in names else tasks


def _task_row(case: Case, task: Task) -> dict[str, object]:
    return {**task_document(case, task), "case_id": case.id, "kind": case.report.kind}
