"""Staff command: what was promised beside the money is paid in money instead."""

from amends.domain.case.money.turning import turn_to_money
from amends.domain.case.permissions import Action
from amends.domain.case.vocabulary import Remedy
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid
from amends.service.amend import amend_once
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.money_view import staff_payout
from amends.web.router import Endpoint
from claim_settle.body import Body
from claim_settle.money_desk import MoneyDesk, acting, live
from claim_settle.staff_desk import CASE

PATH = f"{CASE}/extras/{{remedy}}/money"


def endpoints(desk: MoneyDesk) -> tuple[Endpoint, ...]:
    """The endpoint, on this desk."""
    return (acting(desk, PATH, Action.TURN_TO_MONEY, _turn),)


def _turn(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    """Above the limit it waits for a second person, like every payment; answers the payout."""
    reason, consent = body.text("reason"), body.text("consent")
    body.done()
    remedy, case_id = _remedy(call), call.params["case_id"]
    case = amend_once(
        desk.cases(),
        case_id,
        occasion,
        lambda now: turn_to_money(now, remedy, reason=reason, consent=consent, occasion=occasion),
    )
    payout = case.payouts_of(remedy)[-1]
    desk.queue().send({"case_id": case_id, "payout_id": payout.id})
    return Answer.of(staff_payout(case, payout), status=201, headers={"etag": etag(case)})


def _remedy(call: Call) -> Remedy:
    try:
        return Remedy(call.params["remedy"])
    except ValueError as error:
        message = "there is no such remedy"
        unknown = FieldError(field="remedy", code="unknown_value", message=message)
        raise Invalid(message, errors=[unknown]) from error


ENDPOINTS = endpoints(live())
