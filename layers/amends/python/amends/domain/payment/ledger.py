"""Ledger: double entry in minor units, one transaction beside the events that cause it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.domain.money import Money
from amends.domain.refusal import Invalid

EXPENSE = "compensation_expense"
PAYABLE = "payable:claimant"
RECOVERABLE = "recoverable"
COUPONS = "coupons_issued"
EXTENSIONS = "extensions_issued"
BY_HAND = "done_by_hand"
"""What people did of a settlement, beside any rail: no statement shows it."""
_PROMISES = {"coupon": COUPONS, "service_extension": EXTENSIONS}


class Unbalanced(Invalid):
    """A transaction whose entries do not sum to zero."""

    code = "ledger_unbalanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One side of one transaction: `minor` in minor units, debit positive, credit negative.

    `entry_id` is derived from what is booked, so that booking it twice is one row.
    """

    account: str
    entry_id: str
    transaction: str
    case_id: str
    minor: int
    currency: str
    booked_at: datetime
    key: str = ""
    """The payout's key, on entries that a rail's statement must show."""


def cash(rail: str) -> str:
    """The account money leaves by; a coupon or an extension is owed until it is used."""
    return _PROMISES.get(rail, f"cash:{rail}")


def settled(case_id: str, settlement: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """An offer was accepted: it is spent, and owed."""
    return _move(f"{settlement}:settled", case_id, amount, at, debit=EXPENSE, credit=PAYABLE)


def unsettled(case_id: str, settlement: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A settlement was withdrawn before it was paid: no longer owed."""
    return _move(f"{settlement}:unsettled", case_id, amount, at, debit=PAYABLE, credit=EXPENSE)


def paid(case_id: str, key: str, rail: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A payout succeeded: no longer owed, left by the rail."""
    return _move(f"{key}:paid", case_id, amount, at, debit=PAYABLE, credit=cash(rail), key=key)


def done_by_hand(case_id: str, part: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A person did what was promised: no longer owed, worth what was agreed."""
    return _move(f"{part}:by_hand", case_id, amount, at, debit=PAYABLE, credit=BY_HAND)


def returned(case_id: str, key: str, rail: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A payment came back: owed again."""
    return _move(f"{key}:returned", case_id, amount, at, debit=cash(rail), credit=PAYABLE, key=key)


def lapsed(case_id: str, coupon: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A coupon expired unused: never spent after all."""
    return _move(f"{coupon}:lapsed", case_id, amount, at, debit=COUPONS, credit=EXPENSE)


def redeemed(case_id: str, coupon: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A coupon was used: the promise became a discount given by the merchant's till."""
    return _move(f"{coupon}:redeemed", case_id, amount, at, debit=COUPONS, credit="cash:coupon")


def recovery_claimed(case_id: str, claim: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """A third party acknowledged that it owes us, or a claimant must give back."""
    return _move(f"{claim}:claimed", case_id, amount, at, debit=RECOVERABLE, credit=EXPENSE)


def recovered(
    case_id: str, claim: str, amount: Money, at: datetime, *, part: int, rail: str = "bank"
) -> tuple[Entry, ...]:
    """Money came in for a claim; `part` counts its payments."""
    name = f"{claim}:recovered:{part}"
    return _move(name, case_id, amount, at, debit=f"cash:{rail}", credit=RECOVERABLE)


def written_off(case_id: str, claim: str, amount: Money, at: datetime) -> tuple[Entry, ...]:
    """The rest of a claim is given up."""
    return _move(f"{claim}:written_off", case_id, amount, at, debit=EXPENSE, credit=RECOVERABLE)


def check(entries: Sequence[Entry]) -> None:
    """Raise `Unbalanced` unless each transaction and case sums to zero in each currency."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for entry in entries:
        sums["transaction", entry.transaction, entry.currency] += entry.minor
        sums["case", entry.case_id, entry.currency] += entry.minor
    for (what, name, currency), total in sums.items():
        if total:
            raise Unbalanced(f"{what} {name} is {total} {currency} minor units off")


def trial_balance(entries: Iterable[Entry]) -> Mapping[tuple[str, str], int]:
    """Minor units by account and currency, sorted; an entry met twice counts once."""
    seen: dict[str, Entry] = {entry.entry_id: entry for entry in entries}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for entry in seen.values():
        sums[entry.account, entry.currency] += entry.minor
    return dict(sorted(sums.items()))


def is_balanced(balance: Mapping[tuple[str, str], int]) -> bool:
    """Whether a trial balance sums to zero in each currency."""
    sums: dict[str, int] = defaultdict(int)
    for (_, currency), minor in balance.items():
        sums[currency] += minor
    return not any(sums.values())


def _move(
    transaction: str,
    case_id: str,
    amount: Money,
    at: datetime,
    *,
    debit: str,
    credit: str,
    key: str = "",
) -> tuple[Entry, ...]:
    if amount.amount <= 0:
        raise Invalid("a booking is of more than nothing")
    return tuple(
        Entry(
            account=account,
            entry_id=f"{transaction}:{side}",
            transaction=transaction,
            case_id=case_id,
            minor=minor,
            currency=amount.currency,
            booked_at=at,
            key=key,
        )
        for account, side, minor in (
            (debit, "debit", amount.minor),
            (credit, "credit", -amount.minor),
        )
    )
