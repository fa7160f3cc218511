"""A settlement of several parts: each is carried out once, for itself, whatever goes wrong."""

import os
from datetime import timedelta

import pytest

from amends.domain.case.state.agreement import Part
from amends.domain.case.vocabulary import Remedy, Stage
from amends.domain.money import Money
from amends.domain.payment import ledger
from tests.support.fire_account import balanced, undecided
from tests.support.mixed_fire import BESIDE, MixedFire, carried_out

SETTLEMENTS = int(os.environ.get("AMENDS_TORTURE_PAYOUTS", "300")) // 10
SEED = int(os.environ.get("AMENDS_TORTURE_SEED", "20261120"))
ROUNDS = 60


@pytest.mark.requirement("004-48", "002-12", "001-9")
def test_every_part_is_carried_out_once_under_every_fault_and_the_books_agree() -> None:
    run = MixedFire(seed=SEED, payouts=SETTLEMENTS)
    run.begin()
    run.burn(ROUNDS)
    under_fire = carried_out(run)
    run.settle()

    assert max(under_fire.values()) == 1
    parts = [None, *(part.remedy for part in BESIDE)]
    assert carried_out(run) == {(case, part): 1 for case in run.case_ids for part in parts}
    assert run.tally["tried again alone"] > 0
    assert run.tally["turned to money"] > 0
    assert run.fire.kills > 0
    assert undecided(run) == 0
    assert {run.case(case_id).stage for case_id in run.case_ids} <= {
        Stage.FOLLOWING_UP,
        Stage.CLOSED,
    }
    run.world.advance(timedelta(days=2))
    assert set(map(tuple, run.world.reconcile().values())) == {()}
    balance = balanced(run, run.world.cases.entries)
    assert balance[ledger.COUPONS, "CNY"] == -SETTLEMENTS * 2_000


@pytest.mark.requirement("004-48", "002-15")
def test_an_invocation_killed_anywhere_carries_each_part_out_once() -> None:
    beside = (
        Part(remedy=Remedy.COUPON, amount=Money.of("20.00", "CNY")),
        Part(remedy=Remedy.RESHIPMENT, amount=Money.of("88.00", "CNY")),
    )
    point = killed = 0
    while point == killed:
        point += 1
        run = MixedFire(seed=point, payouts=1, rails=("alipay",), beside=beside)
        run.begin()
        run.calm_but_for_one(point)
        killed += run.fire.kills

        assert set(carried_out(run).values()) == {1}, point
        assert len(run.case("case_00000").payouts) == 3
        assert run.case("case_00000").is_fulfilled
    assert point > 100, "the invocations of three payouts have more effects than that"
