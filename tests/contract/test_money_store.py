"""Money on every engine: the records' promises, and the whole way of a payout with its books."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from amends.adapters.booking import book
from amends.adapters.money_records import DynamoLedger, DynamoMoneyRecords
from amends.domain.case.state.settlement import PayoutState
from amends.domain.payment import ledger
from amends.ports.money import Document, LedgerReader, MoneyRecords
from amends.service.money.bookkeeping import Period, entries_of
from simulators.gateways.book import Fault
from tests.support.engines import LOCKING, cases_on, engine
from tests.support.money_fakes import BookedCases, MemoryRecords
from tests.support.money_world import MoneyWorld
from tests.support.tables import make_case_tables, make_table

CASE = "case_1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """Records, a case store and the ledger it writes, on one engine."""

    records: MoneyRecords
    cases: Any
    ledger: LedgerReader


@pytest.fixture(params=LOCKING)
def vault(request: pytest.FixtureRequest) -> Iterator[Vault]:
    with engine(request) as client:
        if client is None:
            cases = BookedCases()
            yield Vault(records=MemoryRecords(), cases=cases, ledger=cases)
        else:
            yield on_tables(client)


def on_tables(client: Any) -> Vault:
    prefix = f"money-{uuid4().hex[:12]}"
    tables = make_case_tables(client, prefix)
    return Vault(
        records=DynamoMoneyRecords(client, table=make_table(client, "MoneyTable", prefix)),
        cases=cases_on(client, tables, book),
        ledger=DynamoLedger(client, table=tables.ledger),
    )


@pytest.fixture
def world(vault: Vault) -> MoneyWorld:
    return MoneyWorld(cases=vault.cases, records=vault.records, ledger=vault.ledger)


def test_an_entry_is_added_once_and_put_over(vault: Vault) -> None:
    records = vault.records

    assert records.add("b", "e", {"n": 1})
    assert records.add("b", "e", {"n": 1})
    assert not records.add("b", "e", {"n": 2})
    assert records.get("b", "e") == {"n": 1}
    records.put("b", "e", {"n": 3})
    assert records.get("b", "e") == {"n": 3}
    assert records.get("b", "other") is None


def test_an_entry_is_swapped_only_for_what_is_known_of_it(vault: Vault) -> None:
    records = vault.records
    first: Document = {"payers": [{"on": "2026-11-20", "id": "甲"}]}
    second: Document = {"payers": []}

    assert not records.swap("b", "e", first, second)
    assert records.swap("b", "e", None, first)
    assert not records.swap("b", "e", None, second)
    assert records.swap("b", "e", records.get("b", "e"), second)
    assert records.swap("b", "e", first, second)  # its own write, when the answer was lost
    assert not records.swap("b", "e", first, {"payers": [1]})
    assert records.get("b", "e") == second


def test_a_book_is_read_from_one_entry_to_another_sorted(vault: Vault) -> None:
    for name in ("2026-03-01#b", "2026-02-01#a", "2026-04-01#c"):
        vault.records.put("book", name, {"name": name})
    vault.records.put("other", "2026-03-01#b", {"name": "other"})

    def names(**span: str) -> list[object]:
        return [row["name"] for row in vault.records.read("book", **span)]

    assert names() == ["2026-02-01#a", "2026-03-01#b", "2026-04-01#c"]
    assert names(since="2026-02-02", until="2026-03-01~") == ["2026-03-01#b"]


@pytest.mark.requirement("002-15")
def test_a_payout_goes_its_whole_way_and_its_books_are_written_with_it(world: MoneyWorld) -> None:
    world.alipay.book.expect([Fault.TIMEOUT_AFTER])
    assert world.settle(CASE, "alipay").state is PayoutState.UNKNOWN
    world.advance(timedelta(minutes=16))
    world.again(CASE)
    assert world.payout(CASE).state is PayoutState.SUCCEEDED

    entries = entries_of(world.books_read, Period(), world.occasion())
    assert ledger.trial_balance(entries) == {
        ("cash:alipay", "CNY"): -1230,
        ("compensation_expense", "CNY"): 1230,
        ("payable:claimant", "CNY"): 0,
    }
    assert {entry.key for entry in entries if entry.account == "cash:alipay"} == {
        world.payout(CASE).key
    }
    assert sum(entry.minor for entry in world.books_read.of_case(CASE)) == 0
    world.advance(timedelta(days=2))
    assert world.reconcile()["alipay"] == []


def test_a_return_and_another_way_balance_too(world: MoneyWorld) -> None:
    payout = world.settle(CASE, "alipay")
    world.alipay.settle(payout.key, state="REFUND")
    world.advance(timedelta(days=2))
    assert world.reconcile()["alipay"] == ["returned"]
    world.accept(CASE, "refund")
    world.go_on(CASE)

    entries = entries_of(world.books_read, Period(), world.occasion())
    ledger.check(entries)
    assert ledger.trial_balance(entries)["cash:refund", "CNY"] == -1230
    assert ledger.trial_balance(entries)["cash:alipay", "CNY"] == 0
