"""A payment that waits for its payee is called back by them, and goes another way, once."""

import json
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode

import pytest

from amends.domain.case.access import ProofNeeded
from amends.domain.case.events import (
    Concluded,
    OfferAccepted,
    OfferMade,
    PayoutAwaitingPayee,
    PayoutRequested,
    PayoutSent,
    TokenIssued,
)
from amends.domain.case.state.settlement import OfferState, PayoutState
from amends.domain.case.vocabulary import Stage
from amends.domain.payment import ledger
from amends.service.amend import amend
from amends.service.intake.reporting import token_of
from amends.service.people.addressing import answer_token
from amends.service.people.outbox import intents
from claim_settle import stream
from simulators.gateways.book import Fault
from simulators.gateways.front import Asked, Reply
from tests.support.arriving import request_of
from tests.support.event_samples import PAYOUT_ID, sample
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld
from tests.support.people_world import KEY
from tests.support.people_world import World as PeopleWorld

CASE = "case_1"
MINUTE = timedelta(minutes=1)
QUIET = timedelta(minutes=16)
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


def cancels(http: MoneyHttp, *, expect: int = 202, token: str = "") -> dict[str, object]:
    """The claimant asks for it, by the token of their case."""
    world = http.world
    own = token_of(CASE, b"a key")
    issued = TokenIssued(token_hash=sha256(own.encode()).hexdigest())
    amend(world.cases, CASE, world.occasion("intake"), lambda _: [issued])
    status, answer = http.call(
        "POST",
        f"/v1/cases/{CASE}/payouts/{world.payout(CASE).id}/cancellation",
        headers={"authorization": f"Bearer {token or own}"},
    )
    assert status == expect, answer
    told: dict[str, object] = json.loads(answer)
    return told


def told(world: MoneyWorld) -> list[str]:
    return [one.message.code for one in intents(world.cases.history(CASE))]


@pytest.mark.requirement("002-15", "002-17", "004-23")
def test_the_payee_calls_a_waiting_payment_back_and_is_paid_another_way_once(
    http: MoneyHttp,
) -> None:
    world, plain = http.world, http.world.wechat_pay
    paid = world.settle(CASE, "wechat_pay")
    assert paid.state is PayoutState.AWAITING_PAYEE

    def slowly(asked: Asked) -> Reply | None:
        reply = plain(asked)
        if asked.path.endswith("/cancel"):
            plain.book.bills[paid.key].state = "CANCELING"
        return reply

    world.elsewhere["wechat_pay"] = slowly
    asked = cancels(http)
    assert asked["status"] == "awaiting_payee"
    assert asked["called_back_at"]
    assert cancels(http)["called_back_at"] == asked["called_back_at"]
    world.go_on(CASE)
    world.advance(3 * MINUTE)
    world.sweep()
    assert world.payout(CASE).state is PayoutState.AWAITING_PAYEE  # WeChat says CANCELING
    plain.book.bills[paid.key].state = "CANCELLED"
    world.advance(3 * MINUTE)
    world.sweep()

    case = world.cases.load(CASE)
    assert world.payout(CASE).state is PayoutState.CANCELLED
    assert case.offers[-1].state is OfferState.OPEN
    assert case.stage is Stage.NEGOTIATING
    assert told(world).count("payout_awaiting") == 1
    assert told(world)[-1] == "payout_cancelled"

    world.advance(2 * QUIET)  # the token in the message is no proof any more
    with pytest.raises(ProofNeeded):
        world.accept(CASE, "alipay", proves=False)
    world.accept(CASE, "alipay")
    world.go_on(CASE)
    world.sweep()
    assert world.states(CASE) == [PayoutState.CANCELLED, PayoutState.SUCCEEDED]
    balance = ledger.trial_balance(world.cases.entries)
    assert balance.get(("cash:wechat_pay", "CNY"), 0) == 0
    assert balance["cash:alipay", "CNY"] == -1230
    assert balance[ledger.PAYABLE, "CNY"] == 0


def test_who_confirms_before_the_rail_has_called_it_back_is_paid(http: MoneyHttp) -> None:
    world = http.world
    key = world.settle(CASE, "wechat_pay").key
    cancels(http)

    world.wechat_pay.confirm(key)  # its notice is lost
    world.go_on(CASE)

    assert world.payout(CASE).state is PayoutState.SUCCEEDED
    assert world.cases.load(CASE).stage is Stage.FOLLOWING_UP
    assert cancels(http, expect=409)["code"] == "payout_not_waiting"


def test_a_rail_that_is_silent_is_asked_to_call_it_back_until_it_has(http: MoneyHttp) -> None:
    world, plain, lost = http.world, http.world.wechat_pay, 3
    world.settle(CASE, "wechat_pay")
    calls: list[str] = []

    def unsteady(asked: Asked) -> Reply | None:
        if asked.path.endswith("/cancel"):
            calls.append(asked.path)
            if len(calls) <= lost:
                return None
        return plain(asked)

    world.elsewhere["wechat_pay"] = unsteady
    cancels(http)
    for _ in range(12):
        world.advance(2 * MINUTE)
        world.sweep()

    assert len(calls) == lost + 1
    assert world.payout(CASE).state is PayoutState.CANCELLED
    assert told(world).count("payout_awaiting") == 1


def test_only_what_waits_for_its_payee_is_called_back_and_only_by_them(http: MoneyHttp) -> None:
    world = http.world
    world.alipay.book.expect([Fault.SLOW])
    world.settle(CASE, "alipay")

    assert cancels(http, expect=409)["code"] == "payout_not_waiting"
    cancels(http, expect=404, token="of-somebody-else")
    assert world.payout(CASE).called_back_at is None


def test_the_stream_takes_what_is_called_back_to_the_rail(http: MoneyHttp) -> None:
    assert "PayoutCallbackAsked" in stream.TO_THE_RAIL
    key = http.world.settle(CASE, "wechat_pay").key
    cancels(http)
    http.world.queue.sent.clear()

    http.world.go_on(CASE)

    assert http.world.wechat_pay.book.bills[key].state == "CANCELLED"


def test_one_button_under_the_link_of_the_message_calls_it_back() -> None:
    world = PeopleWorld()
    case = world.open(language="en")
    waiting = PayoutAwaitingPayee(payout_id=PAYOUT_ID, ask_at=world.now + QUIET)
    agreed = (sample(Concluded), sample(OfferMade), sample(OfferAccepted))
    world.happen(case, *agreed, sample(PayoutRequested), sample(PayoutSent), waiting)
    world.told(case)
    (sent,) = [one for one in world.messenger.sent if "/v1/answers/payment/" in one["text"]]
    link = f"/v1/answers/payment/{answer_token('payment', case.id, KEY)}"
    assert link in sent["text"]

    assert "Call this payment back" in _page(world, link)
    assert world.cases.load(case.id).payouts[-1].called_back_at is None
    assert "certain" in _page(world, link, {})
    assert world.cases.load(case.id).payouts[-1].called_back_at == world.now
    version = world.cases.load(case.id).version
    _page(world, link, {})  # a second tap
    assert world.cases.load(case.id).version == version


def _page(world: PeopleWorld, path: str, fields: dict[str, str] | None = None) -> str:
    method = "GET" if fields is None else "POST"
    answer = world.router(
        request_of(method, path, text=urlencode(fields or {}), number="page", headers=FORM)
    )
    assert answer["statusCode"] == 200, answer
    return str(answer["body"])
