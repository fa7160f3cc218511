"""`amends ledger …`: the books of the running local stack."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from amends.adapters.money_records import DynamoLedger
from amends.commands.case import stack_client
from amends.domain.occasion import Occasion
from amends.domain.payment.ledger import Entry
from amends.domain.refusal import Invalid
from amends.service.money.bookkeeping import Period, entries_of
from amends.web.money_view import entry_row, trial_balance_document


def balance(first: str | None, last: str | None) -> Iterator[object]:
    """The trial balance of a period, one document."""
    yield trial_balance_document(_entries(first, last))


def entries(first: str | None, last: str | None) -> Iterator[object]:
    """Every entry of a period, oldest first, one document each."""
    for entry in sorted(_entries(first, last), key=lambda one: (one.booked_at, one.entry_id)):
        yield entry_row(entry)


def _entries(first: str | None, last: str | None) -> list[Entry]:
    client, tables = stack_client()
    ledger = DynamoLedger(client, table=tables["ledger_table"])
    now = Occasion(at=datetime.now(UTC), by="operator", because="amends ledger")
    return entries_of(ledger, Period(first=_day(first), last=_day(last)), now)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(f"{text!r} is no date such as 2026-11-20") from None
