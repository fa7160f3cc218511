"""Summary rows come back from the events, whatever became of them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from amends.adapters.dynamodb import DynamoCases
from amends.domain.case.events import CaseOpened, TokenIssued
from tests.support.engines import cases_on, in_moto
from tests.support.event_samples import SAMPLES, sample
from tests.support.histories import SURVEYED, occasion
from tests.support.tables import CaseTables, make_case_tables
from tools.rebuild_cases import main, rebuild

IDS = ("case_open", "case_offered", "case_closed")


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        yield client


@pytest.fixture
def tables(client: Any) -> CaseTables:
    return make_case_tables(client, "rebuild")


@pytest.fixture
def store(client: Any, tables: CaseTables) -> DynamoCases:
    """Three cases, at the beginning, in the middle and at the end."""
    store = cases_on(client, tables)
    names = ((), SURVEYED[1:6], (*SURVEYED[1:], "CaseClosed"))
    for case_id, rest in zip(IDS, names, strict=True):
        case = store.open([replace(sample(CaseOpened), case_id=case_id)], occasion())
        store.append(case, [SAMPLES[name] for name in rest], occasion())
    return store


def rows(client: Any, tables: CaseTables) -> dict[str, Any]:
    items = client.scan(TableName=tables.cases)["Items"]
    return {item["case_id"]["S"]: item for item in items}


def spoil(client: Any, tables: CaseTables, case_id: str, version: int) -> None:
    item = rows(client, tables)[case_id]
    client.put_item(
        TableName=tables.cases,
        Item={**item, "version": {"N": str(version)}, "stage": {"S": "spoilt"}},
    )


def test_lost_and_spoilt_rows_come_back_as_they_were(
    client: Any, tables: CaseTables, store: DynamoCases
) -> None:
    before = rows(client, tables)
    client.delete_item(TableName=tables.cases, Key={"case_id": {"S": "case_open"}})
    spoil(client, tables, "case_offered", 1)
    spoil(client, tables, "case_closed", int(before["case_closed"]["version"]["N"]))

    done = rebuild(client, events_table=tables.events, cases_table=tables.cases)

    assert (done.written, done.moved_on, done.unreadable) == (3, 0, ())
    assert rows(client, tables) == before
    goes_on = store.append(store.load("case_open"), [TokenIssued(token_hash="b")], occasion())
    assert goes_on.version == 2


def test_a_case_that_moves_on_meanwhile_is_never_put_back(
    client: Any, tables: CaseTables, store: DynamoCases
) -> None:
    ahead = int(rows(client, tables)["case_open"]["version"]["N"]) + 1
    spoil(client, tables, "case_open", ahead)

    done = rebuild(client, events_table=tables.events, cases_table=tables.cases)

    assert (done.written, done.moved_on) == (2, 1)
    assert rows(client, tables)["case_open"]["version"]["N"] == str(ahead)


def test_a_history_that_cannot_be_read_stops_no_other(
    client: Any, tables: CaseTables, store: DynamoCases, capsys: pytest.CaptureFixture[str]
) -> None:
    client.put_item(
        TableName=tables.events,
        Item={
            "case_id": {"S": "case_strange"},
            "version": {"N": "1"},
            "type": {"S": "CaseLaughedAt"},
            "body": {"S": "{}"},
        },
    )

    status = main(["--events-table", tables.events, "--cases-table", tables.cases])

    said = capsys.readouterr()
    assert status == 1
    assert said.out == "3 rows written, 0 cases had moved on by themselves\n"
    assert "case_strange" in said.err


def test_without_tables_it_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([])
    assert "local.json" in capsys.readouterr().err
