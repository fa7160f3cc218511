"""Turning: what was promised beside the money and cannot be done is paid in money instead."""

from amends.domain.case.case import Case
from amends.domain.case.events import Event, ExtraTurnedToMoney
from amends.domain.case.money.ordering import owed_beside, requested
from amends.domain.case.money.paying import FINAL
from amends.domain.case.state.agreement import RAILS
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.case.vocabulary import Remedy
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, NotFound, OutOfOrder


def turn_to_money(
    case: Case, remedy: Remedy, *, reason: str, consent: str, occasion: Occasion
) -> list[Event]:
    """Pay its worth where the claimant chose to be paid; once, never while it may still be done.

    `consent` is how the claimant agreed: what was promised is theirs, not ours, to change.
    """
    if not reason.strip() or not consent.strip():
        raise Invalid("say why it cannot be done, and how the claimant agreed")
    if not any(one.part.remedy is remedy for one in case.agreement.extras):
        raise NotFound("nothing such was promised")
    amount = owed_beside(case).get(remedy)
    if amount is None:
        raise OutOfOrder("it is done: nothing is owed")
    if any(payout.state not in FINAL for payout in case.payouts_of(remedy)):
        raise OutOfOrder("a payout of it is underway: call it back, or wait for its end")
    way = _way(case)
    attempt = len(case.payouts) + 1
    return [
        ExtraTurnedToMoney(
            remedy=remedy, amount=amount, reason=reason, consent=consent, by=occasion.by
        ),
        requested(case, remedy, way.rail, amount, attempt=attempt, on=occasion),
    ]


def _way(case: Case) -> CasePayout:
    """The payment whose account is known to be good: what was chosen, and has arrived."""
    last = case.payout
    if last is None or last.state is not PayoutState.SUCCEEDED or last.rail in RAILS.values():
        raise OutOfOrder("no money of this settlement has arrived yet: its account is not proved")
    return last
