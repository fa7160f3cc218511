"""Paying: the intent, and what the rail says of it. No decision here sends anything."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    PayoutAwaitingPayee,
    PayoutConfirmed,
    PayoutRejected,
    PayoutRequested,
    PayoutReturned,
    PayoutUnknown,
)
from amends.domain.case.state import CasePayout, PayoutState
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.payment.key import payout_key
from amends.domain.refusal import NotFound

PAY_WITHIN = timedelta(days=7)
"""After agreement; industry standard YZ/T 0128, confidence 0.75 (reference A.2)."""
ASK_AFTER = timedelta(minutes=15)
FINAL = frozenset({PayoutState.SUCCEEDED, PayoutState.REJECTED, PayoutState.RETURNED})


def request_payout(case: Case, occasion: Occasion) -> list[Event]:
    """Record the intent to pay the accepted offer: once, however often it is asked.

    Another attempt, with a key of its own, only when the one before it ended in a final no or came
    back, and the claimant has chosen the way of payment again.
    """
    offer, last = case.accepted_offer, case.payout
    if offer is None or offer.rail is None or not case.is_open:
        return []
    if last is not None and last.state not in (PayoutState.REJECTED, PayoutState.RETURNED):
        return []
    attempt = len(case.payouts) + 1
    return [
        PayoutRequested(
            payout_id=derived("pay", case.id, str(attempt)),
            attempt=attempt,
            key=payout_key(case.id, attempt),
            rail=offer.rail,
            amount=offer.amount,
            pay_by=occasion.at + PAY_WITHIN,
        )
    ]


def confirm(case: Case, payout_id: str, reference: str) -> list[Event]:
    """The rail says paid; hearing it again changes nothing."""
    payout = find_payout(case, payout_id)
    if payout.state in (PayoutState.SUCCEEDED, PayoutState.RETURNED):
        return []
    return [
        PayoutConfirmed(
            payout_id=payout_id, reference=reference, rail=payout.rail, amount=payout.amount
        )
    ]


def reject(case: Case, payout_id: str, reason: str) -> list[Event]:
    """The rail says, finally, no; a success that was reported before stands."""
    if find_payout(case, payout_id).state in FINAL:
        return []
    return [PayoutRejected(payout_id=payout_id, reason=reason)]


def leave_unknown(case: Case, payout_id: str, detail: str, occasion: Occasion) -> list[Event]:
    """Nobody can say yet: ask again, never send again under a new key."""
    if _is_settled_or_known(case, payout_id, PayoutState.UNKNOWN, occasion):
        return []
    ask_at = occasion.at + ASK_AFTER
    return [PayoutUnknown(payout_id=payout_id, detail=detail, ask_at=ask_at)]


def await_payee(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """The payee must confirm; ask the rail again meanwhile."""
    if _is_settled_or_known(case, payout_id, PayoutState.AWAITING_PAYEE, occasion):
        return []
    return [PayoutAwaitingPayee(payout_id=payout_id, ask_at=occasion.at + ASK_AFTER)]


def note_return(case: Case, payout_id: str, reason: str) -> list[Event]:
    """Money that was paid came back."""
    payout = find_payout(case, payout_id)
    if payout.state is not PayoutState.SUCCEEDED:
        return []
    return [
        PayoutReturned(payout_id=payout_id, reason=reason, rail=payout.rail, amount=payout.amount)
    ]


def find_payout(case: Case, payout_id: str) -> CasePayout:
    """The payout of that id; refuses one that this case does not have."""
    for payout in case.payouts:
        if payout.id == payout_id:
            return payout
    raise NotFound("there is no such payout")


def _is_settled_or_known(
    case: Case, payout_id: str, state: PayoutState, occasion: Occasion
) -> bool:
    """Whether saying `state` would say nothing new: final, or said and not yet to be asked."""
    payout, ask_at = find_payout(case, payout_id), case.waits.get("payout")
    if payout.state in FINAL:
        return True
    return payout.state is state and ask_at is not None and occasion.at < ask_at
