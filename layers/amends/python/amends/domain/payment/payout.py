"""Payout: one intent to pay, from request to the last word of the rail.

The protocol is decision 5 of the architecture: the intent is recorded before anything is sent, what
is sent bears a key derived from the intent, and an unknown outcome is asked about until it is
known. Nothing here does I/O; each decision answers with the change to record, or with none.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.key import payout_key
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.refusal import Invalid, OutOfOrder


class PayoutState(StrEnum):
    """Where one attempt stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    """Never reached: approval is an event beside the state. Released, so it stays in the enum."""
    SENT = "sent"
    UNKNOWN = "unknown"
    AWAITING_PAYEE = "awaiting_payee"
    SUCCEEDED = "succeeded"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    RETURNED = "returned"


_UNSENT = frozenset({PayoutState.REQUESTED, PayoutState.APPROVED})
_UNDECIDED = frozenset({PayoutState.SENT, PayoutState.UNKNOWN, PayoutState.AWAITING_PAYEE})
_ECHOES = _UNDECIDED | {PayoutState.REJECTED, PayoutState.CANCELLED}
"""Said after a final word, these are late echoes of an earlier copy."""
_NOT_PAID = frozenset({PayoutState.REJECTED, PayoutState.CANCELLED, PayoutState.RETURNED})


class Contradicted(OutOfOrder):
    """A rail paid what it had refused, after another attempt began: a person must look."""

    code = "payout_contradicted"


class NotApproved(OutOfOrder):
    """A second person has to approve this payout first."""

    code = "payout_not_approved"


class Action(StrEnum):
    """What a payout waits for."""

    SEND = "send"
    ASK = "ask"
    DECIDE = "decide"
    """A person or a rule chooses another attempt, another rail, or none."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payout:
    """One attempt to pay one amount; `attempt` counts from 1 within the case."""

    case_id: str
    attempt: int
    rail: str
    amount: Money
    requested_at: datetime
    requested_by: str
    state: PayoutState = PayoutState.REQUESTED
    first_sent_at: datetime | None = None
    """When it was first sent, since when the rail may know the key; `sent_at` is the last time."""
    sent_at: datetime | None = None
    reference: str = ""
    reason: str = ""
    why: str = ""
    """Who or which rule decided this attempt, and for what reason (from the second on)."""

    @property
    def key(self) -> str:
        """What the rail knows this attempt by."""
        return payout_key(self.case_id, self.attempt)

    @property
    def is_final(self) -> bool:
        """Whether this attempt has ended, paid or not; only a return can still follow a payment."""
        return self.state not in _UNSENT | _UNDECIDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """Why another attempt may follow this one.

    Some rails do not burn a key that they rejected: a copy still on its way can pay after all. So
    `quiet_for` must pass since the last send, and the rail be `asked` once more after that.
    """

    payout: Payout
    why: str
    asked: RailOutcome | None
    quiet_for: timedelta = timedelta(minutes=15)


def request(
    *, case_id: str, rail: str, amount: Money, occasion: Occasion, after: "Unpaid | None" = None
) -> Payout:
    """A new attempt: the first, or one after another that is finally unpaid."""
    if amount.amount <= 0:
        raise Invalid("a payout is more than nothing")
    return Payout(
        case_id=case_id,
        attempt=1 if after is None else _following(after, case_id, occasion.at),
        rail=rail,
        amount=amount,
        requested_at=occasion.at,
        requested_by=occasion.by,
        why="" if after is None else after.why,
    )


def _following(after: "Unpaid", case_id: str, at: datetime) -> int:
    previous = after.payout
    if previous.case_id != case_id or previous.state not in _NOT_PAID:
        raise OutOfOrder(f"attempt {previous.attempt} is {previous.state}: no other may start")
    if not after.why.strip():
        raise Invalid("a further attempt says who decided it and why")
    if previous.sent_at is not None and previous.state is not PayoutState.RETURNED:
        if at < previous.sent_at + after.quiet_for:
            raise OutOfOrder(f"attempt {previous.attempt} was sent less than {after.quiet_for} ago")
        if after.asked is None or not after.asked.denies_payment:
            raise OutOfOrder("the rail must first say once more that it did not pay")
    return previous.attempt + 1


def next_action(payout: Payout) -> Action:
    """What the payout waits for; whether people or limits hold it first is not said here."""
    match payout.state:
        case PayoutState.REQUESTED | PayoutState.APPROVED:
            return Action.SEND
        case PayoutState.SENT | PayoutState.UNKNOWN | PayoutState.AWAITING_PAYEE:
            return Action.ASK
        case PayoutState.REJECTED | PayoutState.CANCELLED | PayoutState.RETURNED:
            return Action.DECIDE
        case PayoutState.SUCCEEDED:
            return Action.NOTHING
        case _:
            assert_never(payout.state)


def send(payout: Payout, occasion: Occasion) -> Payout | None:
    """Record, before the rail hears of it, that it is being sent; None if it was sent before.

    Whoever gets None asks the rail instead of sending.
    """
    if payout.state not in _UNSENT:
        return None
    return replace(payout, state=PayoutState.SENT, first_sent_at=occasion.at, sent_at=occasion.at)


def resend(
    payout: Payout, answer: RailOutcome, occasion: Occasion, *, query_for: timedelta | None
) -> Payout | None:
    """Send again under the same key, if the rail has just said that it never saw the key.

    Not once `query_for` has passed since the first sending: then it may have forgotten the key.
    """
    if payout.state not in _UNDECIDED or answer.kind is not OutcomeKind.UNKNOWN:
        return None
    if answer.reason != NOT_SEEN or payout.reference:
        return None
    if query_for and occasion.at >= (payout.first_sent_at or payout.requested_at) + query_for:
        return None
    return replace(payout, state=PayoutState.SENT, sent_at=occasion.at)


def cancel(payout: Payout, *, why: str) -> Payout | None:
    """Withdraw what was never sent; once sent, only the rail can say that it is cancelled."""
    if payout.state not in _UNSENT:
        return None
    return replace(payout, state=PayoutState.CANCELLED, reason=why)


def learn(payout: Payout, outcome: RailOutcome, *, is_last: bool = True) -> Payout | None:
    """Take in what the rail said; None when it says nothing new.

    Repeats and late echoes change nothing. A payment that follows a no is a payment, as long as
    this attempt `is_last`; otherwise `Contradicted` is raised. `OutOfOrder` if it was never sent.
    """
    if payout.sent_at is None:
        raise OutOfOrder(f"payout {payout.key} was never sent, yet the rail speaks of it")
    after = _after(payout.state, outcome.kind, is_last=is_last)
    tells_more = bool(outcome.reference) and not payout.reference
    if after is None or (after is payout.state and not tells_more):
        return None
    return replace(
        payout,
        state=after,
        reference=outcome.reference or payout.reference,
        reason=outcome.reason or payout.reason,
    )


def _after(state: PayoutState, kind: OutcomeKind, *, is_last: bool) -> PayoutState | None:
    """The state that follows; None for an echo."""
    said = _SAID[kind]
    if state in _UNDECIDED:
        waits = state is PayoutState.AWAITING_PAYEE and kind is OutcomeKind.UNKNOWN
        return None if waits else said
    if said is state or said in _ECHOES:
        return None
    if state is PayoutState.RETURNED:
        return None  # the payment that came back, reported late
    if state is PayoutState.SUCCEEDED or is_last:
        return said
    raise Contradicted(f"the rail said {state} for good, and now {said}: stop the next attempt")


_SAID = {
    OutcomeKind.SUCCEEDED: PayoutState.SUCCEEDED,
    OutcomeKind.ACCEPTED: PayoutState.SENT,
    OutcomeKind.AWAITING_PAYEE: PayoutState.AWAITING_PAYEE,
    OutcomeKind.REJECTED: PayoutState.REJECTED,
    OutcomeKind.UNKNOWN: PayoutState.UNKNOWN,
    OutcomeKind.RETURNED: PayoutState.RETURNED,
    OutcomeKind.CANCELLED: PayoutState.CANCELLED,
}
