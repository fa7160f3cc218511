"""Approving: a second person lets a large payout go, or somebody calls one back."""

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import (
    Assessed,
    Event,
    LiabilityApproved,
    LiabilityProposed,
    OfferMade,
    PayoutRequested,
)
from amends.domain.case.money import ordering, paying
from amends.domain.case.state.settlement import PayoutState
from amends.domain.occasion import Occasion
from amends.domain.payment.payout import NotApproved
from amends.domain.refusal import Invalid, OutOfOrder
from amends.ports import CaseStore, Queue
from amends.service.amend import amend, amend_once, is_recorded
from amends.service.money.hearing import give_back, hear
from amends.service.money.rail_desk import Treasury, counter

DECIDES_MONEY = (Assessed, LiabilityApproved, LiabilityProposed, OfferMade, PayoutRequested)
"""Who did one of these has had the first pair of eyes on the payout."""


def approve_payout(
    store: CaseStore, queue: Queue, case_id: str, payout_id: str, occasion: Occasion
) -> Case:
    """Let a payout go that waits for a second person; refuses the first one."""
    if any(_is_first(recorded, occasion.by) for recorded in store.history(case_id)):
        raise NotApproved("who decided what is paid does not approve the payout")

    def decide(case: Case) -> list[Event]:
        payout = paying.find_payout(case, payout_id)
        if payout.state is not PayoutState.REQUESTED and payout.approved_by is None:
            raise OutOfOrder(f"this payout is {payout.state}: there is nothing to approve")
        return paying.approve(case, payout_id, occasion)

    approved = amend(store, case_id, occasion, decide)
    queue.send({"case_id": case_id, "payout_id": payout_id})
    return approved


def retry_payout(
    store: CaseStore, queue: Queue, case_id: str, payout_id: str, occasion: Occasion
) -> Case:
    """Try once more a part of a settlement that failed alone; what has succeeded is not touched."""
    retried = amend_once(
        store, case_id, occasion, lambda case: ordering.retry(case, payout_id, occasion)
    )
    part = paying.find_payout(retried, payout_id).part
    queue.send({"case_id": case_id, "payout_id": retried.payouts_of(part)[-1].id})
    return retried


def call_back(
    store: CaseStore,
    case_id: str,
    payout_id: str,
    why: str,
    treasury: Treasury,
    occasion: Occasion,
) -> Case:
    """Withdraw what was never sent; ask the rail to call back what waits for its payee."""
    if not why.strip():
        raise Invalid("say why")
    case = store.load(case_id)
    payout = paying.find_payout(case, payout_id)
    if is_recorded(store, case_id, occasion):
        give_back(payout, treasury)  # whoever heard the rail may have died before this
        return case
    if payout.sent_at is None:
        return amend(
            store, case_id, occasion, lambda now: paying.withdraw_payout(now, payout_id, why)
        )
    if payout.state is not PayoutState.AWAITING_PAYEE:
        raise OutOfOrder(f"this payout is {payout.state}: it cannot be called back")
    said = counter(case, payout, treasury, occasion).cancel()
    if said is None:
        raise OutOfOrder("this rail calls nothing back")
    return hear(store, case, payout_id, said, treasury, occasion)


def _is_first(recorded: Recorded, by: str) -> bool:
    return isinstance(recorded.event, DECIDES_MONEY) and recorded.by == by
