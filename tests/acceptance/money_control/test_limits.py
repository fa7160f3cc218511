"""What a rail may carry: limits, budgets, and a switch that loses nothing."""

import pytest

from amends.domain.case.state.settlement import PayoutState
from simulators.gateways.book import Fault
from tests.acceptance.money_control.names import CASE, DAY, MONEY
from tests.support.money_http import MoneyHttp
from tests.support.money_rails import METHODS
from tests.support.money_world import MoneyWorld


@pytest.mark.requirement("002-15")
def test_a_switch_leaves_everything_waiting_and_nothing_lost(http: MoneyHttp) -> None:
    world = http.world
    switch = f"{MONEY}/rails/alipay/switch"
    http.staff("finance:anna", "POST", switch, {"is_off": True, "reason": "an audit"})

    held = world.settle(CASE, "alipay")
    assert (held.held, world.alipay.book.asked) == ("switched_off", [])
    world.settle("case_2", "refund")
    assert world.payout("case_2").state is PayoutState.SUCCEEDED

    http.staff("finance:anna", "POST", switch, {"is_off": False, "reason": "done"})
    world.advance(DAY)
    world.sweep()

    assert world.payout(CASE).state is PayoutState.SUCCEEDED


def test_what_a_gateway_has_granted_beyond_its_usual_limit_may_be_paid(world: MoneyWorld) -> None:
    assert world.settle("case_a", "wechat_pay", "200.01").held == "above_largest"

    world.settings["rails"]["wechat_pay"]["granted"] = {"CNY": {"largest": "2000.00"}}

    assert world.settle("case_b", "wechat_pay", "200.01").state is PayoutState.AWAITING_PAYEE
    assert world.settle("case_c", "wechat_pay", "2000.01").held == "above_largest"


def test_one_payee_gets_so_much_a_day_and_the_rest_the_day_after(world: MoneyWorld) -> None:
    world.settings["rails"]["alipay"]["limits"] = {"CNY": {"per_payee_day": "20.00"}}
    assert world.settle("case_a", "alipay", "12.30").state is PayoutState.SUCCEEDED
    assert world.settle("case_b", "alipay", "12.30").held == "payee_day"
    assert world.settle("case_c", "alipay", "7.70").state is PayoutState.SUCCEEDED

    world.advance(DAY)
    world.sweep()

    assert world.payout("case_b").state is PayoutState.SUCCEEDED


def test_a_rail_has_a_budget_and_what_was_refused_takes_nothing_from_it(world: MoneyWorld) -> None:
    world.settings["rails"]["alipay"]["limits"] = {"CNY": {"budget": "20.00"}}
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    assert world.settle("case_a", "alipay", "15.00").state is PayoutState.REJECTED
    assert world.settle("case_b", "alipay", "15.00").state is PayoutState.SUCCEEDED
    world.advance(DAY)
    assert world.settle("case_c", "alipay", "15.00").held == "budget"


def test_more_than_a_rail_may_carry_is_held(world: MoneyWorld) -> None:
    assert world.settle(CASE, "wechat_pay", "200.01").held == "above_largest"


@pytest.mark.requirement("002-15")
def test_who_approves_lets_out_so_much_a_day_and_another_person_may_go_on(http: MoneyHttp) -> None:
    world = http.world
    world.settings["four_eyes_above"] = {"CNY": "1.00"}
    world.settings["rails"]["alipay"]["limits"] = {"CNY": {"per_operator_day": "20.00"}}
    for case, who in (("case_a", "anna"), ("case_b", "anna"), ("case_c", "fei")):
        path = f"/v1/staff/cases/{case}/payouts/{world.settle(case, 'alipay').id}/approval"
        http.staff(f"finance:{who}", "POST", path, {})
        world.drain()

    assert world.payout("case_a").state is PayoutState.SUCCEEDED
    assert world.payout("case_b").held == "operator_day"
    assert world.payout("case_c").state is PayoutState.SUCCEEDED
    world.advance(DAY)
    world.sweep()
    assert world.payout("case_b").state is PayoutState.SUCCEEDED


def test_from_the_amount_on_that_the_rail_checks_a_payment_without_a_name_waits(
    world: MoneyWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.settings["rails"]["wechat_pay"]["granted"] = {"CNY": {"largest": "5000.00"}}
    nameless = {"openid": METHODS["wechat_pay"]["openid"]}
    assert world.settle("case_a", "wechat_pay", "2000.00").state is PayoutState.AWAITING_PAYEE

    monkeypatch.setitem(METHODS, "wechat_pay", nameless)

    assert world.settle("case_b", "wechat_pay", "1999.99").state is PayoutState.AWAITING_PAYEE
    assert world.settle("case_c", "wechat_pay", "2000.00").held == "name_needed"
