"""What a rail tells us counts when it is signed, and counts once."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from amends.domain.case.events import PayeeAwaited
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Outcome
from amends.domain.payment import ledger
from simulators.gateways.book import Fault
from tests.acceptance.money_control.names import CASE, MONEY
from tests.support.histories import happened
from tests.support.money_http import MoneyHttp


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


@pytest.mark.requirement("004-23", "002-14")
def test_what_could_not_be_paid_stays_owed_however_late_another_way_is_named(
    http: MoneyHttp,
) -> None:
    """It must neither lapse with the offer's day nor stay due for ever with nobody asked."""
    world = http.world
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    assert world.settle(CASE, "alipay").state is PayoutState.REJECTED

    for _ in range(20):
        due = world.cases.load(CASE).due_at
        assert due is not None
        world.advance(max(due - world.now, timedelta()))
        world.sweep()
        assert world.cases.load(CASE).due_at != due

    asked = happened(world.cases.history(CASE), PayeeAwaited)
    assert len(asked) > 6
    world.accept(CASE, "refund")
    world.go_on(CASE)
    assert world.states(CASE) == [PayoutState.REJECTED, PayoutState.SUCCEEDED]


def test_what_is_owed_and_never_asked_for_ends_when_it_is_prescribed(http: MoneyHttp) -> None:
    world = http.world
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    world.settle(CASE, "alipay")
    ends = world.now + timedelta(days=3 * 365)

    while (due := world.cases.load(CASE).due_at) is not None:
        assert due < ends + timedelta(days=40)
        world.advance(max(due - world.now, timedelta()))
        world.sweep()

    assert world.now > ends
    assert world.cases.load(CASE).outcome is Outcome.WITHDRAWN
