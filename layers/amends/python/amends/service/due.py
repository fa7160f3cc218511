"""Due: what the sweep does with a case whose moment has come."""

from collections.abc import Callable

from amends.domain.case import aftercare, conversing
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.paying import FINAL
from amends.domain.case.state import CasePayout
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
    acted: Callable[[str], None] = lambda _: None,
) -> int:
    """Act on every due case of every shard; one that fails is told to `failed` and stays due.

    `acted` is told of each afterwards.
    """
    seen = 0
    for shard in range(DUE_SHARDS):
        for case_id in store.due(shard=shard, until=occasion.at, limit=PER_SHARD):
            seen += 1
            try:
                act(store, case_id, settling, occasion)
                acted(case_id)
            except Exception as error:  # noqa: BLE001 - one case must not stop the others
                failed(case_id, error)
    return seen


def act(store: CaseStore, case_id: str, settling: Settling, occasion: Occasion) -> Case:
    """Act on one due case; acting twice is harmless."""
    case = amend(store, case_id, occasion, lambda now: _overdue(now, occasion))
    waiting = waiting_payouts(case, occasion)
    for payout in waiting:
        settling.payouts.send({"case_id": case.id, "payout_id": payout.id})
    if waiting:
        return case
    return next_step(store, case_id, settling, occasion)


def _overdue(case: Case, occasion: Occasion) -> list[Event]:
    survey = case.waits.get("survey")
    if survey is not None and survey <= occasion.at:
        return aftercare.survey_sent(case, occasion)
    return [*aftercare.remind(case, occasion), *conversing.overdue(case, occasion)]


def waiting_payouts(case: Case, occasion: Occasion) -> list[CasePayout]:
    """The payouts that are to be sent or asked about now: of each part the first with no end."""
    found: dict[str, CasePayout] = {}
    for payout in case.payouts:
        due = case.waits.get(payout.clock)
        if payout.state not in FINAL and due is not None and due <= occasion.at:
            found.setdefault(payout.clock, payout)
    return list(found.values())
