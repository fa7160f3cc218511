"""Writing: what a claimant changes on their own case."""

from amends.domain.case import intake
from amends.domain.case.case import Case
from amends.service.amend import amend
from amends.service.intake import information
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.router import Endpoint
from report_intake.desk import Desk


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """What a claimant may change, on this desk."""

    def withdraw(call: Call) -> Answer:
        return desk.change(call, lambda case, _: _withdraw(desk, call, case))

    def inform(call: Call) -> Answer:
        return desk.change(call, lambda case, origin: _inform(desk, call, case, origin))

    return (
        Endpoint(method="POST", path="/v1/cases/{case_id}/withdraw", answer=withdraw),
        Endpoint(method="POST", path="/v1/cases/{case_id}/information", answer=inform),
    )


def _withdraw(desk: Desk, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from report_intake.models import WithdrawBody

    body = read(WithdrawBody, call.json())
    after = amend(
        desk.cases(), case.id, desk.claimant(call), lambda now: intake.withdraw(now, body.reason)
    )
    return Answer.of(case_document(after), headers={"etag": etag(after)})


def _inform(desk: Desk, call: Call, case: Case, origin: str) -> Answer:
    from amends.web.bodies import read
    from report_intake.information import InformationBody

    body = read(InformationBody, call.json())
    after = information.inform(
        case,
        body.to_answers(case.report.kind),
        body.to_words(),
        store=desk.cases(),
        contacts=desk.contacts(),
        watch=desk.watch,
        origin=origin,
        occasion=desk.claimant(call),
    )
    return Answer.of(case_document(after), headers={"etag": etag(after)})
