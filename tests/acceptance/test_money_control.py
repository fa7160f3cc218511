"""Control of money: a second person, limits, switches, callbacks, statements, the books."""

import json
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from amends.domain.case.state import PayoutState
from amends.domain.payment import ledger
from amends.service.money.differences import open_differences
from simulators.gateways.book import Fault
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

CASE = "case_1"
DAY = timedelta(days=1)
MONEY = "/v1/staff/money"


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


@pytest.fixture
def world(http: MoneyHttp) -> MoneyWorld:
    return http.world


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


@pytest.mark.requirement("002-17")
def test_a_signed_notice_is_recorded_and_a_repeat_is_harmless(http: MoneyHttp) -> None:
    world = http.world
    world.alipay.book.expect([Fault.SLOW])
    payout = world.settle(CASE, "alipay")
    assert payout.state is PayoutState.UNKNOWN

    notice = world.alipay.settle(payout.key, state="SUCCESS")
    assert [http.rail("alipay", notice) for _ in range(3)] == [200, 200, 200]

    assert world.payout(CASE).state is PayoutState.SUCCEEDED
    assert ledger.trial_balance(world.cases.entries)["cash:alipay", "CNY"] == -1230


def test_wechats_sealed_notice_is_opened(http: MoneyHttp) -> None:
    payout = http.world.settle(CASE, "wechat_pay")
    reply = http.world.wechat_pay.confirm(payout.key)

    assert http.rail("wechat_pay", reply.body, reply.headers) == 200
    assert http.world.payout(CASE).state is PayoutState.SUCCEEDED


def test_a_notice_that_the_rail_did_not_sign_changes_nothing(http: MoneyHttp) -> None:
    world = http.world
    world.alipay.book.expect([Fault.SLOW])
    payout = world.settle(CASE, "alipay")
    notice = world.alipay.settle(payout.key, state="SUCCESS")
    forged = notice.replace(b"SUCCESS", b"FAIL")
    assert dict(parse_qsl(forged.decode())) != dict(parse_qsl(notice.decode()))

    answers = [
        http.rail("alipay", forged),
        http.rail("alipay", b""),
        http.rail("alipay", b"\xff\x00"),
        http.rail("wechat_pay", b"{}"),
        http.rail("refund", b'{"key":"x","status":"done"}'),
        http.rail("coupon", b"{}"),
        http.rail("bank", b"<Document/>"),
        http.rail("cheque", b"{}"),
    ]

    assert answers == [401, 401, 401, 401, 401, 401, 404, 404]
    assert world.payout(CASE).state is PayoutState.UNKNOWN


def test_a_notice_of_a_key_that_we_never_sent_is_raised_to_finance(http: MoneyHttp) -> None:
    world = http.world
    payout = world.settle(CASE, "alipay")
    bill = world.alipay.book.bills.pop(payout.key)
    bill.number = "AM0000"
    world.alipay.book.bills["AM0000"] = bill

    assert http.rail("alipay", world.alipay.notice("AM0000")) == 200

    (found,) = http.staff("finance:anna", "GET", f"{MONEY}/differences")["data"]
    assert (found["kind"], found["key"]) == ("unknown_key", "AM0000")


@pytest.mark.requirement("002-17")
def test_a_payment_that_came_back_opens_the_choice_again_and_is_paid_another_way(
    http: MoneyHttp,
) -> None:
    world = http.world
    payout = world.settle(CASE, "alipay")
    http.rail("alipay", world.alipay.settle(payout.key, state="REFUND"))
    assert world.cases.load(CASE).open_offer is not None
    assert ledger.trial_balance(world.cases.entries)[ledger.PAYABLE, "CNY"] == -1230

    world.accept(CASE, "refund")
    world.go_on(CASE)

    assert world.states(CASE) == [PayoutState.RETURNED, PayoutState.SUCCEEDED]
    balance = ledger.trial_balance(world.cases.entries)
    assert (balance[ledger.PAYABLE, "CNY"], balance["cash:alipay", "CNY"]) == (0, 0)
    assert balance["cash:refund", "CNY"] == -1230


@pytest.mark.requirement("002-17")
def test_a_return_that_nobody_told_of_is_found_in_the_statement(http: MoneyHttp) -> None:
    world = http.world
    payout = world.settle(CASE, "alipay")
    world.alipay.settle(payout.key, state="REFUND")
    world.advance(2 * DAY)

    assert world.reconcile()["alipay"] == ["returned"]

    assert world.states(CASE) == [PayoutState.RETURNED]
    assert world.cases.load(CASE).open_offer is not None
    assert world.reconcile()["alipay"] == []


def test_a_payment_that_the_ledger_has_and_the_statement_lacks_is_a_work_item_until_settled(
    http: MoneyHttp,
) -> None:
    world = http.world
    payout = world.settle(CASE, "alipay")
    del world.alipay.book.bills[payout.key]
    world.advance(3 * DAY)

    assert world.reconcile()["alipay"] == ["booked_not_paid"]
    assert world.reconcile()["alipay"] == ["booked_not_paid"]
    (found,) = http.staff("finance:anna", "GET", f"{MONEY}/differences")["data"]
    assert (found["booked_minor"], found["shown_minor"], found["case_id"]) == (1230, 0, CASE)
    assert world.payout(CASE).state is PayoutState.SUCCEEDED

    end = f"{MONEY}/differences/{found['id']}/settlement"
    http.staff("finance:anna", "POST", end, {"reason": "their bill was late"})

    assert http.staff("finance:anna", "GET", f"{MONEY}/differences")["data"] == []
    world.reconcile()
    assert open_differences(world.records) == []


def test_an_amount_that_differs_and_a_payment_that_is_not_ours_are_found(
    world: MoneyWorld,
) -> None:
    payout = world.settle(CASE, "alipay")
    world.alipay.book.bills[payout.key].fen = 1231
    stranger = world.settle("case_2", "alipay")
    bill = world.alipay.book.bills[stranger.key]
    world.alipay.book.bills["OTHER"] = type(bill)(
        number="OTHER", reference="R-9", payee=bill.payee, fen=5, state="SUCCESS", day=bill.day
    )
    world.advance(3 * DAY)

    assert sorted(world.reconcile()["alipay"]) == ["amount", "paid_not_booked"]


def test_a_rail_that_gives_no_statement_is_asked_again(world: MoneyWorld) -> None:
    world.settle(CASE, "alipay")
    world.elsewhere["alipay"] = lambda _: None
    world.advance(3 * DAY)
    world.reconcile()
    assert world.records.read("statements#alipay") == []

    del world.elsewhere["alipay"]
    assert world.reconcile()["alipay"] == []
    assert world.records.read("statements#alipay")


@pytest.mark.requirement("002-15")
def test_the_books_can_be_read_exported_and_closed(http: MoneyHttp) -> None:
    world = http.world
    world.settle(CASE, "alipay")
    today = world.now.date()

    balance = http.staff("finance:anna", "GET", f"{MONEY}/trial-balance")
    table = http.staff("finance:anna", "GET", f"{MONEY}/entries?account=cash:alipay")
    none = http.staff("finance:anna", "GET", f"{MONEY}/trial-balance?to={today - DAY}")

    rows = {row["account"]: row["balance"]["amount"] for row in balance["data"]}
    assert rows == {
        "cash:alipay": "-12.30",
        "compensation_expense": "12.30",
        "payable:claimant": "0.00",
    }
    assert balance["is_balanced"] is True
    assert len(table.splitlines()) == 2
    assert none["entries"] == 0

    close = f"{MONEY}/periods"
    early = http.staff("finance:anna", "POST", close, {"through": today.isoformat()}, expect=409)
    world.advance(3 * DAY)
    http.staff("finance:anna", "POST", close, {"through": today.isoformat()}, expect=201)
    again = http.staff("finance:anna", "POST", close, {"through": today.isoformat()}, expect=409)
    assert early["code"] == again["code"] == "out_of_order"
    closed = http.staff("finance:anna", "GET", f"{MONEY}/trial-balance")["closed_through"]
    assert closed == today.isoformat()


@pytest.mark.parametrize("query", ["?account=cash:nobody", "?from=yesterday", "?to=2026-13-01"])
def test_a_wrong_question_about_the_books_gets_a_clear_answer(http: MoneyHttp, query: str) -> None:
    problem = http.staff("finance:anna", "GET", f"{MONEY}/entries{query}", expect=422)

    assert json.dumps(problem["code"])


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
