"""Paying: agreed, sent once by the rail that was chosen, watched until it has arrived."""

from datetime import timedelta

import pytest

from amends.domain.case.access import ProofNeeded
from amends.domain.case.events import PayoutRequested, PayoutSent
from amends.domain.case.money.ordering import PAY_WITHIN
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Stage
from amends.domain.payment import ledger
from amends.service.money.chasing import chase
from amends.service.money.differences import open_differences
from simulators.gateways.book import Fault
from simulators.gateways.front import Asked, Reply
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

CASE = "case_1"
MINUTES = timedelta(minutes=16)


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


@pytest.fixture
def world(http: MoneyHttp) -> MoneyWorld:
    return http.world


@pytest.mark.requirement("002-14", "004-23")
def test_what_was_agreed_is_to_be_paid_within_seven_days_and_finance_is_told_when_it_is_not(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.SLOW])
    payout = world.settle(CASE, "alipay")

    assert payout.pay_by == world.now + PAY_WITHIN
    chase(world.cases, world.queue, world.records, world.occasion())
    assert open_differences(world.records) == []

    world.advance(PAY_WITHIN)
    assert chase(world.cases, world.queue, world.records, world.occasion()) == 1

    (late,) = open_differences(world.records)
    assert (late["kind"], late["case_id"], late["key"]) == ("late", CASE, payout.key)


@pytest.mark.requirement("002-15")
def test_the_intent_stands_in_the_history_before_the_rail_hears_of_it(world: MoneyWorld) -> None:
    asked_when: list[list[str]] = []
    plain = world.alipay

    def watched(asked: Asked) -> Reply | None:
        history = world.cases.history(CASE)
        asked_when.append([type(one.event).__name__ for one in history])
        return plain(asked)

    world.elsewhere["alipay"] = watched
    world.settle(CASE, "alipay")

    assert asked_when
    assert all(names[-1] == PayoutSent.__name__ for names in asked_when)
    assert all(PayoutRequested.__name__ in names for names in asked_when)


@pytest.mark.requirement("002-15")
def test_an_answer_that_was_lost_is_asked_about_and_nothing_is_sent_again(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.TIMEOUT_AFTER])
    assert world.settle(CASE, "alipay").state is PayoutState.UNKNOWN

    world.advance(MINUTES)
    world.sweep()

    assert world.payout(CASE).state is PayoutState.SUCCEEDED
    assert len(world.alipay.book.asked) == 1


@pytest.mark.requirement("002-15")
def test_a_request_that_never_arrived_is_sent_again_under_the_same_key(world: MoneyWorld) -> None:
    world.alipay.book.expect([Fault.TIMEOUT_BEFORE])
    assert world.settle(CASE, "alipay").state is PayoutState.UNKNOWN

    world.advance(MINUTES)
    world.sweep()

    assert world.payout(CASE).state is PayoutState.SUCCEEDED
    assert len(set(world.alipay.book.asked)) == 1
    assert len(world.alipay.book.asked) == 2


@pytest.mark.requirement("002-15")
def test_after_a_final_no_another_rail_is_chosen_and_the_first_is_asked_once_more(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    assert world.settle(CASE, "alipay").state is PayoutState.REJECTED
    assert world.cases.load(CASE).stage is Stage.NEGOTIATING

    world.accept(CASE, "refund")
    second = world.go_on(CASE)
    assert (second.state, second.held) == (PayoutState.REQUESTED, "quiet")

    world.advance(MINUTES)
    world.sweep()

    assert world.payout(CASE).state is PayoutState.SUCCEEDED
    first, second = world.cases.load(CASE).payouts
    assert first.key != second.key


@pytest.mark.parametrize("proved_before", [None, timedelta(minutes=31)])
def test_money_goes_elsewhere_only_for_who_has_just_shown_that_the_contact_is_theirs(
    world: MoneyWorld, proved_before: timedelta | None
) -> None:
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    world.settle(CASE, "alipay")
    if proved_before is not None:
        world.prove(CASE)
        world.advance(proved_before)

    with pytest.raises(ProofNeeded):
        world.accept(CASE, "refund", proves=False)

    assert len(world.cases.load(CASE).payouts) == 1
    world.prove(CASE)
    world.accept(CASE, "refund", proves=False)
    assert world.go_on(CASE).rail == "refund"


@pytest.mark.requirement("002-15")
def test_a_success_after_the_no_stops_the_attempt_that_had_not_been_sent(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    first = world.settle(CASE, "alipay")
    world.accept(CASE, "refund")
    world.go_on(CASE)
    repeat = world.alipay.book.asked[0]
    assert repeat == first.key

    # A copy of the first request was still on its way, and the gateway does not burn a number.
    from amends.service.money.rail_desk import counter

    counter(world.cases.load(CASE), first, world.treasury(), world.occasion()).pay()
    world.advance(MINUTES)
    world.sweep()

    assert world.states(CASE) == [PayoutState.SUCCEEDED, PayoutState.CANCELLED]
    assert not world.shops["refund"].book.bills
    assert ledger.trial_balance(world.cases.entries)[ledger.PAYABLE, "CNY"] == 0


@pytest.mark.requirement("002-15")
def test_nothing_new_is_sent_while_the_earlier_rail_does_not_say_that_it_did_not_pay(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    world.settle(CASE, "alipay")
    world.accept(CASE, "refund")
    world.elsewhere["alipay"] = lambda _: None
    world.go_on(CASE)
    world.advance(MINUTES)
    world.sweep()

    assert world.payout(CASE).held == "earlier_attempt"
    assert not world.shops["refund"].book.bills


@pytest.mark.requirement("002-17", "004-48")
def test_a_coupon_is_handed_to_the_claimant_alone_used_once_and_expires(http: MoneyHttp) -> None:
    world = http.world
    assert world.settle(CASE, "coupon").state is PayoutState.SUCCEEDED

    (row,) = http.claimant(CASE)
    code = row["coupon_code"]
    assert code not in str(world.cases.history(CASE))

    till = "/v1/staff/coupons/redemption"
    used = http.staff("finance:anna", "POST", till, {"code": code, "order_reference": "A-1"})
    http.staff("finance:anna", "POST", till, {"code": code, "order_reference": "A-1"})
    spent = http.staff(
        "finance:anna", "POST", till, {"code": code, "order_reference": "A-2"}, expect=409
    )

    assert used["amount"] == {"amount": "12.30", "currency": "CNY"}
    assert spent["code"] == "coupon_spent"
    balance = ledger.trial_balance(world.cases.entries)
    assert (balance[ledger.COUPONS, "CNY"], balance["cash:coupon", "CNY"]) == (0, -1230)


@pytest.mark.requirement("004-48")
def test_a_coupon_that_nobody_used_lapses_and_the_expense_is_taken_back(world: MoneyWorld) -> None:
    from amends.service.money.claiming_back import COUPON_LIFETIME, lapse_coupons

    world.settle(CASE, "coupon")
    assert lapse_coupons(world.cases, world.records, world.occasion()) == 0
    world.advance(COUPON_LIFETIME)

    assert lapse_coupons(world.cases, world.records, world.occasion()) == 1
    assert lapse_coupons(world.cases, world.records, world.occasion()) == 0
    assert set(ledger.trial_balance(world.cases.entries).values()) == {0}


@pytest.mark.requirement("002-17")
def test_a_payee_who_does_not_confirm_in_time_may_choose_another_way(http: MoneyHttp) -> None:
    world = http.world
    assert world.settle(CASE, "wechat_pay").state is PayoutState.AWAITING_PAYEE
    (row,) = http.claimant(CASE)
    assert row["confirmation"]

    world.advance(PAY_WITHIN + timedelta(days=1))
    world.sweep()
    world.advance(timedelta(days=1))
    world.sweep()

    assert world.payout(CASE).state is PayoutState.CANCELLED
    assert world.cases.load(CASE).open_offer is not None
    assert "confirmation" not in http.claimant(CASE)[0]


@pytest.mark.requirement("002-17")
def test_a_long_wait_is_few_questions(world: MoneyWorld) -> None:
    world.wechat_pay.book.expect([Fault.SLOW])
    world.settle(CASE, "wechat_pay")
    for _ in range(6 * 24 * 4):
        world.advance(timedelta(minutes=15))
        world.sweep()

    assert len(world.cases.history(CASE)) < 40
