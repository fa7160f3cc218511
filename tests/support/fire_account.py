"""The account after a fire: who was paid, by the rails' own books."""

from collections import Counter
from collections.abc import Mapping, Sequence

from amends.domain.case.money.paying import FINAL
from amends.domain.case.state.settlement import PayoutState
from amends.domain.payment import ledger
from amends.service.money.payout_limits import owner_of
from tests.support.money_rails import DONE
from tests.support.under_fire import UnderFire


def paid_by_rails(run: UnderFire) -> Counter[str]:
    """How many payments that stayed each case has got, by the rails' own books."""
    found: Counter[str] = Counter(dict.fromkeys(run.case_ids, 0))
    for rail, book in run.world.books.items():
        for bill in book.bills.values():
            owner = owner_of(bill.number, run.world.records)
            if bill.state == DONE.get(rail, "done") and owner is not None:
                found[owner[0]] += 1
    for case_id in run.case_ids:
        found[case_id] += sum(
            payout.rail == "coupon" and payout.state is PayoutState.SUCCEEDED
            for payout in run.case(case_id).payouts
        )
    return found


def undecided(run: UnderFire) -> int:
    """Payouts whose end is not known."""
    return sum(
        payout.state not in FINAL
        for case_id in run.case_ids
        for payout in run.case(case_id).payouts
    )


def balanced(run: UnderFire, entries: Sequence[ledger.Entry]) -> Mapping[tuple[str, str], int]:
    """Our books, once they are shown to be balanced, settled, and what each rail's own say."""
    ledger.check(entries)
    balance = ledger.trial_balance(entries)
    assert ledger.is_balanced(balance)
    assert balance[ledger.PAYABLE, "CNY"] == 0
    for rail, book in run.world.books.items():
        theirs = sum(b.fen for b in book.bills.values() if b.state == DONE.get(rail, "done"))
        assert balance.get((ledger.cash(rail), "CNY"), 0) == -theirs, rail
    return balance
