"""Clocks of coming to terms: what each that has run out calls for by itself."""

from collections.abc import Sequence
from datetime import timedelta

from amends.domain.case.agreement import negotiation, offering
from amends.domain.case.agreement.appealing import REVIEW_WITHIN
from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseClosed,
    ClockMissed,
    Event,
    OfferExpired,
    OfferReminded,
    PayeeAwaited,
    ReviewOpened,
)
from amends.domain.case.lateness import next_rung
from amends.domain.case.state.settlement import OfferState
from amends.domain.case.vocabulary import Outcome, Remedy
from amends.domain.occasion import Occasion

AGAIN_AFTER = (timedelta(days=2), timedelta(days=2), timedelta(days=6))
"""Waits after each of the first times that somebody was told; the last rung follows. The third
ends on the day that the claimant was told."""
TAKES_LONGER_BY = sum(AGAIN_AFTER, timedelta())
TOLD = frozenset({"review", "counter"})
"""Clocks of an answer to the claimant, who is told once that it takes longer, and until when."""
ASK_PAYEE_EVERY = timedelta(days=30)
PRESCRIBED_AFTER = timedelta(days=3 * 365 + 1)
"""What is owed can be asked for during three years (Civil Code of the PRC, art. 188)."""


def act(case: Case, remedies: Sequence[Remedy], occasion: Occasion) -> list[Event]:
    """One step: lapse, remind, answer a counter by rule, warn, escalate; at rest nothing."""
    if expired := negotiation.expire_offer(case, occasion) or _await_payee(case, occasion):
        return expired
    if answered := offering.answer_by_rule(case, remedies, occasion):
        return answered
    due = {name for name, at in case.waits.items() if at <= occasion.at}
    offer = case.open_offer
    if "offer_reminder" in due and offer is not None:
        return [OfferReminded(offer_id=offer.id)]
    if "counter" in due:
        return _unanswered(case, occasion)
    for clock in ("approval", "review"):
        if clock in due:
            return [_missed(case, clock, occasion)]
    if "next" in due and case.agreement.appeal is None and not case.payouts:
        return [ReviewOpened(because="feedback", review_by=occasion.at + REVIEW_WITHIN)]
    if "legal" in due and offer is None:
        return [CaseClosed(outcome=Outcome.DECLINED)]
    return []


def _await_payee(case: Case, occasion: Occasion) -> list[Event]:
    """Ask again how to pay what was agreed and could not be paid, until it is prescribed."""
    offer, ends = case.open_offer, [one.ended_at for one in case.payouts if one.ended_at]
    if offer is None or not ends or occasion.at < offer.expires_at:
        return []
    if occasion.at >= max(ends) + PRESCRIBED_AFTER:
        return [OfferExpired(offer_id=offer.id), CaseClosed(outcome=Outcome.WITHDRAWN)]
    return [PayeeAwaited(offer_id=offer.id, until=occasion.at + ASK_PAYEE_EVERY)]


def owed_extras(case: Case, occasion: Occasion) -> list[Event]:
    """What was promised beside the money and not done in time goes to a supervisor, every time."""
    due = case.waits.get("extras")
    return [] if due is None or due > occasion.at else [_missed(case, "extras", occasion)]


def _unanswered(case: Case, occasion: Occasion) -> list[Event]:
    """A plain no gets our last word and the legal route; a counter gets a supervisor."""
    counter = case.agreement.counter
    if counter is None:
        return [_missed(case, "counter", occasion)]
    if counter.amount is None and counter.remedy is None:
        refused = [o for o in case.offers if o.state is OfferState.REFUSED]
        last = refused[-1].id if refused else None
        answered = offering.declined(
            case, counter, rule="refused_without_a_counter", because=None, occasion=occasion
        )
        if len(answered) > 2:  # the legal route is opened already
            return answered
        return [answered[0], *offering.renewed(case, last, occasion, legal=True, why="refused")]
    return [_missed(case, "counter", occasion)]


def _missed(case: Case, clock: str, occasion: Occasion) -> ClockMissed:
    late = case.late.get(clock)
    rung = next_rung(late, AGAIN_AFTER, occasion.at)
    tells = late is None and clock in TOLD
    return ClockMissed(
        clock=clock,
        to=rung.to,
        again_at=rung.again_at,
        told_until=occasion.at + TAKES_LONGER_BY if tells else None,
    )
