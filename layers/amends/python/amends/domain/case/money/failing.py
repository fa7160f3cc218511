"""Failing: a payout that nobody can learn of any more is declared failed, by two people."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Event, PayoutDeclaredFailed, PayoutFailureProposed
from amends.domain.case.money.paying import find_payout, reject
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.occasion import Occasion
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payout import NotApproved
from amends.domain.refusal import Invalid, OutOfOrder

DECLARED = "declared_failed"
_UNDECIDED = frozenset({PayoutState.SENT, PayoutState.UNKNOWN, PayoutState.AWAITING_PAYEE})


class MayStillPay(OutOfOrder):
    """The rail may still pay under this key: nobody may say that it has failed."""

    code = "payout_may_still_pay"


def propose_failure(
    case: Case, payout_id: str, *, reason: str, evidence: str, occasion: Occasion
) -> list[Event]:
    """Say that it has failed, with what was confirmed and where; the same person twice is once."""
    payout = find_payout(case, payout_id)
    _check_open(payout)
    if not reason.strip() or not evidence.strip():
        raise Invalid("say why, and what the rail has confirmed")
    if payout.failing == occasion.by:
        return []
    proposed = PayoutFailureProposed(
        payout_id=payout_id, by=occasion.by, reason=reason, evidence=evidence
    )
    return [proposed]


def declare_failed(case: Case, payout_id: str, occasion: Occasion) -> list[Event]:
    """Agree, as another person than who proposed it: another way of payment may be chosen."""
    payout = find_payout(case, payout_id)
    if payout.state is PayoutState.REJECTED and payout.failing is not None:
        return []
    _check_open(payout)
    if payout.failing is None:
        raise OutOfOrder("nobody has said yet that this payout has failed")
    if payout.failing == occasion.by:
        raise NotApproved("who says that a payout has failed does not agree to it")
    declared = PayoutDeclaredFailed(payout_id=payout_id, by=occasion.by)
    return [declared, *reject(case, payout_id, DECLARED)]


def check_forgotten(
    payout: CasePayout, said: RailOutcome, occasion: Occasion, *, query_for: timedelta | None
) -> None:
    """Refuse as long as the rail remembers keys, or says anything but that it knows none.

    A rail that remembers for ever (None) is asked and sent to again under the same key.
    """
    last = max(payout.requested_at, payout.sent_at or payout.requested_at)
    if query_for is None or occasion.at < last + query_for:
        raise MayStillPay("the rail still knows what was sent: it is asked, nobody guesses")
    if said.kind is not OutcomeKind.UNKNOWN or not said.denies_payment:
        raise MayStillPay(f"the rail says {said.reason or said.kind}: that is not that it failed")


def _check_open(payout: CasePayout) -> None:
    if payout.state not in _UNDECIDED:
        raise OutOfOrder(f"this payout is {payout.state}: there is nothing to declare")
