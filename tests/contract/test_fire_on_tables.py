"""The fire of the payouts, the same on every engine: memory, the emulator, and Amazon's."""

import os

import pytest

from amends.service.money.bookkeeping import Period, entries_of
from tests.contract.test_money_store import Vault, vault
from tests.support.engines import LOCKING
from tests.support.fire_account import balanced, paid_by_rails, undecided
from tests.support.money_world import MoneyWorld
from tests.support.under_fire import UnderFire

__all__ = ["vault"]

PAYOUTS = int(os.environ.get("AMENDS_TABLE_PAYOUTS", "6"))
RAILS = ("alipay", "refund", "coupon")
SEED = int(os.environ.get("AMENDS_TORTURE_SEED", "20261120"))


@pytest.mark.requirement("002-15", "004-48")
@pytest.mark.parametrize("vault", LOCKING, indirect=True)
def test_every_settlement_is_paid_exactly_once(vault: Vault) -> None:
    world = MoneyWorld(cases=vault.cases, records=vault.records, ledger=vault.ledger)
    rails = world.settings["rails"]
    world.settings["rails"] = {code: rails[code] for code in RAILS}
    run = UnderFire(seed=SEED, payouts=PAYOUTS, rails=RAILS, world=world)
    run.begin()
    run.burn(6)
    under_fire = paid_by_rails(run)
    run.settle(80)

    assert run.fire.kills > 0
    assert max(under_fire.values()) <= 1
    assert set(paid_by_rails(run).values()) == {1}
    assert undecided(run) == 0
    balanced(run, entries_of(vault.ledger, Period(), world.occasion()))
