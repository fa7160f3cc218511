"""Booked: what each event of a case means in double entry."""

from datetime import datetime

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import (
    CaseWithdrawn,
    ClawBackChosen,
    CouponLapsed,
    CouponRedeemed,
    ExtraDone,
    OfferAccepted,
    PayoutConfirmed,
    PayoutReturned,
    RecoveryAcknowledged,
    RecoveryReceived,
    RecoveryWrittenOff,
)
from amends.domain.case.money.paying import find_payout
from amends.domain.case.state.settlement import Offer
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money
from amends.domain.payment import ledger


def booked(case: Case, recorded: Recorded) -> tuple[ledger.Entry, ...]:
    """The entries of one event of the case as it is after it; they sum to zero."""
    at, event = recorded.at, recorded.event
    match event:
        case OfferAccepted():
            offer = case.accepted_offer
            if offer is None or case.payouts:  # chosen again: it is owed already
                return ()
            return ledger.settled(case.id, offer.id, _agreed(case, offer), at)
        case CaseWithdrawn():
            offer = case.accepted_offer
            if offer is None or case.payouts:
                return ()
            return ledger.unsettled(case.id, offer.id, _agreed(case, offer), at)
        case ExtraDone(remedy=remedy):
            return _done_by_hand(case, remedy, at)
        case PayoutConfirmed(rail=rail, amount=amount):
            key = find_payout(case, event.payout_id).key
            return ledger.paid(case.id, key, rail, amount, at)
        case PayoutReturned(rail=rail, amount=amount):
            key = find_payout(case, event.payout_id).key
            return ledger.returned(case.id, key, rail, amount, at)
        case _:
            return _after_payment(case, recorded)


def _agreed(case: Case, offer: Offer) -> Money:
    """What was agreed with everything beside it, in one booking: one event, one row an account."""
    return sum((extra.part.amount for extra in case.agreement.extras), offer.amount)


def _done_by_hand(case: Case, remedy: Remedy, at: datetime) -> tuple[ledger.Entry, ...]:
    offer = case.accepted_offer
    worth = [one.part.amount for one in case.agreement.extras if one.part.remedy is remedy]
    if offer is None or not worth:
        return ()
    name = f"{offer.id}:{remedy}:{len(case.payouts_of(remedy))}"
    return ledger.done_by_hand(case.id, name, sum(worth[1:], worth[0]), at)


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
