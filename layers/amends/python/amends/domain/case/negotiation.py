"""Negotiation: offers, and the claimant's answers."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.concluding import unpaid_outcome
from amends.domain.case.events import (
    CaseClosed,
    Event,
    OfferAccepted,
    OfferExpired,
    OfferMade,
    OfferRefused,
)
from amends.domain.case.state import Offer, OfferState
from amends.domain.case.vocabulary import Outcome, Remedy, Stage
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound, OutOfOrder

OFFER_LIFETIME = timedelta(days=30)


def make_offer(case: Case, occasion: Occasion) -> list[Event]:
    """Offer what is owed, or close as declined; an offered or closed case gets no second offer."""
    if case.stage is not Stage.ASSESSING:
        return []
    if case.assessed is None:
        raise OutOfOrder(f"case {case.id} is not assessed: there is nothing to offer")
    if case.assessed.total.is_zero:
        return [CaseClosed(outcome=unpaid_outcome(case))]
    return [
        OfferMade(
            offer_id=derived("ofr", case.id, str(len(case.offers) + 1)),
            remedy=Remedy.COMPENSATION,
            amount=case.assessed.total,
            expires_at=occasion.at + OFFER_LIFETIME,
        )
    ]


def accept_offer(
    case: Case,
    offer_id: str,
    *,
    rail: str,
    payee: str,
    occasion: Occasion,
    payee_part: str | None = None,
) -> list[Event]:
    """Accept; the same acceptance again changes nothing, another one is told it comes too late."""
    offer = _offer(case, offer_id)
    match offer.state:
        case OfferState.ACCEPTED:
            if (offer.rail, offer.payee) == (rail, payee):
                return []
            raise OutOfOrder("this offer has been accepted already")
        case OfferState.REFUSED:
            raise OutOfOrder("this offer was refused")
        case OfferState.EXPIRED:
            raise OutOfOrder("this offer has expired")
        case OfferState.OPEN:
            if occasion.at >= offer.expires_at:
                raise OutOfOrder("this offer has expired")
            return [OfferAccepted(offer_id=offer_id, rail=rail, payee=payee, payee_part=payee_part)]


def refuse_offer(case: Case, offer_id: str, *, reason: str, counter: Money | None) -> list[Event]:
    """Refuse, with or without a counter; refusing twice changes nothing."""
    offer = _offer(case, offer_id)
    if offer.state is OfferState.REFUSED:
        return []
    if offer.state is not OfferState.OPEN:
        raise OutOfOrder(f"this offer is {offer.state}")
    return [OfferRefused(offer_id=offer_id, reason=reason, counter=counter)]


def expire_offer(case: Case, occasion: Occasion) -> list[Event]:
    """Let an unanswered offer lapse when its day has come, and close the case with it."""
    offer = case.open_offer
    if offer is None or occasion.at < offer.expires_at or case.payouts:
        return []  # what was accepted once does not lapse because a payment failed
    return [OfferExpired(offer_id=offer.id), CaseClosed(outcome=Outcome.DECLINED)]


def _offer(case: Case, offer_id: str) -> Offer:
    for offer in case.offers:
        if offer.id == offer_id:
            return offer
    raise NotFound("there is no such offer")
