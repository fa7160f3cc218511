"""Calling back: a payment that waits for its payee, who would rather be paid another way."""

from amends.domain.case.case import Case
from amends.domain.case.events import Event, PayoutCallbackAsked
from amends.domain.case.money.paying import CANCELLED_STATES, find_payout
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.refusal import OutOfOrder


class NotWaiting(OutOfOrder):
    """The payment does not wait for its payee: nobody can call it back any more, or yet."""

    code = "payout_not_waiting"


def ask_back(case: Case, payout_id: str) -> list[Event]:
    """The payee asks; again, or once it is called back, changes nothing. Only the rail can say."""
    payout = find_payout(case, payout_id)
    if payout.state in CANCELLED_STATES:
        return []
    if payout.state is not PayoutState.AWAITING_PAYEE:
        raise NotWaiting(f"this payment is {payout.state}: it does not wait for you")
    if payout.called_back_at is not None:
        return []
    return [PayoutCallbackAsked(payout_id=payout_id)]


def to_call_back(case: Case) -> CasePayout | None:
    """The payment that waits for its payee and has not been called back, if there is one."""
    for payout in reversed(case.payouts):
        if payout.state is PayoutState.AWAITING_PAYEE and payout.called_back_at is None:
            return payout
    return None
