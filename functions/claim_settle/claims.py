"""Claims over HTTP: what is asked for and by what right, the decision, appeal, settlement."""

from amends.domain.case.agreement import appealing, claiming, settlement
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.refusal import NotFound
from amends.service.amend import amend_once
from amends.service.assessment.assessing import explain
from amends.web.access import etag
from amends.web.agreement_view import claim_document, settlement_document
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document
from amends.web.router import Endpoint
from claim_settle.agreement_desk import AgreementDesk

CASE = "/v1/cases/{case_id}"


def endpoints(desk: AgreementDesk) -> tuple[Endpoint, ...]:
    """Every endpoint of the claimant's claim, on this desk."""

    def read_claim(call: Call) -> Answer:
        case = desk.case(call)
        return _claim(case, call.language)

    def claim(call: Call) -> Answer:
        return desk.change(call, lambda case, _: _make_claim(desk, call, case))

    def appeal(call: Call) -> Answer:
        return desk.change(call, lambda case, _: _appeal(desk, call, case))

    def read_settlement(call: Call) -> Answer:
        case = desk.case(call)
        document = settlement_document(case)
        if document is None:
            raise NotFound("nothing is settled yet")
        return Answer.of(document, headers={"etag": etag(case)})

    def receipt(call: Call) -> Answer:
        return desk.change(call, lambda case, _: _receipt(desk, call, case))

    return (
        Endpoint(method="GET", path=f"{CASE}/claim", answer=read_claim),
        Endpoint(method="POST", path=f"{CASE}/claim", answer=claim),
        Endpoint(method="POST", path=f"{CASE}/appeal", answer=appeal),
        Endpoint(method="GET", path=f"{CASE}/settlement", answer=read_settlement),
        Endpoint(method="POST", path=f"{CASE}/settlement/receipt", answer=receipt),
    )


def _claim(case: Case, language: str) -> Answer:
    document = claim_document(case, explain(case, language), language)
    return Answer.of(document, headers={"etag": etag(case)})


def _make_claim(desk: AgreementDesk, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import ClaimBody

    body = read(ClaimBody, call.json())
    demanded = body.demanded.to_money() if body.demanded else None
    told = body.entitlement

    def decide(now: Case) -> list[Event]:
        role = told.role if told else now.report.role
        events = claiming.make_claim(now, role=role, remedy=body.remedy, demanded=demanded)
        if told is None:
            return events
        declared = claiming.declare_entitlement(
            now, role=told.role, basis=told.basis, evidence_id=told.evidence_id
        )
        return [*events, *declared]

    after = desk.say(call, case, decide, part="claim", reason=body.reason)
    return _claim(after, call.language)


def _appeal(desk: AgreementDesk, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import AppealBody

    body, occasion = read(AppealBody, call.json()), desk.claimant(call)

    def decide(now: Case) -> list[Event]:
        return appealing.appeal(now, role=now.report.role, occasion=occasion)

    number = len(case.agreement.appeals) + (case.agreement.appeal is None)
    after = desk.say(call, case, decide, part=f"appeal:{number}", reason=body.reason)
    return Answer.of(case_document(after), status=201, headers={"etag": etag(after)})


def _receipt(desk: AgreementDesk, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import ReceiptBody

    body = read(ReceiptBody, call.json())
    after = amend_once(
        desk.staff.cases(),
        case.id,
        desk.claimant(call),
        lambda now: settlement.acknowledge(now, body.offer_id),
    )
    return Answer.of(settlement_document(after), headers={"etag": etag(after)})
