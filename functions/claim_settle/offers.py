"""Offers over HTTP: read with the worked explanation, accept, refuse with a counter."""

from typing import TYPE_CHECKING, cast

from amends.catalog import plugin
from amends.domain.case.agreement import negotiation, settlement
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.ids import derived
from amends.domain.refusal import FieldError, Invalid
from amends.service.amend import amend_once
from amends.service.assessment.assessing import explain
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, offers_document
from amends.web.router import Endpoint
from claim_settle.agreement_desk import AgreementDesk

if TYPE_CHECKING:
    from amends.domain.money import Money
    from amends.domain.payment.rail import Rail

PATH = "/v1/cases/{case_id}/offers"


def endpoints(desk: AgreementDesk) -> tuple[Endpoint, ...]:
    """Every endpoint of offers, on this desk."""

    def read_offers(call: Call) -> Answer:
        case = desk.case(call)
        return Answer.of(offers_document(case, explain(case, call.language)))

    def accept(call: Call) -> Answer:
        return desk.change(
            call, lambda case, origin: _accept(desk, call, case, origin), needs_key=True
        )

    def refuse(call: Call) -> Answer:
        return desk.change(call, lambda case, _: _refuse(desk, call, case), needs_key=True)

    return (
        Endpoint(method="GET", path=PATH, answer=read_offers),
        Endpoint(method="POST", path=f"{PATH}/{{offer_id}}/accept", answer=accept),
        Endpoint(method="POST", path=f"{PATH}/{{offer_id}}/refuse", answer=refuse),
    )


def _accept(desk: AgreementDesk, call: Call, case: Case, origin: str) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import AcceptBody

    body = read(AcceptBody, call.json())
    method = dict(body.payout_method)
    code = method.pop("rail", None)
    if code is None:
        error = FieldError(
            field="payout_method.rail", code="missing", message="the way of payment is needed"
        )
        raise Invalid("some fields cannot be accepted", errors=[error])
    rail = cast("Rail", plugin("rails", code))
    payee = rail.check_payee(method)
    offer = next((o for o in case.offers if o.id == call.params["offer_id"]), None)
    if offer and rail.CURRENCIES and offer.amount.currency not in rail.CURRENCIES:
        raise Invalid(f"{code} does not pay in {offer.amount.currency}")
    part = f"payee:{derived('acc', origin)}"  # of this acceptance alone: one that loses harms none
    desk.staff.contacts().put(case.id, part, method)
    occasion = desk.claimant(call)
    reserved = body.reserve.to_money() if body.reserve else None
    accepted = amend_once(
        desk.staff.cases(),
        case.id,
        occasion,
        lambda now: settlement.accept(
            now,
            call.params["offer_id"],
            rail=code,
            payee=payee.masked,
            payee_part=part,
            occasion=occasion,
            option=body.option,
            without=tuple(body.without),
            reserved=reserved,
        ),
    )
    return Answer.of(case_document(accepted), headers={"etag": etag(accepted)})


def _refuse(desk: AgreementDesk, call: Call, case: Case) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import RefuseBody

    body = read(RefuseBody, call.json())
    counter: Money | None = None
    if body.counter and body.counter.amount:
        counter = body.counter.amount.to_money()

    def decide(now: Case) -> list[Event]:
        return negotiation.refuse_offer(
            now,
            call.params["offer_id"],
            reason="told",
            counter=counter,
            remedy=body.counter.remedy if body.counter else None,
        )

    part = f"refusal:{call.params['offer_id']}"
    refused = desk.say(call, case, decide, part=part, reason=body.reason)
    return Answer.of(case_document(refused), headers={"etag": etag(refused)})
