"""Appealing: a second look by somebody else, twice at most, and the legal route after it."""

from datetime import timedelta

from amends.domain.case.agreement.negotiation import OFFER_LIFETIME
from amends.domain.case.agreement.offering import renewed
from amends.domain.case.case import Case
from amends.domain.case.events import (
    AppealDecided,
    AppealMade,
    Assessed,
    CaseClosed,
    CaseReopened,
    Concluded,
    Event,
    LegalRouteOpened,
    OfferExpired,
)
from amends.domain.case.evolution.parts import AMOUNT, against
from amends.domain.case.investigation.concluding import unpaid_outcome
from amends.domain.case.permissions import NotAllowed
from amends.domain.case.vocabulary import Finding, Outcome, Role, Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, OutOfOrder

APPEAL_WITHIN = timedelta(days=30)
"""From the end of a case. Our own figure; the law's own ways stay open beside it."""
REVIEW_WITHIN = timedelta(days=10)
APPEALS = 2
_UNPAID = frozenset({Outcome.DECLINED, Outcome.FOUND, Outcome.DISPOSED})


def appeal(case: Case, *, role: Role, occasion: Occasion) -> list[Event]:
    """Ask for a second look at a finding, a decline or an amount; asking again changes nothing."""
    if case.agreement.appeal is not None:
        return []
    if case.accepted_offer is not None or case.payouts:
        raise OutOfOrder("what was agreed is settled")
    if case.stage is Stage.CLOSED:
        if case.outcome not in _UNPAID:
            raise OutOfOrder(f"a case that ended as {case.outcome} is not appealed")
        if occasion.at > case.updated_at + APPEAL_WITHIN:
            days = APPEAL_WITHIN.days
            raise OutOfOrder(f"the {days} days to appeal have passed: the legal route is open")
    elif case.stage is not Stage.NEGOTIATING:
        raise OutOfOrder("nothing has been decided that could be appealed")
    number = len(case.agreement.appeals) + 1
    if number > APPEALS:
        raise OutOfOrder("both second looks are done: the legal route is open")
    made = AppealMade(
        number=number,
        against=against(case),
        role=role,
        review_by=occasion.at + REVIEW_WITHIN,
    )
    return [CaseReopened(because="appeal"), made] if case.stage is Stage.CLOSED else [made]


def may_appeal(case: Case) -> bool:
    """Whether a second look can be asked for, as far as the case alone tells (not the day)."""
    if case.agreement.appeal is not None or case.accepted_offer is not None or case.payouts:
        return False
    decided = case.stage is Stage.NEGOTIATING or case.outcome in _UNPAID
    return decided and len(case.agreement.appeals) < APPEALS


def require_reviewer(case: Case, by: str) -> int:
    """The number of the appeal under review; refuses who has decided in this case before."""
    waiting = case.agreement.appeal
    if waiting is None:
        raise OutOfOrder("no appeal waits for a review")
    if case.stage is not Stage.NEGOTIATING or case.payouts:
        raise OutOfOrder("it was agreed or closed meanwhile")
    if by in case.agreement.deciders:
        raise NotAllowed("who decided before does not review it")
    return waiting.number


def uphold(
    case: Case, *, because: str, by: str, finding: Concluded | None, assessed: Assessed | None
) -> list[Event]:
    """The appeal is right: a new finding is assessed anew, or a new assessment takes its place.

    What follows (the offer, or a decline again) the case does by itself.
    """
    number = require_reviewer(case, by)
    decided = AppealDecided(number=number, upheld=True, because=because)
    offer = case.open_offer
    lapsed = [] if offer is None else [OfferExpired(offer_id=offer.id)]
    if finding is not None:
        return [*lapsed, decided, finding]
    if assessed is None:
        error = FieldError(field="facts", code="required", message="name a finding or new facts")
        raise Invalid("what is different now must be said", errors=[error])
    if case.conclusion is None or case.conclusion.finding is Finding.DELIVERED:
        error = FieldError(field="finding", code="required", message="say what became of it")
        raise Invalid("a delivered parcel is owed nothing", errors=[error])
    return [*lapsed, decided, assessed]


def dismiss(case: Case, *, because: str, by: str, occasion: Occasion) -> list[Event]:
    """The appeal is wrong: what was decided stands; after the second with the legal route."""
    number = require_reviewer(case, by)
    decided = AppealDecided(number=number, upheld=False, because=because)
    is_last = number >= APPEALS
    owed = case.assessed is not None and not case.assessed.total.is_zero
    if owed and case.agreement.appeals[-1].against == AMOUNT:
        last = case.offers[-1].id if case.offers else None
        return [decided, *renewed(case, last, occasion, legal=is_last, why="appeal_dismissed")]
    until = occasion.at + OFFER_LIFETIME
    legal = [LegalRouteOpened(because="appeal_dismissed", until=until)] if is_last else []
    return [decided, *legal, CaseClosed(outcome=unpaid_outcome(case))]
