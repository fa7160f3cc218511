"""The case and its books at a bank that refuses, keeps silent, returns late and forgets lines."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Stage
from amends.domain.exchange import Request, Response
from amends.domain.payment import ledger
from amends.service.money.approving import approve_payout
from amends.service.money.differences import open_differences
from simulators import bank
from tests.component.money.test_exactly_once import rail_settings
from tests.support.money_world import MoneyWorld
from tests.support.wire import send

CASE = "case_1"


class AtTheBank:
    """A world whose one rail is a bank, and both their clocks."""

    def __init__(self, running: bank.Bank) -> None:
        running.reset()
        running.change(bank.DEBTOR, currency="CNY")
        self.running, self.world = running, MoneyWorld(wire=send)
        self.world.settings["rails"] = {"bank": rail_settings(running)}
        accounts = {**self.world.accounts, "rails/bank": {"user": "amends", "password": "b"}}
        self.world.accounts = accounts

    def days(self, count: int) -> None:
        """Days go by at the bank and here; the books are matched each evening."""
        for _ in range(count):
            self.running.advance(1)
            self.world.advance(timedelta(days=1))
            self.world.sweep()
            self.world.reconcile()

    def differences(self) -> list[object]:
        return [row["kind"] for row in open_differences(self.world.records)]

    def owed(self) -> int:
        return ledger.trial_balance(self.world.cases.entries)[ledger.PAYABLE, "CNY"]


@pytest.fixture(scope="module")
def running() -> Iterator[bank.Bank]:
    with bank.running("2026-11-20T09:00") as started:
        yield started


@pytest.fixture
def at(running: bank.Bank) -> AtTheBank:
    return AtTheBank(running)


@pytest.mark.requirement("002-15")
def test_what_the_bank_refuses_opens_the_choice_again(at: AtTheBank) -> None:
    at.running.behave("reject-file")

    payout = at.world.settle(CASE, "bank")

    assert (payout.state, payout.reason) == (PayoutState.REJECTED, "FF01")
    assert at.world.cases.load(CASE).stage is Stage.NEGOTIATING
    assert at.owed() < 0
    assert at.differences() == []


@pytest.mark.requirement("002-15")
def test_a_bank_that_keeps_silent_is_believed_when_its_statement_speaks(at: AtTheBank) -> None:
    at.running.behave("silent")
    at.world.settle(CASE, "bank")

    at.days(5)

    assert at.world.states(CASE) == [PayoutState.SUCCEEDED]
    assert (at.owed(), at.differences()) == (0, [])


@pytest.mark.requirement("002-15")
def test_what_comes_back_days_later_opens_the_choice_again_and_is_owed(at: AtTheBank) -> None:
    at.running.behave("return-later", days=2)
    at.world.settle(CASE, "bank")

    at.days(9)

    assert at.world.states(CASE) == [PayoutState.RETURNED]
    assert at.differences() == []
    assert at.world.cases.load(CASE).stage is Stage.NEGOTIATING
    assert at.owed() < 0


@pytest.mark.requirement("002-15")
def test_what_was_held_for_weeks_is_asked_to_be_paid_on_the_day_it_goes_out(at: AtTheBank) -> None:
    at.world.settings["four_eyes_above"] = {"CNY": "5.00"}
    at.world.settle(CASE, "bank")
    at.running.advance(25)
    at.world.advance(timedelta(days=25))
    approve_payout(
        at.world.cases,
        at.world.queue,
        CASE,
        at.world.payout(CASE).id,
        at.world.occasion("staff:anna"),
    )
    sent: list[Request] = []

    def noted(request: Request) -> Response:
        sent.append(request)
        return send(request)

    at.world.wire = noted
    at.world.drain()

    (file,) = [one.body for one in sent if b"<ReqdExctnDt>" in one.body]
    day = datetime.fromisoformat(file.split(b"<ReqdExctnDt><Dt>")[1][:10].decode())
    assert day.date() >= at.world.now.date()


@pytest.mark.requirement("002-15")
def test_a_line_that_the_statement_lacks_stays_with_finance_until_somebody_explains_it(
    at: AtTheBank,
) -> None:
    at.running.behave("statement-gap")
    at.world.settle(CASE, "bank")

    at.days(5)

    assert at.world.states(CASE) == [PayoutState.SUCCEEDED]
    assert at.differences() == ["booked_not_paid"]
