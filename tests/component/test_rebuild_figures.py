"""Figures come back from the events; what is right already is left alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from amends.adapters.insight import DynamoTallies
from amends.domain.case.events import CaseOpened
from amends.domain.insight.tally import Dimension
from tests.support.engines import cases_on, in_moto
from tests.support.event_samples import SAMPLES, sample
from tests.support.histories import SURVEYED, occasion
from tests.support.tables import make_case_tables, make_table
from tools.rebuild_figures import main


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        yield client


def test_an_empty_table_is_filled_and_a_full_one_left_as_it_is(
    client: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = make_case_tables(client, "figures")
    insight = make_table(client, "InsightTable", "insight")
    store = cases_on(client, tables)
    for case_id, rest in (("case_1", SURVEYED[1:]), ("case_2", ())):
        case = store.open([replace(sample(CaseOpened), case_id=case_id)], occasion())
        store.append(case, [SAMPLES[name] for name in rest], occasion())
    named = ["--events-table", tables.events, "--insight-table", insight]

    assert [main(named), main(named)] == [0, 0]

    assert capsys.readouterr().out.splitlines() == [
        "2 accounts put right, 0 were right",
        "0 accounts put right, 2 were right",
    ]
    (told,) = DynamoTallies(client, table=insight).of(Dimension.ALL, "2026-11").values()
    assert (told["cases"], told["found_lost"]) == (2, 1)
