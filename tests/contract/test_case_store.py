"""What every case store keeps: the fake, and DynamoDB on each engine that can be had.

moto is quick and weak (its transactions are not proof); the emulator carries the promises in the
suite; Amazon's own engine does when `AMENDS_DYNAMODB_LOCAL` says where it listens.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta, timezone
from itertools import count
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from amends.adapters.dynamodb import DynamoCases
from amends.adapters.summary import shard_of
from amends.domain.case.case import Case, Recorded, replay
from amends.domain.case.events import (
    CaseClosed,
    CaseOpened,
    Event,
    InformationRequested,
    PayoutConfirmed,
    TokenIssued,
)
from amends.domain.case.vocabulary import Outcome
from amends.domain.refusal import Invalid, NotFound
from amends.ports import DUE_SHARDS, CaseStore, StaleCase
from tests.support.cloud import client as client_of
from tests.support.event_samples import SAMPLES, sample
from tests.support.fakes import MemoryCases
from tests.support.histories import PAID, START, occasion
from tests.support.tables import CaseTables, make_case_tables

OPENED = sample(CaseOpened)
HOUR = timedelta(hours=1)
numbers = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A store on an engine of its own, and the engine itself where it has one."""

    store: CaseStore
    client: Any = None
    tables: CaseTables | None = None


def book(case: Case, recorded: Recorded) -> Sequence[Mapping[str, str | int]]:
    """The two sides of a payment."""
    event = recorded.event
    if not isinstance(event, PayoutConfirmed):
        return []
    return [
        {
            "account": account,
            "entry_id": f"{event.payout_id}:paid",
            "minor": sign * event.amount.minor,
            "case": case.id,
        }
        for account, sign in (("payable:claimant", 1), ("cash:bank", -1))
    ]


def on_tables(client: Any) -> Shelf:
    tables = make_case_tables(client, f"contract-{uuid4().hex[:12]}")
    store = DynamoCases(
        client,
        events_table=tables.events,
        cases_table=tables.cases,
        ledger_table=tables.ledger,
        book=book,
    )
    return Shelf(store=store, client=client, tables=tables)


def amazons_engine() -> Any:
    url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
    if not url:
        pytest.skip("opt-in: make test-dynamodb-local")
    return boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="contract",
        aws_secret_access_key="contract",
    )


ENGINES = [
    pytest.param("memory"),
    pytest.param("moto"),
    pytest.param("emulator", marks=pytest.mark.stack),
    pytest.param("amazon"),
]


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    match request.param:
        case "memory":
            yield Shelf(store=MemoryCases())
        case "moto":
            with mock_aws():
                yield on_tables(
                    boto3.client(
                        "dynamodb",
                        region_name="us-east-1",
                        aws_access_key_id="moto",
                        aws_secret_access_key="moto",
                    )
                )
        case "emulator":
            yield on_tables(client_of(request.getfixturevalue("stack"), "dynamodb"))
        case _:
            yield on_tables(amazons_engine())


@pytest.fixture
def store(shelf: Shelf) -> CaseStore:
    return shelf.store


def new_id() -> str:
    return f"case_{next(numbers):06d}{uuid4().hex[:20]}"


def opening(case_id: str, *, number: str = "RR123456785CN") -> CaseOpened:
    shipment = replace(OPENED.report.shipment, tracking_number=number)
    return replace(OPENED, case_id=case_id, report=replace(OPENED.report, shipment=shipment))


def opened(store: CaseStore, after: timedelta = timedelta(0), **changes: str) -> Case:
    return store.open([opening(changes.pop("case_id", new_id()), **changes)], occasion(after))


def closed(store: CaseStore, case: Case) -> Case:
    return store.append(case, [CaseClosed(outcome=Outcome.DECLINED)], occasion())


def test_a_history_comes_back_as_it_was_recorded(store: CaseStore) -> None:
    case_id = new_id()
    first = store.open([opening(case_id)], occasion(by="claimant"))
    rest = [event for event in SAMPLES.values() if not isinstance(event, CaseOpened)]
    half = len(rest) // 2  # a transaction takes a hundred rows
    second = store.append(first, rest[:half], occasion(HOUR, by="staff:7"))
    second = store.append(second, rest[half:], occasion(HOUR, by="staff:7"))

    history = store.history(case_id)

    assert [recorded.event for recorded in history] == [opening(case_id), *rest]
    assert [recorded.version for recorded in history] == list(range(1, len(rest) + 2))
    assert {(r.at, r.by, r.because) for r in history} == {
        (START, "claimant", "a test"),
        (START + HOUR, "staff:7", "a test"),
    }
    assert store.load(case_id) == replay(history) == second


def test_a_moment_is_kept_to_the_microsecond(store: CaseStore) -> None:
    case = opened(store, timedelta(microseconds=1))

    assert store.load(case.id).opened_at == START + timedelta(microseconds=1)


def test_an_unknown_case_is_not_found(store: CaseStore) -> None:
    for ask in (store.load, store.history):
        with pytest.raises(NotFound):
            ask("case_nobody")


def test_looking_for_an_unknown_case_does_not_make_one(store: CaseStore) -> None:
    with pytest.raises(NotFound):
        store.load("case_nobody")
    with pytest.raises(NotFound):
        store.load("case_nobody")


def test_a_case_opens_once(store: CaseStore) -> None:
    case = opened(store)
    other = opening(case.id, number="LZ730192847CN")

    with pytest.raises(StaleCase):
        store.open([other], occasion(HOUR))

    assert store.load(case.id) == case
    assert store.on_waybill("LZ730192847CN") == []


def test_the_second_append_to_one_version_is_told_that_it_is_stale(store: CaseStore) -> None:
    case = opened(store)
    store.append(case, [TokenIssued(token_hash="first")], occasion())

    with pytest.raises(StaleCase):
        store.append(case, [TokenIssued(token_hash="second")], occasion())

    assert store.load(case.id).token_hash == "first"
    assert store.load(case.id).version == 2


def test_of_many_appends_at_once_exactly_one_wins(
    store: CaseStore, request: pytest.FixtureRequest
) -> None:
    if "moto" in request.node.name:
        pytest.skip("moto looks and writes without a lock; the emulator carries this promise")
    case = opened(store)

    def append(token: str) -> str | None:
        try:
            return store.append(case, [TokenIssued(token_hash=token)], occasion()).token_hash
        except StaleCase:
            return None

    with ThreadPoolExecutor(6) as pool:
        winners = [token for token in pool.map(append, "abcdef") if token is not None]

    assert len(winners) == 1
    assert store.load(case.id).token_hash == winners[0]
    assert len(store.history(case.id)) == 2


def test_several_events_are_recorded_together_or_not_at_all(store: CaseStore) -> None:
    case = opened(store)
    store.append(case, [TokenIssued(token_hash="won")], occasion())

    with pytest.raises(StaleCase):
        store.append(case, [TokenIssued(token_hash="a"), TokenIssued(token_hash="b")], occasion())

    assert len(store.history(case.id)) == 2


def test_appending_nothing_changes_nothing(store: CaseStore) -> None:
    case = opened(store)

    assert store.append(case, [], occasion(HOUR)) == case
    assert store.load(case.id) == case
    with pytest.raises(ValueError, match="at least one"):
        store.open([], occasion())


def test_a_history_longer_than_a_page_comes_back_whole(store: CaseStore) -> None:
    case = opened(store)
    long = "x" * 60_000
    for part in range(6):
        events: list[Event] = [TokenIssued(token_hash=f"{part}.{i}{long}") for i in range(5)]
        case = store.append(case, events, occasion())

    assert len(store.history(case.id)) == 31
    assert store.load(case.id) == case


def test_what_is_due_comes_by_shard_the_longest_due_first(store: CaseStore) -> None:
    shard = 5
    ids = [case_id for case_id in (new_id() for _ in range(200)) if shard_of(case_id) == shard][:3]
    assert len(ids) == 3
    for case_id, hours in zip(ids, (3, 1, 2), strict=True):
        opened(store, -hours * 1000 * HOUR, case_id=case_id)
    until = START - 1000 * HOUR

    longest_first = (ids[0], ids[2], ids[1])
    assert store.due(shard=shard, until=until, limit=10).rows == longest_first
    just_before = until - timedelta(microseconds=1)
    assert store.due(shard=shard, until=just_before, limit=10).rows == longest_first[:2]


def test_what_is_due_comes_in_pages_that_go_on_behind_a_row_that_is_gone(
    store: CaseStore,
) -> None:
    shard = 6
    ids = [case_id for case_id in (new_id() for _ in range(300)) if shard_of(case_id) == shard][:5]
    cases = [opened(store, -place * HOUR, case_id=id_) for place, id_ in enumerate(ids)]

    page = store.due(shard=shard, until=START, limit=2)
    seen = list(page.rows)
    while page.has_more:
        if seen[-1] == ids[4]:
            closed(store, cases[4])
        page = store.due(shard=shard, until=START, limit=2, after=page.mark)
        seen += page.rows
        assert len(page.rows) <= 2

    assert [case_id for case_id in seen if case_id in ids] == ids[::-1]
    assert len(seen) == len(set(seen))
    end = store.due(shard=shard, until=START, limit=2, after=page.mark)
    assert (end.rows, end.mark, end.has_more) == ((), page.mark, False)


def test_every_open_case_is_due_in_exactly_one_shard_and_a_closed_one_in_none(
    store: CaseStore,
) -> None:
    case, gone = opened(store), closed(store, opened(store))

    found = [
        case_id
        for shard in range(DUE_SHARDS)
        for case_id in store.due(shard=shard, until=START + HOUR, limit=100).rows
    ]

    assert found.count(case.id) == 1
    assert gone.id not in found


def test_a_date_in_another_zone_is_due_when_it_is_due(store: CaseStore) -> None:
    case = closed(store, opened(store))
    in_china = (START - 5000 * HOUR).astimezone(timezone(timedelta(hours=8)))

    store.append(case, [InformationRequested(items=("items",), due_at=in_china)], occasion())

    shard = shard_of(case.id)
    before = store.due(shard=shard, until=START - 5001 * HOUR, limit=100).rows
    assert case.id not in before
    assert case.id in store.due(shard=shard, until=START - 5000 * HOUR, limit=100).rows


@pytest.mark.requirement("000-11")
def test_the_open_cases_of_a_number_are_found_and_no_others(store: CaseStore) -> None:
    number = f"RR{next(numbers):09d}CN"
    cases = [opened(store, number=number) for _ in range(3)]
    closed(store, cases[1])
    opened(store, number="RR000000000XX")

    assert store.on_waybill(number) == sorted([cases[0].id, cases[2].id])
    assert store.on_waybill("RR999999999CN") == []


def test_a_queue_is_paged_without_gap_or_repeat_the_earliest_due_first(store: CaseStore) -> None:
    cases = [opened(store, -(9000 - i) * HOUR) for i in range(5)]
    first = store.queue(stage="tracing", limit=2, cursor=None)
    second = store.queue(stage="tracing", limit=2, cursor=first.next_cursor)

    assert first.case_ids == (cases[0].id, cases[1].id)
    assert second.case_ids == (cases[2].id, cases[3].id)


def test_the_last_page_of_a_queue_says_that_it_is_the_last(store: CaseStore) -> None:
    for _ in range(2):
        case = opened(store)
        store.append(case, [SAMPLES["Concluded"]], occasion())

    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = store.queue(stage="assessing", limit=1, cursor=cursor)
        assert len(page.case_ids) == 1
        seen += page.case_ids
        cursor = page.next_cursor
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) >= 2
    assert store.queue(stage="recovering", limit=10, cursor=None).case_ids == ()


def test_a_case_is_in_the_queue_of_its_stage_only(store: CaseStore) -> None:
    case = opened(store, -20_000 * HOUR)
    assert case.id in store.queue(stage="tracing", limit=1, cursor=None).case_ids

    closed(store, case)

    assert case.id not in store.queue(stage="tracing", limit=100, cursor=None).case_ids
    assert case.id in store.queue(stage="closed", limit=100, cursor=None).case_ids


def test_a_cursor_that_nobody_gave_is_refused(store: CaseStore) -> None:
    with pytest.raises(Invalid):
        store.queue(stage="tracing", limit=1, cursor="x" * 2000)


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
