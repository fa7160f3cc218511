"""Booked: what each event of a case means in double entry."""

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import (
    CaseWithdrawn,
    ClawBackChosen,
    CouponLapsed,
    CouponRedeemed,
    OfferAccepted,
    PayoutConfirmed,
    PayoutReturned,
    RecoveryAcknowledged,
    RecoveryReceived,
    RecoveryWrittenOff,
)
from amends.domain.case.paying import find_payout
from amends.domain.payment import ledger


def booked(case: Case, recorded: Recorded) -> tuple[ledger.Entry, ...]:
    """The entries of one event of the case as it is after it; they sum to zero."""
    at, event = recorded.at, recorded.event
    match event:
        case OfferAccepted():
            offer = case.accepted_offer
            if offer is None or case.payouts:  # chosen again: it is owed already
                return ()
            return ledger.settled(case.id, offer.id, offer.amount, at)
        case CaseWithdrawn():
            offer = case.accepted_offer
            if offer is None or case.payouts:
                return ()
            return ledger.unsettled(case.id, offer.id, offer.amount, at)
        case PayoutConfirmed(rail=rail, amount=amount):
            key = find_payout(case, event.payout_id).key
            return ledger.paid(case.id, key, rail, amount, at)
        case PayoutReturned(rail=rail, amount=amount):
            key = find_payout(case, event.payout_id).key
            return ledger.returned(case.id, key, rail, amount, at)
        case _:
            return _after_payment(case, recorded)


def _after_payment(case: Case, recorded: Recorded) -> tuple[ledger.Entry, ...]:
    at, event = recorded.at, recorded.event
    match event:
        case ClawBackChosen(amount=amount):
            claim = case.reclaims[-1].id if amount is not None else ""
            return ledger.recovery_claimed(case.id, claim, amount, at) if amount else ()
        case RecoveryAcknowledged():
            return ledger.recovery_claimed(case.id, event.recovery_id, event.amount, at)
        case RecoveryReceived():
            return ledger.recovered(
                case.id, event.recovery_id, event.amount, at, part=event.part, rail=event.rail
            )
        case RecoveryWrittenOff(amount=amount):
            return ledger.written_off(case.id, event.recovery_id, amount, at) if amount else ()
        case CouponRedeemed() | CouponLapsed():
            payout = find_payout(case, event.payout_id)
            change = ledger.redeemed if isinstance(event, CouponRedeemed) else ledger.lapsed
            return change(case.id, payout.key, payout.amount, at)
        case _:
            return ()
