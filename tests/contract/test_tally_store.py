"""Figures keep their promises wherever they stand: nothing is counted twice, nothing half."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from amends.adapters.insight import DynamoActions, DynamoTallies
from amends.domain.case.state.liability import ActionKind
from amends.domain.insight.action import PlannedAction
from amends.domain.insight.tally import Counted, Dimension, Group, Measured
from amends.ports.insight import Actions, StaleAction, Tallies
from amends.service.insight.counting import count
from tests.support.engines import in_moto
from tests.support.insight_fakes import MemoryActions, MemoryTallies
from tests.support.tables import make_table


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with in_moto() as client:
        yield client


@pytest.fixture(params=["memory", "table"])
def stores(request: pytest.FixtureRequest, client: Any) -> tuple[Tallies, Actions]:
    if request.param == "memory":
        return MemoryTallies(), MemoryActions()
    name = f"insight-{uuid4().hex}"
    make_table(client, "InsightTable", name)
    return DynamoTallies(client, table=name), DynamoActions(client, table=name)


def account(version: int, *, carrier: str = "sf", source: str = "case_1", **n: int) -> Counted:
    return Counted(
        source=source,
        version=version,
        month="2026-11",
        groups=(
            Group(dimension=Dimension.ALL, value="all"),
            Group(dimension=Dimension.CARRIER, value=carrier),
        ),
        measures=tuple(Measured(name=name, count=value) for name, value in n.items()),
        nodes=("Hangzhou 2",),
    )


def test_an_account_is_counted_once_however_often_it_comes(
    stores: tuple[Tallies, Actions],
) -> None:
    tallies, _ = stores

    assert count(tallies, account(3, cases=1, minutes=70)) is True
    assert count(tallies, account(3, cases=1, minutes=70)) is False
    assert count(tallies, account(2, cases=1)) is False
    assert tallies.of(Dimension.ALL, "2026-11") == {"all": {"cases": 1, "minutes": 70}}
    assert tallies.of(Dimension.NODE, "2026-11", "Hangzhou 2") == {"Hangzhou 2": {"passed": 1}}
    assert tallies.of(Dimension.NODE, "2026-11", "Hangzhou") == {}
    assert tallies.of(Dimension.ALL, "2026-10") == {}


def test_a_later_account_moves_what_it_said_before(stores: tuple[Tallies, Actions]) -> None:
    tallies, _ = stores
    count(tallies, account(3, cases=1, found_lost=1))
    count(tallies, account(3, source="case_2", cases=1))

    count(tallies, account(5, carrier="usps", cases=1, found_delivered=1))

    told = tallies.of(Dimension.CARRIER, "2026-11")
    assert {name: n for name, n in told["usps"].items() if n} == {"cases": 1, "found_delivered": 1}
    assert {name: n for name, n in told["sf"].items() if n} == {"cases": 1}
    assert tallies.of(Dimension.ALL, "2026-11")["all"]["cases"] == 2


def test_two_who_count_at_once_do_not_both_add(stores: tuple[Tallies, Actions]) -> None:
    tallies, _ = stores
    known = tallies.known("case_1")

    assert tallies.swap(known, account(3, cases=1)) is True
    assert tallies.swap(known, account(3, cases=1)) is False
    assert tallies.of(Dimension.ALL, "2026-11") == {"all": {"cases": 1}}


def test_an_action_is_changed_by_one_at_a_time(stores: tuple[Tallies, Actions]) -> None:
    _, actions = stores
    planned = PlannedAction(
        id="act_1",
        kind=ActionKind.CAMERA,
        because="nothing on camera",
        due_on=date(2026, 12, 1),
        raised_by="staff:bo",
        raised_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    kept = actions.save(planned)

    with pytest.raises(StaleAction):
        actions.save(planned)
    assert actions.get("act_1") == kept
    assert actions.save(kept).version == 2
    with pytest.raises(StaleAction):
        actions.save(kept)
    assert [action.version for action in actions.all()] == [2]
    assert actions.get("act_2") is None
