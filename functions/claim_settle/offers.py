"""Offers over HTTP: read with the worked explanation, accept, refuse."""

from typing import TYPE_CHECKING, cast

from amends import runtime
from amends.catalog import plugin
from amends.domain.case import negotiation
from amends.domain.case.case import Case
from amends.domain.ids import derived
from amends.domain.refusal import FieldError, Invalid
from amends.service.amend import amend
from amends.service.settling import explain
from amends.web.access import check_version, claimants_case, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.case_view import case_document, offers_document
from amends.web.idempotent import once

if TYPE_CHECKING:
    from amends.domain.money import Money
    from amends.domain.payment.rail import Rail


def read_offers(call: Call) -> Answer:
    """`GET /v1/cases/{id}/offers`."""
    case = claimants_case(call, runtime.cases())
    return Answer.of(offers_document(case, explain(case, call.language)))


def accept(call: Call) -> Answer:
    """`POST /v1/cases/{id}/offers/{offer_id}/accept`."""
    return _answering(call, _accept)


def refuse(call: Call) -> Answer:
    """`POST /v1/cases/{id}/offers/{offer_id}/refuse`."""
    return _answering(call, _refuse)


def _answering(call: Call, act: "_Act") -> Answer:
    case = claimants_case(call, runtime.cases())
    check_version(call, case)
    return once(
        call,
        caller=case.id,
        store=runtime.idempotency(),
        at=runtime.now(),
        act=lambda origin: act(call, case, origin),
        is_required=True,
    )


def _accept(call: Call, case: Case, origin: str) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import AcceptBody

    method = dict(read(AcceptBody, call.json()).payout_method)
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
    runtime.contacts().put(case.id, part, method)
    occasion = runtime.occasion(by="claimant", because=call.request_id)
    accepted = amend(
        runtime.cases(),
        case.id,
        occasion,
        lambda now: negotiation.accept_offer(
            now,
            call.params["offer_id"],
            rail=code,
            payee=payee.masked,
            payee_part=part,
            occasion=occasion,
        ),
    )
    return Answer.of(case_document(accepted), headers={"etag": etag(accepted)})


def _refuse(call: Call, case: Case, _origin: str) -> Answer:
    from amends.web.bodies import read
    from claim_settle.models import RefuseBody

    body = read(RefuseBody, call.json())
    counter: Money | None = None
    if body.counter and body.counter.amount:
        counter = body.counter.amount.to_money()
    refused = amend(
        runtime.cases(),
        case.id,
        runtime.occasion(by="claimant", because=call.request_id),
        lambda now: negotiation.refuse_offer(
            now, call.params["offer_id"], reason="told", counter=counter
        ),
    )
    runtime.contacts().put(case.id, f"refusal:{call.params['offer_id']}", {"reason": body.reason})
    return Answer.of(case_document(refused), headers={"etag": etag(refused)})


if TYPE_CHECKING:
    from collections.abc import Callable

    _Act = Callable[[Call, Case, str], Answer]
