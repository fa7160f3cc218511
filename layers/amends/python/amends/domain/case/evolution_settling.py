"""Evolution of agreement and payment."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.parts import settled, with_offer, with_payout
from amends.domain.case.state import CasePayout, Offer, OfferState, PayoutState
from amends.domain.case.vocabulary import Stage, Status
from amends.domain.case.waiting import waits

PAYOUT_PROMPT = timedelta(minutes=2)
"""How long a payout may stay unsent before the sweep sends it again to the queue."""
ANSWER_COUNTER = timedelta(days=3)
"""How long a counter-offer may wait for our answer."""
CHOOSE_AGAIN = timedelta(days=30)
"""How long the claimant may take to name another way of payment."""


def agreed(
    case: Case,
    event: e.OfferMade | e.OfferAccepted | e.OfferRefused | e.OfferExpired,
    at: datetime,
) -> Case:
    """After an event of negotiation."""
    match event:
        case e.OfferMade():
            offer = Offer(
                id=event.offer_id,
                remedy=event.remedy,
                amount=event.amount,
                made_at=at,
                expires_at=event.expires_at,
            )
            offered = replace(
                case,
                offers=(*case.offers, offer),
                stage=Stage.NEGOTIATING,
                status=Status.OFFERED,
            )
            return waits(offered, next=None, offer=event.expires_at)
        case e.OfferAccepted():
            accepted = with_offer(
                case,
                event.offer_id,
                state=OfferState.ACCEPTED,
                rail=event.rail,
                payee=event.payee,
                payee_part=event.payee_part,
            )
            accepted = replace(accepted, stage=Stage.SETTLING, status=Status.PAYING)
            return waits(accepted, offer=None, next=at)
        case e.OfferRefused():
            refused = with_offer(case, event.offer_id, state=OfferState.REFUSED)
            refused = replace(refused, status=Status.COUNTERED)
            return waits(refused, offer=None, counter=at + ANSWER_COUNTER)
        case e.OfferExpired():
            expired = with_offer(case, event.offer_id, state=OfferState.EXPIRED)
            return waits(expired, offer=None, next=at)
        case _:
            assert_never(event)


def paid(
    case: Case,
    event: e.PayoutRequested
    | e.PayoutApproved
    | e.PayoutHeld
    | e.PayoutSent
    | e.PayoutCancelled
    | e.PayoutUnknown
    | e.PayoutAwaitingPayee
    | e.PayoutConfirmed
    | e.PayoutRejected
    | e.PayoutReturned,
    at: datetime,
) -> Case:
    """After an event of payment."""
    match event:
        case e.PayoutRequested():
            agreed_on = case.accepted_offer
            payout = CasePayout(
                id=event.payout_id,
                attempt=event.attempt,
                key=event.key,
                rail=event.rail,
                amount=event.amount,
                requested_at=at,
                pay_by=event.pay_by,
                payee_part=agreed_on.payee_part if agreed_on else None,
            )
            asked = replace(case, payouts=(*case.payouts, payout), status=Status.PAYING)
            return waits(asked, next=None, payout=at + PAYOUT_PROMPT)
        case e.PayoutApproved():
            approved = with_payout(case, event.payout_id, approved_by=event.by, held=None)
            return waits(approved, payout=at)
        case e.PayoutHeld():
            held = with_payout(case, event.payout_id, held=event.reason)
            return waits(held, payout=event.ask_at)
        case e.PayoutSent():
            sent = with_payout(case, event.payout_id, state=PayoutState.SENT, sent_at=at, held=None)
            return waits(sent, payout=event.ask_at)
        case e.PayoutUnknown():
            unknown = _underway(case, event.payout_id, PayoutState.UNKNOWN, at)
            return waits(unknown, payout=event.ask_at)
        case e.PayoutAwaitingPayee():
            held = _underway(case, event.payout_id, PayoutState.AWAITING_PAYEE, at)
            return waits(replace(held, status=Status.AWAITING_PAYEE), payout=event.ask_at)
        case e.PayoutConfirmed():
            paid = _underway(case, event.payout_id, PayoutState.SUCCEEDED, at)
            paid = with_payout(paid, event.payout_id, reference=event.reference, ended_at=at)
            paid = replace(paid, stage=Stage.FOLLOWING_UP, status=Status.SETTLED)
            again = at if _has_another_underway(paid) else None
            return waits(replace(paid, offers=settled(paid)), payout=again, offer=None, next=at)
        case e.PayoutRejected() | e.PayoutReturned() | e.PayoutCancelled():
            ended = with_payout(
                case, event.payout_id, state=_ENDS[type(event)], reason=event.reason, ended_at=at
            )
            if ended.is_paid:  # another attempt has paid: nothing is owed
                return waits(ended, payout=at if _has_another_underway(ended) else None)
            return _offered_again(ended, at)
        case _:
            assert_never(event)


_ENDS = {
    e.PayoutRejected: PayoutState.REJECTED,
    e.PayoutReturned: PayoutState.RETURNED,
    e.PayoutCancelled: PayoutState.CANCELLED,
}
_OVER = frozenset({*_ENDS.values(), PayoutState.SUCCEEDED})


def _has_another_underway(case: Case) -> bool:
    return any(payout.state not in _OVER for payout in case.payouts)


def _underway(case: Case, payout_id: str, state: PayoutState, at: datetime) -> Case:
    """What a rail speaks of has been sent: earlier releases recorded no sending of its own."""
    sent_at = next((p.sent_at for p in case.payouts if p.id == payout_id and p.sent_at), at)
    return with_payout(case, payout_id, state=state, sent_at=sent_at, held=None)


def _offered_again(case: Case, at: datetime) -> Case:
    """The settlement stands; only the way of payment must be chosen again."""
    offer = case.accepted_offer
    if offer is None:
        return waits(case, payout=None, next=at)
    again = with_offer(case, offer.id, state=OfferState.OPEN, expires_at=at + CHOOSE_AGAIN)
    again = replace(again, stage=Stage.NEGOTIATING, status=Status.OFFERED)
    again = replace(again, survey_id=None, outcome=None)  # money can come back after the end
    due = {"payout": None, "survey": None, "close": None, "remind": None, "next": None}
    return waits(again, **due, offer=at + CHOOSE_AGAIN)
