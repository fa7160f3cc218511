"""Alipay and WeChat Pay when things go wrong: late, twice, out of order, under a false name."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from amends.catalog.rails import wechat_pay
from amends.domain.exchange import converse
from amends.domain.payment import ledger
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind
from amends.domain.payment.rail import BadCallback
from amends.domain.payment.reconciliation import reconcile
from simulators.gateways.alipay import AlipayGateway
from simulators.gateways.book import Fault
from simulators.gateways.front import served
from simulators.gateways.wechat_pay import WeChatPayGateway
from tests.contract.rail_bench import (
    APIV3_KEY,
    AT,
    OURS,
    STRANGER,
    THEIRS,
    TODAY,
    Bench,
    bench,
    elsewhere,
)
from tests.support.wire import send

GOOD = {OutcomeKind.SUCCEEDED, OutcomeKind.AWAITING_PAYEE}


@pytest.fixture(params=["alipay", "wechat_pay", "refund", "reshipment", "service_extension"])
def ready(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param) as made:
        yield made


@pytest.fixture
def alipay() -> Iterator[tuple[Bench, AlipayGateway]]:
    gateway = AlipayGateway(merchant=OURS, own=THEIRS, stranger=STRANGER)
    with bench("alipay") as made, served(gateway) as url:
        made.account = replace(made.account, base_url=url)
        yield made, gateway


@pytest.fixture
def wechat() -> Iterator[tuple[Bench, WeChatPayGateway]]:
    gateway = WeChatPayGateway(
        merchant=OURS, own=THEIRS, stranger=STRANGER, apiv3_key=APIV3_KEY, today=TODAY
    )
    with bench("wechat_pay") as made, served(gateway) as url:
        made.account = replace(made.account, base_url=url)
        yield made, gateway


@pytest.mark.parametrize(
    "fault",
    [Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.SERVER_ERROR, Fault.BAD_SIGNATURE],
)
@pytest.mark.requirement("002-15")
def test_whatever_breaks_is_unknown_and_asking_then_sending_again_pays_once(
    ready: Bench, fault: Fault
) -> None:
    assert ready.book
    ready.book.expect([fault])
    instruction = ready.instruction()

    broken = ready.pay(instruction)
    asked = ready.query(instruction)
    outcome = ready.pay(instruction) if asked.reason == NOT_SEEN else asked

    assert broken.kind is OutcomeKind.UNKNOWN
    assert outcome.kind in GOOD
    assert ready.payments() == 1


def test_the_same_number_with_another_amount_is_never_taken_for_a_rejection(ready: Bench) -> None:
    ready.pay(ready.instruction())

    second = ready.pay(elsewhere(ready.instruction(), "12.31"))

    assert second.kind is not OutcomeKind.REJECTED
    assert ready.payments() == 1


def test_a_nameless_openid_is_paid_and_a_name_travels_sealed(
    wechat: tuple[Bench, WeChatPayGateway],
) -> None:
    made, gateway = wechat
    made.pay(made.instruction())

    assert gateway.names == {made.instruction().key: "王小明"}
    assert "王小明".encode() not in made.sent[0].body


def test_the_payee_confirms_and_a_doubled_callback_says_the_same(
    wechat: tuple[Bench, WeChatPayGateway],
) -> None:
    made, gateway = wechat
    key = made.instruction().key
    waiting = made.pay(made.instruction())
    notice = gateway.confirm(key)

    told = [made.rail.receive(notice.body, notice.headers, made.account.secrets) for _ in "12"]

    assert waiting.kind is OutcomeKind.AWAITING_PAYEE
    assert waiting.carry
    assert told[0] == told[1]
    assert [(name, said.kind) for name, said in told[0]] == [(key, OutcomeKind.SUCCEEDED)]
    with pytest.raises(BadCallback):
        made.rail.receive(notice.body + b" ", notice.headers, made.account.secrets)
    wrong = {**made.account.secrets, "apiv3_key": "f" * 32}
    with pytest.raises(BadCallback):
        made.rail.receive(notice.body, notice.headers, wrong)


def test_what_waits_for_the_payee_can_be_called_back_and_what_is_paid_cannot(
    wechat: tuple[Bench, WeChatPayGateway],
) -> None:
    made, gateway = wechat
    first, second = made.instruction(), made.instruction("case_2")
    made.pay(first)
    made.pay(second)
    gateway.confirm(second.key)

    called = made.carry(wechat_pay.cancel(first, made.account))
    refused = made.carry(wechat_pay.cancel(second, made.account))

    assert called.kind is OutcomeKind.CANCELLED  # asked once more after CANCELING
    assert made.query(first).kind is OutcomeKind.CANCELLED
    assert refused.kind is OutcomeKind.SUCCEEDED


def test_a_late_failure_after_accepted_is_a_rejection_explained(
    wechat: tuple[Bench, WeChatPayGateway],
) -> None:
    made, gateway = wechat
    gateway.book.expect([Fault.LATE_FAILURE])
    instruction = made.instruction()

    accepted = made.pay(instruction)
    notice = gateway.fail(instruction.key, "PAYEE_ACCOUNT_ABNORMAL")
    ((_, failed),) = made.rail.receive(notice.body, notice.headers, made.account.secrets)

    assert accepted.kind is OutcomeKind.ACCEPTED
    assert (failed.kind, failed.reason) == (OutcomeKind.REJECTED, "PAYEE_ACCOUNT_ABNORMAL")
    assert failed.detail


def test_alipays_notices_are_believed_only_under_its_own_signature(
    alipay: tuple[Bench, AlipayGateway],
) -> None:
    made, gateway = alipay
    gateway.book.expect([Fault.SLOW])
    instruction = made.instruction()
    slow = made.pay(instruction)

    notice = gateway.settle(instruction.key, state="SUCCESS")
    ((key, said),) = made.rail.receive(notice, {}, made.account.secrets)
    returned = gateway.settle(instruction.key, state="REFUND", reason="PAYEE_ACCOUNT_CLOSED")
    ((_, back),) = made.rail.receive(returned, {}, made.account.secrets)

    assert slow.kind is OutcomeKind.ACCEPTED
    assert (key, said.kind) == (instruction.key, OutcomeKind.SUCCEEDED)
    assert (back.kind, back.reason) == (OutcomeKind.RETURNED, "PAYEE_ACCOUNT_CLOSED")
    forged = notice.replace(b"SUCCESS", b"REFUND0")
    with pytest.raises(BadCallback):
        made.rail.receive(forged, {}, made.account.secrets)
    with pytest.raises(BadCallback):
        made.rail.receive(urlencode({"biz_content": "{}"}).encode(), {}, made.account.secrets)


def test_a_payees_daily_limit_is_a_rejection_that_says_so(
    alipay: tuple[Bench, AlipayGateway],
) -> None:
    made, gateway = alipay
    gateway.book.per_payee_day = 2_000
    made.pay(made.instruction("case_1"))

    second = made.pay(made.instruction("case_2"))

    assert (second.kind, second.reason) == (OutcomeKind.REJECTED, "EXCEED_LIMIT_DM_MAX_AMOUNT")
    assert made.query(made.instruction("case_2")).denies_payment


def test_the_other_sides_statement_matches_the_ledger(ready: Bench) -> None:
    instruction = ready.instruction()
    outcome = ready.pay(instruction)
    if outcome.kind is OutcomeKind.AWAITING_PAYEE and ready.book:
        ready.book.bills[instruction.key].state = "SUCCESS"

    lines = converse(ready.rail.statement(AT.date(), ready.account), send)

    booked = ledger.paid("case_1", instruction.key, "any", instruction.amount, AT)
    assert reconcile(rail="any", entries=booked, lines=lines, through=AT.date()) == []
    assert len(lines) == 1


def test_a_payee_is_a_value_that_hides_itself(ready: Bench) -> None:
    payee = ready.instruction().payee

    assert payee == ready.instruction().payee
    assert payee.account not in f"{payee!r} {ready.instruction()!r}"
