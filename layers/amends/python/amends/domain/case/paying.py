"""Paying: the intent, and what the rail says of it. No decision here sends anything."""

from datetime import timedelta
from hashlib import sha256

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
from amends.domain.refusal import NotFound

PAY_WITHIN = timedelta(days=7)
"""After agreement; industry standard YZ/T 0128, confidence 0.75 (reference A.2)."""
ASK_AFTER = timedelta(minutes=15)
FINAL = frozenset({PayoutState.SUCCEEDED, PayoutState.REJECTED, PayoutState.RETURNED})


def payout_key(case_id: str, attempt: int) -> str:
    """The key that goes to the rail: 32 letters and digits, the same for the same attempt.

    Fits Alipay's out_biz_no (64), WeChat's out_bill_no (32) and ISO 20022 ids (35).
    """
    return sha256(f"payout\x1f{case_id}\x1f{attempt}".encode()).hexdigest()[:32]


def request_payout(case: Case, occasion: Occasion) -> list[Event]:
    """Record the intent to pay the accepted offer: once, whatever is asked how often."""
    offer = case.accepted_offer
    if offer is None or offer.rail is None or case.payouts:
        return []
    return [
        PayoutRequested(
            payout_id=derived("pay", case.id, "1"),
            attempt=1,
            key=payout_key(case.id, 1),
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
    if find_payout(case, payout_id).state in FINAL:
        return []
    ask_at = occasion.at + ASK_AFTER
    return [PayoutUnknown(payout_id=payout_id, detail=detail, ask_at=ask_at)]


def await_payee(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """The payee must confirm; ask the rail again meanwhile."""
    if find_payout(case, payout_id).state in FINAL:
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
