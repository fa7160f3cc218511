"""Negotiation: what is offered by itself, the claimant's answers, and what falls due."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from amends.domain.case.access import check_fresh
from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseClosed,
    Event,
    OfferAccepted,
    OfferExpired,
    OfferMade,
    OfferRefused,
)
from amends.domain.case.investigation.concluding import unpaid_outcome
from amends.domain.case.state.agreement import MONEY, RAILS, Option, Part
from amends.domain.case.state.settlement import Offer, OfferState
from amends.domain.case.vocabulary import Outcome, Remedy, Stage
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder

OFFER_LIFETIME = timedelta(days=30)


def make_offer(case: Case, occasion: Occasion, remedies: Sequence[Remedy] = ()) -> list[Event]:
    """Offer what is owed, or close as declined; an offered or closed case gets no second offer.

    `remedies` are those of the incident's file: what is worth the same beside the money.
    """
    if case.stage is not Stage.ASSESSING:
        return []
    if case.assessed is None:
        raise OutOfOrder(f"case {case.id} is not assessed: there is nothing to offer")
    if case.assessed.total.is_zero:
        return [CaseClosed(outcome=unpaid_outcome(case))]
    options = options_for(case, remedies)
    return [
        OfferMade(
            offer_id=derived("ofr", case.id, str(len(case.offers) + 1)),
            remedy=options[0].remedy,
            amount=case.assessed.total,
            expires_at=occasion.at + OFFER_LIFETIME,
            options=options,
        )
    ]


def options_for(case: Case, remedies: Sequence[Remedy]) -> tuple[Option, ...]:
    """What is owed, by its parts; then what the incident's file knows beside it, worth the same.

    A merchant's order can be sent again; a coupon needs nobody's consent but the claimant's.
    """
    if case.assessed is None:
        raise OutOfOrder(f"case {case.id} is not assessed: there is nothing to offer")
    owed = case.assessed.total
    told: dict[str, Any] = json.loads(case.assessed.assessment)
    parts = tuple(
        Part(remedy=remedy, amount=Money.of(part["amount"], part["currency"]))
        for remedy, part in (
            (Remedy.COMPENSATION, told.get("indemnity")),
            (Remedy.REFUND, told.get("refund")),
        )
        if part and not Money.of(part["amount"], part["currency"]).is_zero
    )
    money = Option(parts=parts or (Part(remedy=Remedy.COMPENSATION, amount=owed),))
    has_order = case.merchant is not None and case.report.shipment.order_reference is not None
    beside = [Remedy.RESHIPMENT] if has_order else []
    beside += [Remedy.COUPON]
    return (
        money,
        *(
            Option(parts=(Part(remedy=remedy, amount=owed),))
            for remedy in beside
            if remedy in remedies
        ),
    )


def accept_offer(
    case: Case,
    offer_id: str,
    *,
    rail: str,
    payee: str,
    occasion: Occasion,
    payee_part: str | None = None,
    option: int | None = None,
    without: tuple[Remedy, ...] = (),
) -> list[Event]:
    """Accept; the same acceptance again changes nothing, another one is told it comes too late.

    `option` counts from one and is the first when not said; `without` leaves out what comes
    beside the money.
    """
    offer = find_offer(case, offer_id)
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
            if occasion.at >= offer.expires_at and not case.payouts:
                raise OutOfOrder("this offer has expired")
            accepted = OfferAccepted(
                offer_id=offer_id, rail=rail, payee=payee, payee_part=payee_part
            )
            if case.payouts:
                check_fresh(case.access, occasion)
                _another_way(offer, option, rail)
                return [accepted]
            number = _option(offer, option, without, rail)
            return [replace(accepted, option=number, without=without or None)]


def refuse_offer(
    case: Case,
    offer_id: str,
    *,
    reason: str,
    counter: Money | None,
    remedy: Remedy | None = None,
) -> list[Event]:
    """Refuse, with or without a counter; refusing twice changes nothing."""
    offer = find_offer(case, offer_id)
    if offer.state is OfferState.REFUSED:
        return []
    if offer.state is not OfferState.OPEN:
        raise OutOfOrder(f"this offer is {offer.state}")
    if case.payouts:
        raise OutOfOrder("what was agreed stands: only the way of payment is chosen again")
    return [OfferRefused(offer_id=offer_id, reason=reason, counter=counter, remedy=remedy)]


def expire_offer(case: Case, occasion: Occasion) -> list[Event]:
    """Let an unanswered offer lapse when its day has come, and close the case with it."""
    offer = case.open_offer
    if offer is None or occasion.at < offer.expires_at or case.payouts:
        return []  # what was accepted once does not lapse because a payment failed
    if case.agreement.appeal is not None:
        return []  # the review decides what is offered next
    return [OfferExpired(offer_id=offer.id), CaseClosed(outcome=Outcome.DECLINED)]


def find_offer(case: Case, offer_id: str) -> Offer:
    """The offer of that id; refuses one that this case does not have."""
    for offer in case.offers:
        if offer.id == offer_id:
            return offer
    raise NotFound("there is no such offer")


def _option(offer: Offer, option: int | None, without: tuple[Remedy, ...], rail: str) -> int | None:
    """The option's number, checked against the offer and the way of payment; None: it has one."""
    if not offer.options:
        return None
    number = option or 1
    if not 1 <= number <= len(offer.options):
        raise _wrong("option", f"this offer has {len(offer.options)} option(s)")
    chosen = offer.options[number - 1]
    beside = {part.remedy for part in chosen.extras}
    if not set(without) <= beside:
        raise _wrong("without", "only what comes beside the payment can be left out")
    _check_way(chosen, rail)
    is_plain = len(offer.options) == 1 and not beside
    return None if is_plain else number


def _another_way(offer: Offer, option: int | None, rail: str) -> None:
    """Refuse another option than the one that was taken: only its way of payment is open again."""
    if not offer.options:
        return
    taken = Option(parts=offer.taken or offer.options[0].parts)
    if option is not None and (
        not 1 <= option <= len(offer.options)
        or offer.options[option - 1].parts[0] != taken.parts[0]
    ):
        raise OutOfOrder("what was agreed stands: only the way of payment is chosen again")
    _check_way(taken, rail)


def _check_way(chosen: Option, rail: str) -> None:
    way = RAILS.get(chosen.remedy)
    if chosen.remedy not in MONEY and rail != way:
        raise _wrong("payout_method.rail", f"this option is settled by {way or 'nobody yet'}")


def _wrong(field: str, message: str) -> Invalid:
    error = FieldError(field=field, code="not_possible", message=message)
    return Invalid(message, errors=[error])
