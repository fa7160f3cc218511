"""Evidence over HTTP: announce a file, and read the checklist with what has come."""

import json
from collections.abc import Callable

from amends.domain.case.case import Case
from amends.domain.case.evidence import Announced, upload_of
from amends.domain.case.permissions import Action
from amends.domain.occasion import Occasion
from amends.service.intake.evidence import announce, grant
from amends.service.papers.checklist import checklist
from amends.web.access import as_seen, claimants_case, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.evidence_view import checklist_document, upload_document
from amends.web.idempotent import once
from amends.web.router import Endpoint
from amends.web.staff import staff, staffs_case
from report_intake.desk import Desk

PATH = "/v1/cases/{case_id}/evidence"


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`POST` and `GET /v1/cases/{id}/evidence`, for the claimant and for staff, on this desk."""

    def claimants(call: Call) -> tuple[Case, str]:
        return claimants_case(call, desk.cases()), "claimant"

    def staffs(call: Call) -> tuple[Case, str]:
        by, groups = staff(call, Action.REPLY)
        return staffs_case(desk.cases(), call.params["case_id"], groups), by

    return (
        *_endpoints(desk, PATH, claimants),
        *_endpoints(desk, f"/v1/staff{PATH.removeprefix('/v1')}", staffs),
    )


def _endpoints(
    desk: Desk, path: str, prove: Callable[[Call], tuple[Case, str]]
) -> tuple[Endpoint, ...]:
    def send(call: Call) -> Answer:
        case, by = prove(call)
        occasion = desk.occasion(by, call.cause)
        return once(
            call,
            caller=f"{by}\x1f{case.id}",
            store=desk.idempotency(),
            at=occasion.at,
            act=lambda _: _announce(desk, call, as_seen(call, case), occasion),
            # a grant is a secret of fifteen minutes: it is made anew for whoever asks again
            hide=_without_grant,
            unhide=lambda answer: _with_grant(desk, call, answer),
        )

    def listed(call: Call) -> Answer:
        case, by = prove(call)
        document = checklist_document(
            case,
            checklist(case),
            desk.evidence(),
            call.language,
            for_staff=by != "claimant",
        )
        return Answer.of(document, headers={"etag": etag(case)})

    return (
        Endpoint(method="POST", path=path, answer=send),
        Endpoint(method="GET", path=path, answer=listed),
    )


def _announce(desk: Desk, call: Call, case: Case, occasion: Occasion) -> Answer:
    from amends.web.bodies import read
    from report_intake.models import EvidenceBody

    body = read(EvidenceBody, call.json())
    announced = Announced(
        kind=body.kind, content_type=body.content_type, size=body.size, sha256=body.sha256
    )
    after, upload = announce(desk.cases(), case.id, announced, occasion)
    desk.contacts().put(case.id, f"evidence#{upload.id}", {"file_name": body.file_name})
    document = {**upload_document(upload), "upload": grant(after, upload, desk.evidence())}
    return Answer.of(document, status=201, headers={"etag": etag(after)})


def _without_grant(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document.pop("upload", None)
    return Answer.of(document, status=answer.status, headers=answer.headers)


def _with_grant(desk: Desk, call: Call, answer: Answer) -> Answer:
    document = json.loads(answer.body)
    case = desk.cases().load(call.params["case_id"])
    document["upload"] = grant(case, upload_of(case, document["id"]), desk.evidence())
    return Answer.of(document, status=answer.status, headers=answer.headers)
