"""Events, summary and ledger are written together or not at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import PayoutConfirmed, TokenIssued
from amends.ports import CaseStore, StaleCase
from tests.contract.case_store.shelf import Shelf, opened
from tests.support.event_samples import SAMPLES, sample
from tests.support.histories import PAID, occasion
from tests.support.tables import CaseTables


def rows(shelf: Shelf, table: Callable[[CaseTables], str]) -> list[Any]:
    assert shelf.tables is not None
    pages = shelf.client.get_paginator("scan").paginate(TableName=table(shelf.tables))
    return [row for page in pages for row in page["Items"]]


def needs_tables(shelf: Shelf) -> CaseTables:
    if shelf.tables is None:
        pytest.skip("the fake has no tables")
    return shelf.tables


def pay(store: CaseStore, case_id: str, payout_id: str) -> Case:
    events = [SAMPLES[name] for name in PAID[1:]]
    events[-1] = replace(sample(PayoutConfirmed), payout_id=payout_id)
    return store.append(store.load(case_id), events, occasion())


def test_summary_and_ledger_are_written_with_the_event(shelf: Shelf) -> None:
    tables = needs_tables(shelf)
    case = pay(shelf.store, opened(shelf.store).id, f"pay_{uuid4().hex}")

    summary = shelf.client.get_item(TableName=tables.cases, Key={"case_id": {"S": case.id}})
    entries = [r for r in rows(shelf, lambda t: t.ledger) if r["case_id"]["S"] == case.id]

    assert summary["Item"]["version"]["N"] == str(case.version)
    assert summary["Item"]["stage"]["S"] == "following_up"
    assert sorted(int(r["minor"]["N"]) for r in entries) == [-31247, 31247]


def test_what_the_ledger_has_already_stops_the_events_too(shelf: Shelf) -> None:
    tables = needs_tables(shelf)
    payout_id = f"pay_{uuid4().hex}"
    pay(shelf.store, opened(shelf.store).id, payout_id)
    before = len(rows(shelf, lambda t: t.ledger))
    other = opened(shelf.store)

    with pytest.raises(StaleCase):
        pay(shelf.store, other.id, payout_id)

    assert shelf.store.load(other.id) == other
    summary = shelf.client.get_item(TableName=tables.cases, Key={"case_id": {"S": other.id}})
    assert summary["Item"]["version"]["N"] == "1"
    assert len(rows(shelf, lambda t: t.ledger)) == before


def test_a_summary_that_is_ahead_stops_the_events_too(shelf: Shelf) -> None:
    tables = needs_tables(shelf)
    case = opened(shelf.store)
    shelf.client.update_item(
        TableName=tables.cases,
        Key={"case_id": {"S": case.id}},
        UpdateExpression="SET version = :nine",
        ExpressionAttributeValues={":nine": {"N": "9"}},
    )

    with pytest.raises(StaleCase):
        shelf.store.append(case, [TokenIssued(token_hash="b")], occasion())

    assert len(shelf.store.history(case.id)) == 1


def test_no_row_of_the_events_table_is_ever_changed(shelf: Shelf) -> None:
    needs_tables(shelf)
    case = opened(shelf.store)

    def own() -> list[Any]:
        return [r for r in rows(shelf, lambda t: t.events) if r["case_id"]["S"] == case.id]

    (before,) = own()
    pay(shelf.store, case.id, f"pay_{uuid4().hex}")

    assert before in own()
    assert len(own()) == len(PAID)
