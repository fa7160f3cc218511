"""Giving up: what a rail has forgotten and no statement shows is declared failed."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.money import failing
from amends.domain.case.money.paying import find_payout
from amends.domain.occasion import Occasion
from amends.ports import CaseStore
from amends.service.amend import amend
from amends.service.money.hearing import hear
from amends.service.money.payout_limits import release
from amends.service.money.rail_desk import Treasury, counter, rail_day
from amends.service.money.reconciling import lines_of


def propose(
    store: CaseStore,
    case_id: str,
    payout_id: str,
    treasury: Treasury,
    occasion: Occasion,
    *,
    reason: str,
    evidence: str,
) -> Case:
    """The first person says that it has failed; the rail is asked once more before."""
    return _decided(
        store,
        case_id,
        payout_id,
        treasury,
        occasion,
        lambda now: failing.propose_failure(
            now, payout_id, reason=reason, evidence=evidence, occasion=occasion
        ),
    )


def agree(
    store: CaseStore, case_id: str, payout_id: str, treasury: Treasury, occasion: Occasion
) -> Case:
    """A second person agrees; the rail is asked once more before."""
    after = _decided(
        store,
        case_id,
        payout_id,
        treasury,
        occasion,
        lambda now: failing.declare_failed(now, payout_id, occasion),
    )
    release(find_payout(after, payout_id), treasury)
    return after


def _decided(
    store: CaseStore,
    case_id: str,
    payout_id: str,
    treasury: Treasury,
    occasion: Occasion,
    decide: Callable[[Case], Sequence[Event]],
) -> Case:
    case = store.load(case_id)
    decide(case)  # who may not, or has no reason, is told so before any rail is asked
    payout = find_payout(case, payout_id)
    at = counter(case, payout, treasury, occasion)
    said = at.ask()
    if not said.denies_payment:
        case = hear(store, case, payout_id, said, treasury, occasion)
    failing.check_forgotten(payout, said, occasion, query_for=at.rail.LIMITS.query_for)
    since, through = (payout.requested_at - timedelta(days=1)).date(), rail_day(occasion)
    lines = lines_of(payout.rail, treasury.records, since=since, through=through)
    if any(line.key == payout.key and not line.is_return for line in lines):
        raise failing.MayStillPay("the rail's statement shows this payment")
    return amend(store, case_id, occasion, decide)
