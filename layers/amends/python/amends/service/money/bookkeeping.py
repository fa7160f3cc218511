"""Bookkeeping: the ledger read for finance: balances, periods, exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from amends.catalog import codes
from amends.domain.occasion import Occasion
from amends.domain.payment.ledger import (
    BY_HAND,
    EXPENSE,
    PAYABLE,
    RECOVERABLE,
    Entry,
    cash,
    is_balanced,
    trial_balance,
)
from amends.domain.refusal import Invalid, OutOfOrder
from amends.ports.money import LedgerReader, MoneyRecords

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
STILL_BOOKED = timedelta(days=1)
"""An invocation that began before midnight books a little after it; no day closes before that."""
PERIODS = "periods"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From one day to another, both included; open ends are the beginning and now."""

    first: date | None = None
    last: date | None = None

    @property
    def since(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), tzinfo=UTC) if self.first else BEGINNING

    def until(self, now: datetime) -> datetime:
        """Its last moment, at most now."""
        if self.last is None:
            return now
        end = datetime.combine(self.last + timedelta(days=1), time(), tzinfo=UTC)
        return min(now, end - timedelta(microseconds=1))


def accounts() -> list[str]:
    """Every account that anything is booked on."""
    rails = {cash(code) for code in codes("rails")}
    return sorted({EXPENSE, PAYABLE, RECOVERABLE, BY_HAND, "cash:coupon", *rails})


def entries_of(
    ledger: LedgerReader, period: Period, occasion: Occasion, *, account: str | None = None
) -> list[Entry]:
    """Every entry of a period, of one account or of all."""
    known = accounts()
    if account is not None and account not in known:
        raise Invalid(f"there is no account {account[:60]!r}")
    return [
        entry
        for name in ([account] if account else known)
        for entry in ledger.of_account(name, since=period.since, until=period.until(occasion.at))
    ]


def closed_through(records: MoneyRecords) -> date | None:
    """The last closed day."""
    row = records.get(PERIODS, "closed")
    return date.fromisoformat(str(row["through"])) if row else None


def close_period(
    ledger: LedgerReader, records: MoneyRecords, through: date, occasion: Occasion
) -> Mapping[str, object]:
    """Close the books through a day: its balance is kept, and must be zero in all.

    The same request finds what it has closed already.

    Everything is booked at the moment it is learned, and no day is closed before it is well over:
    so nothing is ever booked into a closed period.
    """
    last = records.get(PERIODS, "closed")
    if last is not None and last.get("because") == occasion.because:
        return last  # the same request again
    if last is not None and through.isoformat() <= str(last["through"]):
        raise OutOfOrder(f"the books are closed through {last['through']}")
    ends = datetime.combine(through + timedelta(days=1), time(), tzinfo=UTC)
    if occasion.at < ends + STILL_BOOKED:
        raise OutOfOrder("a day is closed a day after its end")
    entries: Sequence[Entry] = entries_of(ledger, Period(last=through), occasion)
    balance = trial_balance(entries)
    if not is_balanced(balance):
        raise OutOfOrder("the entries do not sum to zero: the books cannot be closed")
    row: dict[str, object] = {
        "through": through.isoformat(),
        "by": occasion.by,
        "at": occasion.at.isoformat(),
        "because": occasion.because,
        "balance": {f"{name} {currency}": minor for (name, currency), minor in balance.items()},
    }
    records.add(f"{PERIODS}#history", through.isoformat(), row)
    records.put(PERIODS, "closed", row)
    return row
