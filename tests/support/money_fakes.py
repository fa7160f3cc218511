"""Fakes of money: records and a ledger in memory, a case store that books, gateways in process."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zlib import crc32

from amends.adapters.booking import book, entry_of
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.evolution import evolve, opened
from amends.domain.exchange import Request, Response, Trouble
from amends.domain.occasion import Occasion
from amends.domain.parcel.checksums import s10
from amends.domain.payment.ledger import Entry
from amends.ports.money import Document
from simulators.gateways.front import Answer, Asked
from tests.support.fakes import MemoryCases


class MemoryRecords:
    """MoneyRecords in memory; every document takes the way through its JSON."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], str] = {}

    def add(self, book: str, entry: str, document: Document) -> bool:
        """Write it unless the entry is there."""
        text = json.dumps(document)
        return self._rows.setdefault((book, entry), text) == text

    def swap(self, book: str, entry: str, known: Document | None, document: Document) -> bool:
        """Write it over exactly what is known."""
        if known is None:
            return self.add(book, entry, document)
        text = json.dumps(document)
        if self._rows.get((book, entry)) != json.dumps(known):
            return self._rows.get((book, entry)) == text
        self._rows[book, entry] = text
        return True

    def put(self, book: str, entry: str, document: Document) -> None:
        """Write it, over what was there."""
        self._rows[book, entry] = json.dumps(document)

    def get(self, book: str, entry: str) -> Document | None:
        """One entry."""
        text = self._rows.get((book, entry))
        return None if text is None else dict(json.loads(text))

    def read(self, book: str, *, since: str = "", until: str = "~") -> Sequence[Document]:
        """Every document of a book from one entry to another, sorted."""
        found = sorted(
            (entry, text)
            for (name, entry), text in list(self._rows.items())
            if name == book and since <= entry <= until
        )
        return [dict(json.loads(text)) for _, text in found]


class BookedCases(MemoryCases):
    """MemoryCases that writes the ledger in the same breath; also a LedgerReader."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._live: dict[str, Case] = {}

    def of_account(self, account: str, *, since: datetime, until: datetime) -> Sequence[Entry]:
        """Entries of one account in a period."""
        return [
            entry
            for entry in self.entries
            if entry.account == account and since <= entry.booked_at <= until
        ]

    def of_case(self, case_id: str) -> Sequence[Entry]:
        """Every entry of one case."""
        return [entry for entry in self.entries if entry.case_id == case_id]

    def load(self, case_id: str) -> Case:
        """The case as it was last written; that a replay gives the same is the store's contract."""
        live = self._live.get(case_id)
        return live if live is not None else super().load(case_id)

    def _write(self, case: Case | None, events: Sequence[Event], occasion: Occasion) -> Case:
        known = case.version if case else 0
        after = super()._write(case, events, occasion)
        so_far = case
        for recorded in self.history(after.id)[known:]:
            so_far = opened(recorded) if so_far is None else evolve(so_far, recorded)
            self.entries += [entry_of(row) for row in book(so_far, recorded)]
        self._live[after.id] = after
        return after


class MemorySecrets:
    """Secrets by account."""

    def __init__(self, accounts: Mapping[str, Mapping[str, str]]) -> None:
        self._accounts = accounts

    def of(self, account: str) -> Mapping[str, str]:
        """The secrets of one account."""
        return self._accounts.get(account, {})


def in_process(gateways: Mapping[str, Answer], request: Request) -> Response:
    """Carry a request to the gateway of its host, without a socket."""
    place = urlsplit(request.url)
    path = place.path + (f"?{place.query}" if place.query else "")
    reply = gateways[place.netloc](
        Asked(
            method=request.method,
            path=path,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=request.body,
        )
    )
    if reply is None:
        return Response(status=0, trouble=Trouble.TIMEOUT)
    return Response(
        status=reply.status,
        headers={name.lower(): value for name, value in reply.headers.items()},
        body=reply.body,
    )


def parcel_of(case_id: str) -> str:
    """The tracking number of a case's own parcel."""
    serial = f"{crc32(case_id.encode()) % 10**8:08d}"
    return f"RR{serial}{s10(serial)}CN"
