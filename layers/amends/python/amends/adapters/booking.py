"""Booking: the ledger rows that an event of a case brings, written in its own transaction."""

from collections.abc import Mapping, Sequence

from amends.adapters.summary import moment
from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import OfferAccepted, PayoutConfirmed, PayoutReturned
from amends.domain.money import Money

EXPENSE = "compensation_expense"
PAYABLE = "payable:claimant"


def book(case: Case, recorded: Recorded) -> Sequence[Mapping[str, str | int]]:
    """Pairs of rows that sum to zero: owed when accepted, paid when confirmed, back if returned."""
    match recorded.event:
        case OfferAccepted():
            offer = case.accepted_offer
            if offer is None or case.payouts:  # chosen again: it is owed already
                return []
            return _pair(case, recorded, debit=EXPENSE, credit=PAYABLE, amount=offer.amount)
        case PayoutConfirmed(rail=rail, amount=amount):
            return _pair(case, recorded, debit=PAYABLE, credit=f"cash:{rail}", amount=amount)
        case PayoutReturned(rail=rail, amount=amount):
            return _pair(case, recorded, debit=f"cash:{rail}", credit=PAYABLE, amount=amount)
        case _:
            return []


def _pair(
    case: Case, recorded: Recorded, *, debit: str, credit: str, amount: Money
) -> list[Mapping[str, str | int]]:
    return [
        {
            "account": account,
            "entry_id": f"{moment(recorded.at)}#{case.id}#{recorded.version}",
            "amount_minor": sign * amount.minor,
            "currency": amount.currency,
            "booked_at": moment(recorded.at),
            "event": type(recorded.event).__name__,
        }
        for account, sign in ((debit, 1), (credit, -1))
    ]
