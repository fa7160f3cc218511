"""Staff endpoints of the investigation: commands, work queues, task links, restricted parts."""

from amends.domain.case.permissions import Action, require
from amends.domain.refusal import NotFound
from amends.service.investigation.investigating import answer
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.investigation_view import investigation_document
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.body import body_of
from claim_settle.staff import deciding, documents, investigating, links, people, recovering, tasks
from claim_settle.staff_desk import CASE, Desk, endpoint, live, visible

COMMANDS = (
    *investigating.COMMANDS,
    *deciding.COMMANDS,
    *documents.COMMANDS,
    *recovering.COMMANDS,
)


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Every endpoint, on this desk."""

    def read(call: Call) -> Answer:
        _, groups = caller(call)
        require(groups, Action.SEE_TASKS)
        case = visible(desk, call.params["case_id"], groups)
        return Answer.of(investigation_document(case, groups), headers={"etag": etag(case)})

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
        tasks.endpoint(desk),
        Endpoint(method="POST", path="/v1/staff/tasks/{task_id}/answer", answer=answered),
        *links.endpoints(desk),
        *people.endpoints(desk),
        part("statement", Action.READ_STATEMENT),
        part("referral", Action.READ_REFERRAL),
    )


ENDPOINTS = endpoints(live())
