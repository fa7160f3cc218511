"""Reporting over HTTP: the first report, idempotent, its token never stored."""

import json
from typing import TYPE_CHECKING

from amends.domain.case.case import Case
from amends.domain.case.talking.information import NUMBER
from amends.domain.occasion import Occasion
from amends.domain.parcel.number import check
from amends.service.intake.joining import join_or_open
from amends.service.intake.reporting import Reported, token_of
from amends.service.intake.reporting import report as open_case
from amends.web.access import etag, merchant_or_none
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.idempotent import once
from amends.web.router import Endpoint
from report_intake.desk import Desk

if TYPE_CHECKING:
    from report_intake.models import ReportBody

JOINED = {
    "en": "This incident is known already: what you told us has joined its case.",
    "zh-CN": "该事件已有人报告, 您提供的情况已并入其案件。",
}
"""Nothing of the case itself, but to its merchant: who knows a number is not its claimant."""


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`POST /v1/cases`: 201 with the case, its token and `Location`."""

    def unhide(answer: Answer) -> Answer:
        document = json.loads(answer.body)
        if "joined" in document:
            return answer
        document["token"] = token_of(document["id"], desk.token_key())
        return Answer.of(document, status=answer.status, headers=answer.headers)

    def report(call: Call) -> Answer:
        return once(
            call,
            caller=merchant_or_none(call) or "anyone",
            store=desk.idempotency(),
            at=desk.claimant(call).at,
            act=lambda origin: _opened(desk, call, origin),
            hide=_without_token,
            unhide=unhide,
        )

    return (Endpoint(method="POST", path="/v1/cases", answer=report),)


def _opened(desk: Desk, call: Call, origin: str) -> Answer:
    from amends.web.bodies import read
    from report_intake.models import ReportBody

    body = read(ReportBody, call.json())
    owner = merchant_or_none(call)
    reported = joined_or_opened(desk, body, origin, desk.claimant(call), merchant=owner)
    if isinstance(reported, Case):
        own = {"case_id": reported.id} if owner is not None and owner == reported.merchant else {}
        return Answer.of({"joined": True, "message": JOINED[call.language], **own}, status=202)
    case = reported.case
    return Answer.of(
        {**case_document(case), "token": reported.token},
        status=201,
        headers={"location": f"/v1/cases/{case.id}", "etag": etag(case)},
    )


def joined_or_opened(
    desk: Desk,
    body: "ReportBody",
    origin: str,
    occasion: Occasion,
    *,
    merchant: str | None = None,
    needs_day: bool = True,
) -> Case | Reported:
    """The open case that the report belongs to, which it has joined; or its own, just opened.

    A report that does not know its number is a draft that asks for it.
    """
    report = body.to_report(check(body.shipment.tracking_number).normalised)

    def opens(incident: str | None, instead_of: str | None) -> Reported:
        return open_case(
            report,
            body.to_contact(),
            store=desk.cases(),
            contacts=desk.contacts(),
            watch=desk.watch,
            token_key=desk.token_key(),
            origin=origin,
            merchant=merchant,
            occasion=occasion,
            asks=() if report.shipment.is_numbered else (NUMBER,),
            incident=incident,
            instead_of=instead_of,
        )

    if body.incident.is_another or not report.shipment.is_numbered:
        return opens(None, None)
    return join_or_open(
        report,
        body.to_contact(),
        opens,
        cases=desk.cases(),
        contacts=desk.contacts(),
        origin=origin,
        occasion=occasion,
        needs_day=needs_day,
    )


def _without_token(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document.pop("token", None)
    return Answer.of(document, status=answer.status, headers=answer.headers)
