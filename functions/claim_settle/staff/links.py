"""Task links: an outside party opens one task and answers it, without an account."""

from amends.catalog.questions import asked
from amends.domain.case.evidence import Announced
from amends.domain.case.permissions import Action, require
from amends.service.intake.evidence import announce, grant
from amends.service.investigation.investigating import answer, issue_link, task_by_link
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.problem import Unauthenticated
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.body import body_of
from claim_settle.staff_desk import CASE, Desk, visible

LINKED = "/v1/tasks/{case_id}/{task_id}"


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Make a link, open it, answer through it."""

    def linked(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, Action.ISSUE_LINK)
        visible(desk, call.params["case_id"], groups)
        link = issue_link(
            desk.cases(),
            call.params["case_id"],
            call.params["task_id"],
            key=desk.link_key(),
            occasion=desk.occasion(by, call.cause),
        )
        path = f"/v1/tasks/{link.case_id}/{link.task_id}"
        return Answer.of({"path": path, "token": link.token}, status=201)

    def open_link(call: Call) -> Answer:
        occasion = desk.occasion("link", call.cause)
        case_id, task_id = call.params["case_id"], call.params["task_id"]
        task = task_by_link(desk.cases(), case_id, task_id, _token(call), occasion)
        return Answer.of(
            {
                "task_id": task.id,
                "role": task.role,
                "node": task.node,
                "due_at": task.due_at.isoformat().replace("+00:00", "Z"),
                "questions": [
                    {
                        "code": question.code,
                        "type": question.type,
                        "text": question.text[call.language],
                        "is_required": question.is_required,
                        "choices": list(question.choices),
                        "needs": question.needs,
                    }
                    for question in asked(task.role, task.questions)
                ],
            }
        )

    def answer_link(call: Call) -> Answer:
        body = body_of(call.json())
        raw, evidence = body.mapping("answers"), body.texts("evidence", default=())
        body.done()
        answer(
            desk.cases(),
            desk.contacts(),
            call.params["case_id"],
            call.params["task_id"],
            raw,
            evidence=evidence,
            token=_token(call),
            occasion=desk.occasion(f"link:{call.params['task_id']}", call.cause),
        )
        return Answer.of({"task_id": call.params["task_id"], "state": "answered"})

    def attach_link(call: Call) -> Answer:
        """Announce a file; its way in is granted to whoever holds the link, and to nobody else."""
        body = body_of(call.json())
        announced = Announced(
            kind=body.text("kind"),
            content_type=body.text("content_type"),
            size=body.whole("size"),
            sha256=body.text("sha256"),
        )
        file_name = body.text("file_name")
        body.done()
        case_id, task_id = call.params["case_id"], call.params["task_id"]
        occasion = desk.occasion(f"link:{task_id}", call.cause)
        task_by_link(desk.cases(), case_id, task_id, _token(call), occasion)
        after, upload = announce(desk.cases(), case_id, announced, occasion)
        desk.contacts().put(case_id, f"evidence#{upload.id}", {"file_name": file_name})
        granted = grant(after, upload, desk.evidence())
        return Answer.of({"id": upload.id, "upload": granted}, status=201)

    return (
        Endpoint(method="POST", path=f"{LINKED}/evidence", answer=attach_link),
        Endpoint(method="POST", path=f"{CASE}/tasks/{{task_id}}/link", answer=linked),
        Endpoint(method="GET", path=LINKED, answer=open_link),
        Endpoint(method="POST", path=f"{LINKED}/answer", answer=answer_link),
    )


def _token(call: Call) -> str:
    if call.bearer is None:
        raise Unauthenticated("a task's link carries its token")
    return call.bearer
