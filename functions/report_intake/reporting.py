"""Reporting over HTTP: the first report, idempotent, its token never stored."""

import json

from amends import runtime
from amends.domain.parcel.number import check
from amends.service.reporting import report as open_case
from amends.service.reporting import token_of
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.idempotent import once


def report(call: Call) -> Answer:
    """`POST /v1/cases`: 201 with the case, its token and `Location`."""
    return once(
        call,
        caller="anyone",
        store=runtime.idempotency(),
        at=runtime.now(),
        act=lambda origin: _opened(call, origin),
        hide=_without_token,
        unhide=_with_token,
    )


def _opened(call: Call, origin: str) -> Answer:
    from amends.web.bodies import read
    from report_intake.models import ReportBody

    body = read(ReportBody, call.json())
    number = check(body.shipment.tracking_number)
    reported = open_case(
        body.to_report(number.normalised),
        body.to_contact(),
        store=runtime.cases(),
        contacts=runtime.contacts(),
        watch=runtime.watch_case,
        token_key=_token_key(),
        origin=origin,
        merchant=None,
        occasion=runtime.occasion(by="claimant", because=call.request_id),
    )
    case = reported.case
    return Answer.of(
        {**case_document(case), "token": reported.token},
        status=201,
        headers={"location": f"/v1/cases/{case.id}", "etag": etag(case)},
    )


def _token_key() -> bytes:
    return runtime.secrets().of("tokens")["key"].encode()


def _without_token(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document.pop("token", None)
    return Answer.of(document, status=answer.status, headers=answer.headers)


def _with_token(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document["token"] = token_of(document["id"], _token_key())
    return Answer.of(document, status=answer.status, headers=answer.headers)
