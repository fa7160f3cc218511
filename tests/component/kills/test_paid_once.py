"""Cases of one parcel at once, cut and interleaved: one is paid, and nobody waits for nothing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest

from amends.domain.case.state.settlement import PayoutState
from amends.service.money.payouts import pay
from amends.service.settling import next_step
from simulators.gateways.book import Fault
from tests.support.cutting import a_fire
from tests.support.interleaving import Guarded, Interleaving, Killed
from tests.support.money_fakes import MemoryRecords, parcel_of
from tests.support.money_rails import DONE
from tests.support.money_world import MoneyWorld

if TYPE_CHECKING:
    from amends.ports import CaseStore
    from amends.ports.money import Document, MoneyRecords

SEEDS = range(int(os.environ.get("AMENDS_KILL_SEEDS", "6")))
DEATHS = 0.02
FAILED, OTHER, THIRD = "case_failed", "case_other", "case_third"
QUIET = timedelta(minutes=16)


class Race:
    """One case whose payment failed tries again; others of its parcel have asked for theirs."""

    def __init__(self, fire: Interleaving, records: "MoneyRecords", *others: str) -> None:
        self.world, self.fire = MoneyWorld(records=records), fire
        self.cases = (FAILED, *others)
        self.world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
        assert self.world.settle(FAILED, "alipay").state is PayoutState.REJECTED
        self.world.advance(QUIET)
        self.world.accept(FAILED, "refund")
        for case_id in others:
            amount, parcel = self.world.money("12.30"), parcel_of(FAILED)
            self.world.offered(case_id, amount, parcel=parcel)
            self.world.accept(case_id, "alipay")
            next_step(self.world.cases, case_id, self.world.settling(), self.world.occasion())

    def go(self, case_id: str) -> None:
        """One invocation after another: the case's next step, and what it asks to be paid."""
        world, treasury = self.world, self.world.treasury()
        cases = cast("CaseStore", Guarded(world.cases, self.fire))
        records = cast("MoneyRecords", Guarded(treasury.records, self.fire))
        if case_id == FAILED:
            next_step(cases, case_id, world.settling(), world.occasion())
        for payout in world.cases.load(case_id).payouts:
            pay(cases, case_id, payout.id, replace(treasury, records=records), world.occasion())

    def calm(self) -> None:
        """Two days in which nothing goes wrong."""
        self.fire.deaths, self.fire.kill_at = 0, None
        for _ in range(2):
            self.world.advance(timedelta(hours=25))
            self.world.sweep()
            for case_id in self.cases:
                self.world.go_on(case_id)

    @property
    def paid(self) -> int:
        """How many payments were made for the parcel."""
        return sum(
            bill.state == DONE.get(rail, "done")
            for rail, book in self.world.books.items()
            for bill in book.bills.values()
        )

    @property
    def held(self) -> list[str | None]:
        """Why those wait that are not paid."""
        last = [self.world.payout(case_id) for case_id in self.cases]
        return [one.held for one in last if one.state is not PayoutState.SUCCEEDED]

    @property
    def winner(self) -> str:
        """Which of the cases was paid."""
        return next(one for one in self.cases if self.world.cases.load(one).is_paid)


class Overtaken(Random):
    """The first has so many turns; then the second goes to its end, and the first on."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.turns, self.was_done = turns, False

    def choice(self, options: Any) -> Any:
        self.turns -= 1
        self.was_done = self.was_done or (self.turns >= 0 and options[0] != 0)
        return options[0 if self.turns >= 0 else -1]


def run(
    records: Callable[[], "MoneyRecords"], chance: Random, *cases: str, deaths: float = 0
) -> Race:
    """These at once, in the order of chance; then calm."""
    fire = Interleaving(chance, deaths=0)
    race = Race(fire, records(), *(one for one in dict.fromkeys(cases) if one != FAILED))
    fire.deaths = deaths
    for end in fire.run([partial(race.go, case_id) for case_id in cases]):
        if end is not None and not isinstance(end, Killed):
            raise end
    race.calm()
    return race


def overtaken(records: Callable[[], "MoneyRecords"], *cases: str) -> Iterator[Race]:
    """The first of two is overtaken by the second after each of the turns that it has."""
    for turns in count():
        chance = Overtaken(turns)
        yield run(records, chance, *cases)
        if chance.was_done:
            return


@pytest.mark.requirement("002-15", "004-48")
@pytest.mark.parametrize("cases", [(OTHER, FAILED), (FAILED, OTHER)])
def test_wherever_one_case_overtakes_another_of_its_parcel_one_of_them_is_paid(
    cases: tuple[str, str],
) -> None:
    races = list(overtaken(MemoryRecords, *cases))

    assert {race.paid for race in races} == {1}
    assert [race.held for race in races] == [["paid_elsewhere"]] * len(races)
    assert {race.winner for race in races} == set(cases), "the order is to matter"


def test_of_many_at_once_some_of_whom_die_one_is_paid() -> None:
    everybody = (FAILED, OTHER, THIRD) * 2
    for seed in SEEDS:
        chance = Random(seed)  # noqa: S311 - a seed, so that a run can be had again
        race = run(MemoryRecords, chance, *everybody, deaths=DEATHS)
        assert (race.paid, race.held) == (1, ["paid_elsewhere"] * 2), seed


@pytest.mark.requirement("002-15")
def test_wherever_whoever_takes_over_is_killed_one_is_paid_and_nothing_hangs() -> None:
    for point in count(1):
        race = Race(a_fire(), MemoryRecords(), OTHER)
        race.fire.points, race.fire.kill_at = 0, point
        ends = race.fire.run([partial(race.go, OTHER)])
        race.calm()
        assert (race.paid, race.held) == (1, ["paid_elsewhere"]), point
        if ends == [None]:
            break
    assert point > 30, "a payout has more effects than that"


class PutOver(MemoryRecords):
    """Writes over whatever was written meanwhile."""

    def swap(self, book: str, entry: str, known: "Document | None", document: "Document") -> bool:
        del known
        self.put(book, entry, document)
        return True


def test_the_same_race_finds_the_second_payment_where_a_row_is_simply_put_over() -> None:
    assert any(race.paid > 1 for race in overtaken(PutOver, OTHER, FAILED))
