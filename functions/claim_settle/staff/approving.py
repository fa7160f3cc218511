"""The second person's word on an offer that passes a limit."""

from amends.domain.case.agreement import offering
from amends.domain.case.permissions import Action, require
from claim_settle.staff_desk import Asked, Decide


def approve_offer(a: Asked, offer_id: str) -> Decide:
    """Yes sends it out; no leaves what was offered before. Never by who proposed it."""
    require(a.groups, Action.APPROVE_OFFER)
    agreed, because = a.body.yes("approve"), a.body.maybe("because") or "not stated"
    if agreed:
        return lambda case: offering.approve(case, offer_id, by=a.by, occasion=a.occasion)
    return lambda case: offering.decline_approval(case, offer_id, because=because)
