"""Money leaves exactly once: the real services, killed between any two lines of their effects."""

import os
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.payment import ledger
from amends.domain.payment.key import payout_key
from simulators import bank
from tests.support.fire_account import balanced, paid_by_rails, undecided
from tests.support.money_fakes import BookedCases
from tests.support.money_world import MoneyWorld
from tests.support.under_fire import UnderFire
from tests.support.wire import send

PAYOUTS = int(os.environ.get("AMENDS_TORTURE_PAYOUTS", "80"))
SEED = int(os.environ.get("AMENDS_TORTURE_SEED", "20261120"))
ROUNDS = 120
BANK_PAYOUTS = max(12, PAYOUTS // 50)


@pytest.mark.requirement("002-15", "004-48")
def test_every_settlement_is_paid_exactly_once_and_the_books_agree(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = UnderFire(seed=SEED, payouts=PAYOUTS)
    run.begin()
    run.burn(ROUNDS)
    under_fire = paid_by_rails(run)
    run.settle()
    paid = paid_by_rails(run)

    with capsys.disabled():
        sys.stderr.write(f"\n{PAYOUTS} settlements, seed {SEED}: {summary(run)}\n")

    assert max(under_fire.values()) == 1
    assert {case_id: times for case_id, times in paid.items() if times != 1} == {}
    assert undecided(run) == 0
    run.world.advance(timedelta(days=2))
    assert set(map(tuple, run.world.reconcile().values())) == {()}
    balanced(run, run.world.cases.entries)


@pytest.mark.requirement("002-15")
@pytest.mark.parametrize("rail", ["alipay", "wechat_pay", "refund", "coupon"])
def test_an_invocation_killed_between_any_two_lines_of_its_effects_pays_once(rail: str) -> None:
    point = killed = 0
    while point == killed:
        point += 1
        run = UnderFire(seed=point, payouts=1, rails=(rail,))
        run.begin()
        run.calm_but_for_one(point)
        killed += run.fire.kills

        assert dict(paid_by_rails(run)) == {"case_00000": 1}, point
        assert run.case("case_00000").is_paid
        assert len(run.case("case_00000").payouts) == 1
    assert point > 60, "the invocations of one payout have more effects than that"


@pytest.mark.requirement("002-15")
def test_the_bank_pays_each_instruction_once_through_the_same_fire() -> None:
    with bank.running("2026-11-20T09:00") as running:
        running.change(bank.DEBTOR, currency="CNY")
        world = MoneyWorld(wire=send)
        world.settings["rails"] = {"bank": rail_settings(running)}
        world.accounts = {**world.accounts, "rails/bank": {"user": "amends", "password": "b"}}
        run = UnderFire(seed=SEED, payouts=BANK_PAYOUTS, rails=("bank",), world=world)
        run.begin()
        run.burn(30)
        running.advance(3)
        run.settle()
        paid = [row for row in running.payments() if row["status"] != "rejected"]

    keys = {run.case(case_id).payouts[-1].key for case_id in run.case_ids}
    assert run.fire.kills > 0
    assert all(run.case(case_id).is_paid for case_id in run.case_ids)
    assert sorted(str(row["end_to_end_id"]) for row in paid) == sorted(keys)
    balance = ledger.trial_balance(world.cases.entries)
    assert balance["cash:bank", "CNY"] == -sum(int(str(row["amount"])) for row in paid)
    assert balance[ledger.PAYABLE, "CNY"] == 0


def rail_settings(running: bank.Bank) -> dict[str, object]:
    """The bank rail, as the stack's settings tell it."""
    return {
        "base_url": running.base_url,
        "settings": {
            "messages_path": "/_mock/messages",
            "debtor_name": "Amends Ltd",
            "debtor_account": bank.DEBTOR_IBAN,
            "debtor_bank": bank.DEBTOR_BIC,
        },
    }


class ForgetfulCases(BookedCases):
    """Gives every load of a case another key to pay by: the derivation of keys is broken."""

    def load(self, case_id: str) -> Case:
        case = super().load(case_id)
        self.loads = getattr(self, "loads", 0) + 1
        payouts = tuple(
            replace(payout, key=payout_key(f"{case_id}/{self.loads}", payout.attempt))
            for payout in case.payouts
        )
        return replace(case, payouts=payouts)


def test_the_same_fire_finds_the_money_that_a_broken_key_pays_twice() -> None:
    def pays_twice(seed: int) -> bool:
        run = UnderFire(seed=seed, payouts=60, world=MoneyWorld(cases=ForgetfulCases()))
        run.begin()
        run.burn(40)
        return max(paid_by_rails(run).values()) > 1

    assert any(pays_twice(seed) for seed in range(1, 6))


def summary(run: UnderFire) -> str:
    """The run in numbers."""
    attempts = sum(len(run.case(case_id).payouts) for case_id in run.case_ids)
    told = ", ".join(f"{count} {name}" for name, count in sorted(run.tally.items()))
    return f"{attempts} attempts, {run.fire.points} points, {told}"
