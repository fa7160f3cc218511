"""Evolution of agreement and payment."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.fulfilling import carried_out, failed, fulfilled
from amends.domain.case.evolution.parts import with_offer, with_payout
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.agreement import RAILS
from amends.domain.case.state.settlement import CasePayout, Offer, OfferState, PayoutState
from amends.domain.case.vocabulary import Stage, Status

PAYOUT_PROMPT = timedelta(minutes=2)
"""How long a payout may stay unsent before the sweep sends it again to the queue."""
ANSWER_COUNTER = timedelta(days=3)
"""How long a counter-offer may wait for our answer."""


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
    | e.PayoutCallbackAsked
    | e.PayoutConfirmed
    | e.PayoutRejected
    | e.PayoutReturned
    | e.PayoutFailureProposed
    | e.PayoutDeclaredFailed,
    at: datetime,
) -> Case:
    """After an event of payment."""
    match event:
        case e.PayoutRequested():
            payout = CasePayout(
                id=event.payout_id,
                attempt=event.attempt,
                key=event.key,
                rail=event.rail,
                amount=event.amount,
                requested_at=at,
                pay_by=event.pay_by,
                part=event.part,
                payee_part=_payee_part(case, event),
            )
            asked = replace(case, payouts=(*case.payouts, payout), status=Status.PAYING)
            return fulfilled(waits(asked, {payout.clock: at + PAYOUT_PROMPT}, next=None), at)
        case e.PayoutApproved():
            approved = with_payout(case, event.payout_id, approved_by=event.by, held=None)
            return waits(approved, {_clock(case, event.payout_id): at})
        case e.PayoutHeld():
            held = with_payout(case, event.payout_id, held=event.reason)
            return waits(held, {_clock(case, event.payout_id): event.ask_at})
        case e.PayoutSent():
            sent = _underway(case, event.payout_id, PayoutState.SENT, at)
            sent = with_payout(sent, event.payout_id, sent_at=at)
            return waits(sent, {_clock(case, event.payout_id): event.ask_at})
        case e.PayoutUnknown():
            unknown = _underway(case, event.payout_id, PayoutState.UNKNOWN, at)
            return waits(unknown, {_clock(case, event.payout_id): event.ask_at})
        case e.PayoutAwaitingPayee():
            held = _underway(case, event.payout_id, PayoutState.AWAITING_PAYEE, at)
            return waits(
                replace(held, status=Status.AWAITING_PAYEE),
                {_clock(case, event.payout_id): event.ask_at},
            )
        case e.PayoutCallbackAsked():
            asked = with_payout(case, event.payout_id, called_back_at=at)
            return waits(asked, {_clock(case, event.payout_id): at})
        case e.PayoutConfirmed():
            paid = _underway(case, event.payout_id, PayoutState.SUCCEEDED, at)
            paid = with_payout(paid, event.payout_id, reference=event.reference, ended_at=at)
            return carried_out(paid, event.payout_id, at)
        case e.PayoutFailureProposed():
            return with_payout(case, event.payout_id, failing=event.by)
        case e.PayoutDeclaredFailed():
            return case
        case e.PayoutRejected() | e.PayoutReturned() | e.PayoutCancelled():
            ended = with_payout(
                case, event.payout_id, state=_ENDS[type(event)], reason=event.reason, ended_at=at
            )
            return failed(ended, event.payout_id, at)
        case _:
            assert_never(event)


_ENDS = {
    e.PayoutRejected: PayoutState.REJECTED,
    e.PayoutReturned: PayoutState.RETURNED,
    e.PayoutCancelled: PayoutState.CANCELLED,
}


def _payee_part(case: Case, event: e.PayoutRequested) -> str | None:
    """Where the payee stands: what was chosen at acceptance, for money paid instead too."""
    if event.part is not None and event.rail == RAILS.get(event.part):
        return None
    if event.part is not None:
        return case.payout.payee_part if case.payout else None
    return case.accepted_offer.payee_part if case.accepted_offer else None


def _clock(case: Case, payout_id: str) -> str:
    return next((payout.clock for payout in case.payouts if payout.id == payout_id), "payout")


def _underway(case: Case, payout_id: str, state: PayoutState, at: datetime) -> Case:
    """What a rail speaks of has been sent: earlier releases recorded no sending of its own."""
    known = next((one for one in case.payouts if one.id == payout_id and one.sent_at), None)
    first, last = (known.first_sent_at, known.sent_at) if known else (at, at)
    return with_payout(case, payout_id, state=state, first_sent_at=first, sent_at=last, held=None)
