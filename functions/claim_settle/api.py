"""HTTP -> settlement: offers, quotes, and everything for staff."""

from collections.abc import Mapping
from typing import Any

from amends.commands.quote import quote_text
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.proving import prove
from amends.web.router import Endpoint, Router
from claim_settle import claims, offers, payments, procedures, staff_desk
from claim_settle.agreement_desk import live
from claim_settle.staff import (
    cases,
    investigation,
    money,
    offering,
    policies,
    reclaims,
    turning,
)


def quote(call: Call) -> Answer:
    """`POST /v1/compensation/quotes`: facts in, worked assessment out, nothing stored."""
    call.json()  # the same refusals of content type, size and JSON as everywhere
    return Answer.of(quote_text(call.raw_body, call.language))


AGREEMENT = live()
router = Router(
    Endpoint(method="POST", path="/v1/compensation/quotes", answer=quote),
    *offers.endpoints(AGREEMENT),
    *claims.endpoints(AGREEMENT),
    *offering.endpoints(AGREEMENT),
    *cases.endpoints(staff_desk.live()),
    *investigation.ENDPOINTS,
    *money.ENDPOINTS,
    *turning.ENDPOINTS,
    *reclaims.ENDPOINTS,
    *policies.ENDPOINTS,
    *payments.ENDPOINTS,
    *procedures.ENDPOINTS,
    prove=prove,
)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request."""
    return router(event)
