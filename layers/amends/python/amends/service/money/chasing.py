"""Chasing: payouts that are overdue are asked about; those past their day are raised to staff."""

from collections.abc import Iterator

from amends.domain.case.case import Case
from amends.domain.case.money import paying
from amends.domain.case.state.settlement import CasePayout
from amends.domain.case.vocabulary import Stage
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Queue
from amends.ports.money import MoneyRecords
from amends.service.money.differences import Found, raise_to_staff

PAGE = 100


def chase(store: CaseStore, queue: Queue, records: MoneyRecords, occasion: Occasion) -> int:
    """Put every due payout to the queue; how many. The rail is asked there, the payee reminded."""
    chased = 0
    for case in _settling(store, occasion):
        for payout in case.payouts:
            if payout.state in paying.FINAL:
                continue
            if occasion.at >= payout.pay_by:
                _tell(case, payout, records, occasion)
            due = case.waits.get(payout.clock)
            if due is not None and due <= occasion.at:
                queue.send({"case_id": case.id, "payout_id": payout.id})
                chased += 1
    return chased


def _settling(store: CaseStore, occasion: Occasion) -> Iterator[Case]:
    """Cases that settle; the queue is sorted by what is due first."""
    cursor: str | None = None
    while True:
        page = store.queue(stage=Stage.SETTLING, limit=PAGE, cursor=cursor)
        for case_id in page.case_ids:
            case = store.load(case_id)
            if case.due_at is not None and case.due_at > occasion.at and _in_time(case, occasion):
                continue
            yield case
        cursor = page.next_cursor
        if cursor is None:
            return


def _in_time(case: Case, occasion: Occasion) -> bool:
    return all(
        occasion.at < payout.pay_by for payout in case.payouts if payout.state not in paying.FINAL
    )


def _tell(case: Case, payout: CasePayout, records: MoneyRecords, occasion: Occasion) -> None:
    found = Found(
        kind="late",
        rail=payout.rail,
        key=payout.key,
        case_id=case.id,
        detail=f"was to be paid by {payout.pay_by.date()}; it is {payout.held or payout.state}",
    )
    raise_to_staff(found, records, occasion)
