"""All senders of one way together keep its rate."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from amends.adapters.pace import LONGEST, DynamoPace
from tests.support.engines import in_moto
from tests.support.tables import make_table

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
RATE = 14


class Clock:
    """A clock that moves when somebody waits; what everybody waited for is kept."""

    def __init__(self) -> None:
        self.now = AT
        self.turns: list[datetime] = []

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        """Nobody waits here: the moment at which this turn comes is noted."""
        self.turns.append(self.now + timedelta(seconds=seconds))


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        make_table(client, "DeliveriesTable", "deliveries")
        yield client


def pace(client: Any, clock: Clock) -> DynamoPace:
    return DynamoPace(
        client, table="deliveries", name="mail", rate=RATE, now=clock, wait=clock.wait
    )


def test_an_idle_line_lets_the_first_through_at_once(client: Any) -> None:
    clock = Clock()

    assert pace(client, clock).turn()
    assert clock.turns == []


def test_many_senders_at_once_are_let_through_one_gap_after_the_other(client: Any) -> None:
    clock = Clock()
    senders = [pace(client, clock) for _ in range(4)]
    let = [sender.turn() for _ in range(5) for sender in senders]

    assert all(let)
    turns = [AT, *clock.turns]
    assert len(turns) == 20
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert min(gaps) >= timedelta(seconds=1) / RATE
    assert turns[-1] - AT < timedelta(seconds=1.5)


def test_nobody_stands_in_a_line_that_is_too_long_and_nobody_makes_it_longer(
    client: Any,
) -> None:
    clock = Clock()
    sender = pace(client, clock)
    let = [sender.turn() for _ in range(65)]

    assert let.count(True) == int(LONGEST / timedelta(seconds=1) * RATE)
    clock.now = AT + timedelta(seconds=1)
    later = [sender.turn() for _ in range(20)]
    assert RATE - 1 <= later.count(True) <= RATE


def test_a_line_that_ran_empty_begins_anew_and_saves_nothing_up(client: Any) -> None:
    clock = Clock()
    sender = pace(client, clock)
    sender.turn()
    clock.now = AT + timedelta(hours=1)

    assert [sender.turn() for _ in range(3)] == [True] * 3
    first, second = (turn - clock.now for turn in clock.turns)
    gap = timedelta(seconds=1) / RATE
    assert (first >= gap, second >= 2 * gap) == (True, True)


def test_several_turns_taken_together_come_one_gap_after_the_other(client: Any) -> None:
    clock = Clock()
    senders = [pace(client, clock) for _ in range(3)]
    waits = [wait for sender in senders for wait in sender.turns(5)]
    assert len(waits) == 15
    for wait in waits:
        wait()

    turns = sorted([AT, *clock.turns])
    assert len(turns) == 15, "the first need not wait"
    assert min(b - a for a, b in pairwise(turns)) >= timedelta(seconds=1) / RATE
    while pace(client, clock).turns(5):
        pass
    assert pace(client, clock).turns(1) == []
