"""Due: what the sweep does with a case whose moment has come."""

from collections.abc import Callable

from amends.domain.case import aftercare
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.state import PayoutState
from amends.domain.occasion import Occasion
from amends.ports import DUE_SHARDS, CaseStore
from amends.service.amend import amend
from amends.service.settling import Settling, next_step

PER_SHARD = 100


def sweep(
    store: CaseStore,
    settling: Settling,
    occasion: Occasion,
    *,
    failed: Callable[[str, Exception], None],
) -> int:
    """Act on every due case of every shard; one that fails is told to `failed` and stays due."""
    seen = 0
    for shard in range(DUE_SHARDS):
        for case_id in store.due(shard=shard, until=occasion.at, limit=PER_SHARD):
            seen += 1
            try:
                act(store, case_id, settling, occasion)
            except Exception as error:  # noqa: BLE001 - one case must not stop the others
                failed(case_id, error)
    return seen


def act(store: CaseStore, case_id: str, settling: Settling, occasion: Occasion) -> Case:
    """Act on one due case; acting twice is harmless."""
    case = amend(store, case_id, occasion, lambda now: _overdue(now, occasion))
    if _payout_waits(case, occasion) and case.payout is not None:
        settling.payouts.send({"case_id": case.id, "payout_id": case.payout.id})
        return case
    return next_step(store, case_id, settling, occasion)


def _overdue(case: Case, occasion: Occasion) -> list[Event]:
    survey = case.waits.get("survey")
    if survey is not None and survey <= occasion.at:
        return aftercare.survey_sent(case, occasion)
    return []


def _payout_waits(case: Case, occasion: Occasion) -> bool:
    due = case.waits.get("payout")
    payout = case.payout
    return (
        due is not None
        and due <= occasion.at
        and payout is not None
        and payout.state in (PayoutState.REQUESTED, PayoutState.UNKNOWN, PayoutState.AWAITING_PAYEE)
    )
