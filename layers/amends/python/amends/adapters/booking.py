"""Booking: the ledger rows that an event of a case brings, written in its own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from amends.adapters.summary import moment
from amends.domain.case.case import Case, Recorded
from amends.domain.case.money.booked import booked
from amends.domain.payment.ledger import Entry

Row = Mapping[str, str | int]


def book(case: Case, recorded: Recorded) -> Sequence[Row]:
    """The rows of one event; those of a transaction sum to zero."""
    name = type(recorded.event).__name__
    return [_row(entry, recorded, name) for entry in booked(case, recorded)]


def _row(entry: Entry, recorded: Recorded, event: str) -> Row:
    at = moment(entry.booked_at)
    return {
        "account": entry.account,
        # Begins with its moment, so that a period of an account is one query.
        "entry_id": f"{at}#{entry.case_id}#{recorded.version}",
        "case_id": entry.case_id,
        "amount_minor": entry.minor,
        "currency": entry.currency,
        "booked_at": at,
        "event": event,
        "transaction": entry.transaction,
        "key": entry.key or "-",
    }


def entry_of(row: Row) -> Entry:
    """A row as it was booked."""
    key = str(row.get("key", "-"))
    return Entry(
        account=str(row["account"]),
        entry_id=f"{row['account']}#{row['entry_id']}",
        transaction=str(row.get("transaction", row["entry_id"])),
        case_id=str(row["case_id"]),
        minor=int(row["amount_minor"]),
        currency=str(row["currency"]),
        booked_at=datetime.fromisoformat(str(row["booked_at"])),
        key="" if key == "-" else key,
    )
