"""Paying: the intent, and what the rail says of it. No decision here sends anything."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    PayoutApproved,
    PayoutAwaitingPayee,
    PayoutCancelled,
    PayoutConfirmed,
    PayoutHeld,
    PayoutRejected,
    PayoutReturned,
    PayoutSent,
    PayoutUnknown,
)
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.occasion import Occasion
from amends.domain.payment import payout as protocol
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.refusal import NotFound

ASK_AFTER = timedelta(minutes=15)
ASK_CALLED_BACK_AFTER = timedelta(minutes=2)
ASK_AT_LEAST_EVERY = timedelta(days=1)
QUIET_FOR = timedelta(minutes=15)
"""After the end of an attempt, before the next: a copy of it may still be on its way."""
CANCELLED_STATES = frozenset({PayoutState.REJECTED, PayoutState.RETURNED, PayoutState.CANCELLED})
FINAL = CANCELLED_STATES | {PayoutState.SUCCEEDED}


def approve(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """A second person agrees; whether it is one is the caller's to know."""
    payout = find_payout(case, payout_id)
    if payout.approved_by is not None or payout.sent_at is not None or payout.state in FINAL:
        return []
    return [PayoutApproved(payout_id=payout_id, by=occasion.by)]


def hold(case: Case, payout_id: str, reason: str, *, until: timedelta, on: Occasion) -> list[Event]:
    """Let it wait on our side, visibly; the same reason again is not worth a word."""
    payout = find_payout(case, payout_id)
    ask_at = case.waits.get(payout.clock)
    if payout.sent_at is not None or payout.state in FINAL:
        return []
    if payout.held == reason and ask_at is not None and on.at < ask_at:
        return []
    return [PayoutHeld(payout_id=payout_id, reason=reason, ask_at=on.at + until)]


def begin(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """Record that it is being sent, before it is; whoever is answered `[]` sends nothing."""
    payout = find_payout(case, payout_id)
    if case.has_paid(payout.part) or protocol.send(as_protocol(case, payout), occasion) is None:
        return []
    return [PayoutSent(payout_id=payout_id, ask_at=occasion.at + ASK_AFTER)]


def begin_again(
    case: Case,
    payout_id: str,
    said: RailOutcome,
    occasion: Occasion,
    *,
    query_for: timedelta | None,
) -> list[Event]:
    """Record a repeat under the same key, if the rail has just said that it never saw the key."""
    payout = find_payout(case, payout_id)
    again = protocol.resend(as_protocol(case, payout), said, occasion, query_for=query_for)
    if case.has_paid(payout.part) or again is None:
        return []
    return [PayoutSent(payout_id=payout_id, ask_at=occasion.at + ASK_AFTER)]


def withdraw_payout(case: Case, payout_id: str, why: str) -> list[Event]:
    """Withdraw what was never sent; once sent, only the rail can say that it is cancelled."""
    payout = find_payout(case, payout_id)
    if protocol.cancel(as_protocol(case, payout), why=why) is None:
        return []
    return [PayoutCancelled(payout_id=payout_id, reason=why)]


def hear(case: Case, payout_id: str, said: RailOutcome, occasion: Occasion) -> list[Event]:
    """Take in one answer of the rail: repeats and late echoes bring nothing.

    The table of what follows what is `payment.payout.learn`; a test holds this to it. Where that
    one is contradicted (paid after all, while another attempt has begun), the truth is recorded:
    the books must show what has left.
    """
    match said.kind:
        case OutcomeKind.SUCCEEDED:
            return confirm(case, payout_id, said.reference)
        case OutcomeKind.REJECTED:
            return reject(case, payout_id, said.reason or said.detail or "rejected")
        case OutcomeKind.CANCELLED:
            return note_cancelled(case, payout_id, said.reason or "cancelled")
        case OutcomeKind.AWAITING_PAYEE:
            return await_payee(case, payout_id, occasion)
        case OutcomeKind.RETURNED:
            return note_return(case, payout_id, said.reason or "returned", said.reference)
        case OutcomeKind.ACCEPTED | OutcomeKind.UNKNOWN:
            return leave_unknown(case, payout_id, said.reason or said.kind, occasion)


def confirm(case: Case, payout_id: str, reference: str) -> list[Event]:
    """The rail says paid; hearing it again changes nothing. What waits unsent is withdrawn."""
    payout = find_payout(case, payout_id)
    if payout.state in (PayoutState.SUCCEEDED, PayoutState.RETURNED):
        return []
    confirmed = PayoutConfirmed(
        payout_id=payout_id, reference=reference, rail=payout.rail, amount=payout.amount
    )
    unsent = [
        PayoutCancelled(payout_id=other.id, reason="an earlier attempt has paid")
        for other in case.payouts_of(payout.part)
        if other.id != payout_id and other.sent_at is None and other.state not in FINAL
    ]
    return [confirmed, *unsent]


def reject(case: Case, payout_id: str, reason: str) -> list[Event]:
    """The rail says, finally, no; a success that was reported before stands."""
    payout = find_payout(case, payout_id)
    if payout.state in FINAL:
        return []
    return [PayoutRejected(payout_id=payout_id, reason=reason, part=payout.part)]


def note_cancelled(case: Case, payout_id: str, reason: str) -> list[Event]:
    """The rail says that it was called back before it was paid."""
    if find_payout(case, payout_id).state in FINAL:
        return []
    return [PayoutCancelled(payout_id=payout_id, reason=reason)]


def leave_unknown(case: Case, payout_id: str, detail: str, occasion: Occasion) -> list[Event]:
    """Nobody can say yet: ask again, never send again under a new key."""
    payout = find_payout(case, payout_id)
    if payout.state is PayoutState.AWAITING_PAYEE:
        return await_payee(case, payout_id, occasion)  # silence does not undo what it waits for
    if _is_settled_or_known(case, payout, PayoutState.UNKNOWN, occasion):
        return []
    ask_at = occasion.at + _pause(payout, occasion)
    return [PayoutUnknown(payout_id=payout_id, detail=detail, ask_at=ask_at)]


def await_payee(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """The payee must confirm; ask the rail again meanwhile."""
    payout = find_payout(case, payout_id)
    if _is_settled_or_known(case, payout, PayoutState.AWAITING_PAYEE, occasion):
        return []
    ask_at = occasion.at + _pause(payout, occasion)
    return [PayoutAwaitingPayee(payout_id=payout_id, ask_at=ask_at)]


def note_return(case: Case, payout_id: str, reason: str, reference: str = "") -> list[Event]:
    """Money that was paid came back; heard before the payment itself, both are recorded."""
    payout = find_payout(case, payout_id)
    if payout.state is PayoutState.RETURNED or payout.sent_at is None:
        return []
    back = PayoutReturned(
        payout_id=payout_id,
        reason=reason,
        rail=payout.rail,
        amount=payout.amount,
        part=payout.part,
    )
    return [*confirm(case, payout_id, reference), back]


def find_payout(case: Case, payout_id: str) -> CasePayout:
    """The payout of that id; refuses one that this case does not have."""
    for payout in case.payouts:
        if payout.id == payout_id:
            return payout
    raise NotFound("there is no such payout")


def as_protocol(case: Case, payout: CasePayout) -> protocol.Payout:
    """The payout as the protocol, whose states are searched exhaustively, knows it."""
    return protocol.Payout(
        case_id=case.id,
        attempt=payout.attempt,
        rail=payout.rail,
        amount=payout.amount,
        requested_at=payout.requested_at,
        requested_by="",
        state=payout.state,
        first_sent_at=payout.first_sent_at,
        sent_at=payout.sent_at,
        reference=payout.reference or "",
        reason=payout.reason or "",
    )


def _pause(payout: CasePayout, occasion: Occasion) -> timedelta:
    """Until it is asked about again: a quarter of its age, so that a long wait is few questions."""
    if payout.called_back_at is not None:  # its payee waits for the word
        age = occasion.at - payout.called_back_at
        return min(max(ASK_CALLED_BACK_AFTER, age / 4), ASK_AT_LEAST_EVERY)
    age = occasion.at - (payout.sent_at or payout.requested_at)
    return min(max(ASK_AFTER, age / 4), ASK_AT_LEAST_EVERY)


def _is_settled_or_known(
    case: Case, payout: CasePayout, state: PayoutState, occasion: Occasion
) -> bool:
    """Whether saying `state` would say nothing new: final, or said and not yet to be asked."""
    ask_at = case.waits.get(payout.clock)
    if payout.state in FINAL:
        return True
    return payout.state is state and ask_at is not None and occasion.at < ask_at
