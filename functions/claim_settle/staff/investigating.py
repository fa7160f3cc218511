"""Staff commands of the investigation: tasks, records, cameras, inquiries, conclusion."""

from amends.domain.case.investigation import (
    concluding,
    inquiry,
    learning,
    levels,
    tasks,
    verification,
)
from amends.domain.case.permissions import Action
from amends.domain.case.state.custody import NodeRecord, RecordKind, Seal
from amends.domain.case.state.investigation import InquiryFinding, TaskRole
from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.case.vocabulary import Finding, Kind
from amends.service.hours import business_calendar
from amends.service.investigation.investigating import asks
from claim_settle.staff_desk import CASE, Asked, Command, Decide


def _assign(a: Asked) -> Decide:
    to, team = a.body.text("to"), a.body.maybe("team")
    return lambda case: levels.assign(case, to, team=team)


def _first_reply(_: Asked) -> Decide:
    return levels.first_reply


def _change_kind(a: Asked) -> Decide:
    kind, because = a.body.choice("kind", Kind), a.body.text("because")
    return lambda case: verification.change_kind(case, kind, because)


def _open_task(a: Asked) -> Decide:
    role, node = a.body.choice("role", TaskRole), a.body.maybe("node")
    return lambda case: tasks.open_task(
        case, role, node, asks, calendar=business_calendar(), occasion=a.occasion
    )


def _cancel_task(a: Asked) -> Decide:
    because = a.body.text("because")
    return lambda case: tasks.cancel_task(case, a.param("task_id"), because)


def _record(a: Asked) -> Decide:
    body = a.body
    seal = body.maybe("seal")
    weight = body.raw.get("weight_grams")
    record = NodeRecord(
        kind=body.choice("kind", RecordKind),
        node=body.text("node"),
        at=body.moment("at"),
        to=body.maybe("to"),
        document=body.maybe("document"),
        weight_grams=body.whole("weight_grams", 0) if weight is not None else None,
        seal=Seal(seal) if seal in set(Seal) else None,
    )
    task_id = body.maybe("task_id")
    return lambda case: inquiry.record_node(case, record, task_id=task_id)


def _cctv(a: Asked) -> Decide:
    body = a.body
    node, camera = body.text("node"), body.text("camera")
    from_at, to_at = body.moment("from_at"), body.moment("to_at")
    return lambda case: inquiry.request_cctv(
        case, node, camera, from_at=from_at, to_at=to_at, occasion=a.occasion
    )


def _hold(a: Asked) -> Decide:
    return lambda case: inquiry.hold_cctv(case, a.param("request_id"))


def _clip(a: Asked) -> Decide:
    sha256, evidence = a.body.text("sha256"), a.body.maybe("evidence_id")
    return lambda case: inquiry.receive_cctv(
        case, a.param("request_id"), sha256=sha256, evidence_id=evidence
    )


def _viewing(a: Asked) -> Decide:
    anomaly, seen = a.body.yes("shows_anomaly"), a.body.text("seen")
    return lambda case: inquiry.view_cctv(
        case, a.param("request_id"), shows_anomaly=anomaly, seen=seen
    )


def _inquire(a: Asked) -> Decide:
    to = a.body.text("to")
    more = {str(k): str(v) for k, v in a.body.mapping("form").items()}
    return lambda case: inquiry.send_inquiry(case, to, more=more, occasion=a.occasion)


def _acknowledged(a: Asked) -> Decide:
    reference = a.body.text("reference")
    return lambda case: inquiry.acknowledge_inquiry(case, a.param("inquiry_id"), reference)


def _replied(a: Asked) -> Decide:
    finding, detail = a.body.choice("finding", InquiryFinding), a.body.text("detail")
    return lambda case: inquiry.answer_inquiry(case, a.param("inquiry_id"), finding, detail)


def _conclude(a: Asked) -> Decide:
    body = a.body
    finding, ground = body.choice("finding", Finding), body.text("ground")
    rule, source = body.text("rule"), body.maybe("source")
    evidence = body.texts("evidence", default=(source,) if source else ())
    return lambda case: concluding.conclude_by_hand(
        case, finding, ground=ground, rule=rule, evidence=evidence, by=a.by
    )


def _cause(a: Asked) -> Decide:
    cause, node = a.body.choice("cause", Cause), a.body.maybe("node")
    because = a.body.text("because")
    return lambda case: learning.find_root_cause(case, cause, node=node, because=because)


def _propose_action(a: Asked) -> Decide:
    body = a.body
    kind, owner = body.choice("kind", ActionKind), body.text("owner")
    due_on, topic = body.day("due_on"), body.maybe("topic")
    return lambda case: learning.propose_action(case, kind, owner=owner, due_on=due_on, topic=topic)


def _confirm_action(a: Asked) -> Decide:
    return lambda case: learning.confirm_action(case, a.param("action_id"), by=a.by)


COMMANDS = (
    Command(path=f"{CASE}/assignment", action=Action.ASSIGN, prepare=_assign),
    Command(path=f"{CASE}/first-reply", action=Action.REPLY, prepare=_first_reply),
    Command(path=f"{CASE}/kind", action=Action.CHANGE_KIND, prepare=_change_kind),
    Command(path=f"{CASE}/tasks", action=Action.OPEN_TASK, prepare=_open_task),
    Command(path=f"{CASE}/tasks/{{task_id}}/cancel", action=Action.OPEN_TASK, prepare=_cancel_task),
    Command(path=f"{CASE}/records", action=Action.RECORD_CUSTODY, prepare=_record),
    Command(path=f"{CASE}/cctv", action=Action.RECORD_CUSTODY, prepare=_cctv),
    Command(path=f"{CASE}/cctv/{{request_id}}/hold", action=Action.HOLD_CAMERA, prepare=_hold),
    Command(path=f"{CASE}/cctv/{{request_id}}/clip", action=Action.RECORD_CUSTODY, prepare=_clip),
    Command(
        path=f"{CASE}/cctv/{{request_id}}/viewings",
        action=Action.RECORD_CUSTODY,
        prepare=_viewing,
    ),
    Command(path=f"{CASE}/inquiries", action=Action.SEND_INQUIRY, prepare=_inquire),
    Command(
        path=f"{CASE}/inquiries/{{inquiry_id}}/acknowledgement",
        action=Action.SEND_INQUIRY,
        prepare=_acknowledged,
    ),
    Command(
        path=f"{CASE}/inquiries/{{inquiry_id}}/reply",
        action=Action.SEND_INQUIRY,
        prepare=_replied,
    ),
    Command(path=f"{CASE}/conclusion", action=Action.CONCLUDE, prepare=_conclude),
    Command(path=f"{CASE}/cause", action=Action.FIND_LIABILITY, prepare=_cause),
    Command(path=f"{CASE}/actions", action=Action.PROPOSE_ACTION, prepare=_propose_action),
    Command(
        path=f"{CASE}/actions/{{action_id}}/confirm",
        action=Action.CONFIRM_ACTION,
        prepare=_confirm_action,
    ),
)
