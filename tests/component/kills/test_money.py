"""Settlement, cut at each of its effects: every side's books end as on a calm day."""

from datetime import timedelta

import pytest

from amends.domain.case.state.settlement import PayoutState
from amends.service.money.claiming_back import COUPON_LIFETIME
from simulators.gateways.book import Fault
from tests.support.cut_money import CASE, CutMoney, scene
from tests.support.cutting import calmly, delivered, ends_alike
from tests.support.interleaving import Killed

DAY = timedelta(days=1)
STAFF = "/v1/staff"
FINANCE, SUPERVISOR = "finance:anna", "supervisor:ben"


def requested(money: CutMoney) -> None:
    money.settle("alipay")


def code_of(money: CutMoney) -> str:
    told = money.world.contacts.get(CASE, f"payout:{money.world.payout(CASE).id}")
    assert told is not None
    return str(told["carry"])


@pytest.mark.requirement("002-17", "004-48")
def test_a_coupon_that_was_issued_can_be_used_once_wherever_its_issue_was_cut() -> None:
    def work(money: CutMoney, _: None) -> object:
        money.drain()
        money.run(timedelta(hours=2))
        body = {"code": code_of(money), "order_reference": "A-1"}
        return money.ask(FINANCE, f"{STAFF}/coupons/redemption", body)

    ends_alike(scene(lambda money: money.settle("coupon"), work), at_least=12)


def test_a_coupon_that_nobody_uses_lapses_once_wherever_its_issue_was_cut() -> None:
    def work(money: CutMoney, _: None) -> None:
        money.drain()
        money.run(timedelta(hours=2))
        money.world.advance(COUPON_LIFETIME)
        money.books()
        money.books()

    def begin(money: CutMoney) -> None:
        money.world.settings["rails"] = {"coupon": {}}
        money.settle("coupon")

    ends_alike(scene(begin, work), at_least=12)


@pytest.mark.requirement("002-15")
def test_a_payout_that_was_refused_takes_nothing_from_the_limits() -> None:
    def begin(money: CutMoney) -> None:
        money.world.alipay.book.expect([Fault.PAYEE_UNKNOWN] * 9)
        money.settle("alipay")

    def work(money: CutMoney, _: None) -> object:
        money.drain()
        money.run(timedelta(hours=2))
        return [str(state) for state in money.world.states(CASE)]

    ends_alike(scene(begin, work), at_least=12)


def test_the_stream_asks_for_the_money_once_and_the_sweep_sends_what_it_lost() -> None:
    def begin(money: CutMoney) -> None:
        money.world.offered(CASE, money.world.money("12.30"))
        money.world.accept(CASE, "refund")

    def work(money: CutMoney, _: None) -> None:
        money.times = 1
        money.step()
        money.drain()
        money.run(timedelta(hours=2))

    ends_alike(scene(begin, work), at_least=16)


@pytest.mark.requirement("002-15")
def test_a_second_person_lets_it_go_once() -> None:
    def begin(money: CutMoney) -> str:
        money.world.settings["four_eyes_above"] = {"CNY": "5.00"}
        money.settle("alipay")
        money.drain()
        return f"{STAFF}/cases/{CASE}/payouts/{money.world.payout(CASE).id}/approval"

    def work(money: CutMoney, path: str) -> object:
        status, _ = money.ask(SUPERVISOR, path, {})
        money.drain()
        money.run(timedelta(hours=1))
        return status

    ends_alike(scene(begin, work), at_least=20)


def test_what_waits_for_its_payee_is_called_back_once() -> None:
    def begin(money: CutMoney) -> str:
        money.settle("wechat_pay")
        money.drain()
        assert money.world.payout(CASE).state is PayoutState.AWAITING_PAYEE
        return f"{STAFF}/cases/{CASE}/payouts/{money.world.payout(CASE).id}/cancellation"

    def work(money: CutMoney, path: str) -> object:
        money.ask(FINANCE, path, {"reason": "the wrong account"})
        money.run(timedelta(hours=2))
        return [str(state) for state in money.world.states(CASE)]

    ends_alike(scene(begin, work), at_least=12)


def test_a_rails_own_word_is_taken_once_however_often_it_comes() -> None:
    def begin(money: CutMoney) -> bytes:
        money.world.alipay.book.expect([Fault.SLOW])
        money.settle("alipay")
        money.drain()
        payout = money.world.payout(CASE)
        notice: bytes = money.world.alipay.settle(payout.key, state="SUCCESS")
        return notice

    def work(money: CutMoney, notice: bytes) -> None:
        delivered(lambda: money.rail("alipay", notice), times=1)
        money.run(timedelta(hours=1))
        delivered(lambda: money.rail("alipay", notice))

    ends_alike(scene(begin, work), at_least=4)


def test_the_schedule_finds_what_statements_say_and_raises_each_difference_once() -> None:
    def begin(money: CutMoney) -> None:
        money.world.settings["rails"] = {"refund": money.world.settings["rails"]["refund"]}
        money.settle("refund")
        money.drain()
        del money.world.shops["refund"].book.bills[money.world.payout(CASE).key]
        money.world.advance(3 * DAY)

    def work(money: CutMoney, _: None) -> None:
        money.books()
        money.books()

    make = scene(begin, work)
    assert "booked_not_paid" in calmly(make)[0][1]
    ends_alike(make, at_least=8, ways=(Killed,))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("money/rails/alipay/switch", {"is_off": True, "reason": "an audit"}),
        ("money/periods", {"through": "2026-11-18"}),
    ],
)
def test_what_finance_does_is_done_once(path: str, body: object) -> None:
    def work(money: CutMoney, _: None) -> object:
        return money.ask(FINANCE, f"{STAFF}/{path}", body)

    ends_alike(scene(requested, work), at_least=4)
