"""Who may let money go, and call it back."""

from datetime import timedelta

import pytest

from amends.domain.case.state.settlement import PayoutState
from simulators.gateways.book import Fault
from tests.acceptance.money_control.names import CASE, MONEY
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld


def approval(world: MoneyWorld) -> str:
    return f"/v1/staff/cases/{CASE}/payouts/{world.payout(CASE).id}/approval"


@pytest.mark.requirement("002-15")
def test_a_payout_above_the_limit_waits_for_a_second_person(http: MoneyHttp) -> None:
    world = http.world
    world.settings["four_eyes_above"] = {"CNY": "500.00"}

    held = world.settle(CASE, "alipay", "500.01")
    listed = http.staff("finance:anna", "GET", "/v1/staff/payouts?status=needs_approval")
    assert (held.state, held.held) == (PayoutState.REQUESTED, "needs_approval")
    assert [row["id"] for row in listed["data"]] == [held.id]
    assert not world.alipay.book.bills

    approved = http.staff("finance:anna", "POST", approval(world), {})
    world.drain()

    assert approved["approved_by"] == "staff:anna"
    assert world.payout(CASE).state is PayoutState.SUCCEEDED


def test_what_waited_longer_than_a_rail_remembers_keys_is_still_sent_again_after_an_error(
    http: MoneyHttp,
) -> None:
    world = http.world
    world.settings["four_eyes_above"] = {"CNY": "5.00"}
    world.settle(CASE, "wechat_pay")
    world.advance(timedelta(days=31))
    world.wechat_pay.book.expect([Fault.TIMEOUT_BEFORE])
    http.staff("finance:anna", "POST", approval(world), {})
    world.drain()
    assert world.payout(CASE).state is PayoutState.UNKNOWN

    world.advance(timedelta(minutes=16))
    world.sweep()

    assert world.payout(CASE).state is PayoutState.AWAITING_PAYEE
    assert len(world.wechat_pay.book.bills) == 1


def test_up_to_the_limit_nobody_is_asked_and_a_currency_without_one_always_is(
    world: MoneyWorld,
) -> None:
    world.settings["four_eyes_above"] = {"EUR": "60.00"}
    assert world.settle("case_cny", "alipay", "1.00").held == "needs_approval"

    world.settings["four_eyes_above"] = {"CNY": "500.00"}
    assert world.settle("case_small", "alipay", "500.00").state is PayoutState.SUCCEEDED


def test_who_made_the_offer_is_no_second_person(http: MoneyHttp) -> None:
    http.world.settings["four_eyes_above"] = {"CNY": "5.00"}
    http.world.offered(CASE, http.world.money("12.30"), by="staff:anna")
    http.world.accept(CASE, "alipay")
    http.world.go_on(CASE)

    refused = http.staff("finance:anna", "POST", approval(http.world), {}, expect=409)
    http.staff("supervisor:ben", "POST", approval(http.world), {})

    assert refused["code"] == "payout_not_approved"


@pytest.mark.parametrize("group", ["agent", "investigator", "adjuster", "admin"])
def test_money_is_for_finance_and_supervisors(http: MoneyHttp, group: str) -> None:
    http.world.settle(CASE, "alipay")
    http.staff(f"{group}:max", "GET", f"{MONEY}/trial-balance", expect=403)
    http.staff(f"{group}:max", "POST", approval(http.world), {}, expect=403)
    http.staff(f"{group}:max", "POST", f"{MONEY}/rails/alipay/switch", {}, expect=403)


def test_finance_calls_back_what_waits_for_its_payee_and_nothing_that_may_have_been_paid(
    http: MoneyHttp,
) -> None:
    world = http.world
    waiting = world.settle(CASE, "wechat_pay")
    path = f"/v1/staff/cases/{CASE}/payouts/{waiting.id}/cancellation"
    http.staff("finance:anna", "POST", path, {"reason": "the wrong account"})
    world.advance(timedelta(hours=2))
    world.sweep()
    assert world.payout(CASE).state is PayoutState.CANCELLED

    world.alipay.book.expect([Fault.TIMEOUT_AFTER])
    unknown = world.settle("case_2", "alipay")
    path = f"/v1/staff/cases/case_2/payouts/{unknown.id}/cancellation"
    refused = http.staff("finance:anna", "POST", path, {"reason": "too late"}, expect=409)
    assert refused["code"] == "out_of_order"
