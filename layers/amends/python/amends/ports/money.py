"""Ports of money: the finance department's own records, and the ledger to read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from amends.domain.payment.ledger import Entry

Document = Mapping[str, object]


class MoneyRecords(Protocol):
    """Small documents in named books, sorted by entry: limits used, statements, rates, switches."""

    def add(self, book: str, entry: str, document: Document) -> bool:
        """Write it unless the entry is there; whether it was written."""
        ...

    def put(self, book: str, entry: str, document: Document) -> None:
        """Write it, over what was there."""
        ...

    def swap(self, book: str, entry: str, known: Document | None, document: Document) -> bool:
        """Write it over exactly what is known (None: nothing); whether it was written."""
        ...

    def get(self, book: str, entry: str) -> Document | None:
        """One entry, read consistently."""
        ...

    def read(self, book: str, *, since: str = "", until: str = "~") -> Sequence[Document]:
        """Every document from one entry to another, both included, sorted, read consistently."""
        ...


class LedgerReader(Protocol):
    """The ledger, which only the case store writes."""

    def of_account(self, account: str, *, since: datetime, until: datetime) -> Sequence[Entry]:
        """Entries of one account booked from one moment to another, oldest first."""
        ...

    def of_case(self, case_id: str) -> Sequence[Entry]:
        """Every entry of one case, oldest first."""
        ...
