"""What nobody can learn of is declared failed by two people, and never while it may pay."""

from datetime import date, timedelta
from typing import Any

import pytest

from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Stage
from amends.service.money.differences import open_differences
from simulators.gateways.book import Fault
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

CASE = "case_1"
SAID = {"reason": "unknown for a month", "evidence": "letter of WeChat Pay, file 7"}


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


def lost(http: MoneyHttp, fault: Fault = Fault.TIMEOUT_BEFORE) -> None:
    """One payout went out and its answer was lost; the rail is switched off before it is known."""
    world = http.world
    world.wechat_pay.book.expect([fault])
    assert world.settle(CASE, "wechat_pay").state is not PayoutState.SUCCEEDED
    switch = {"is_off": True, "reason": "an outage"}
    http.staff("finance:anna", "POST", "/v1/staff/money/rails/wechat_pay/switch", switch)


def declare(http: MoneyHttp, who: str, what: str, expect: int = 200) -> Any:
    path = f"/v1/staff/cases/{CASE}/payouts/{http.world.payout(CASE).id}/{what}"
    body = SAID if what == "failure" else {}
    return http.staff(who, "POST", path, body, expect=expect)


@pytest.mark.requirement("002-15")
def test_after_the_rails_memory_two_people_declare_it_failed_and_another_way_is_chosen(
    http: MoneyHttp,
) -> None:
    world = http.world
    lost(http)
    world.advance(timedelta(days=31))

    declare(http, "finance:anna", "failure")
    assert declare(http, "finance:anna", "failure/approval", 409)["code"] == "payout_not_approved"
    told = declare(http, "supervisor:ben", "failure/approval")

    assert (told["status"], told["reason"]) == ("rejected", "declared_failed")
    assert world.cases.load(CASE).stage is Stage.NEGOTIATING
    world.accept(CASE, "refund")
    world.go_on(CASE)
    world.advance(timedelta(minutes=16))
    world.sweep()
    assert world.states(CASE) == [PayoutState.REJECTED, PayoutState.SUCCEEDED]
    assert not world.wechat_pay.book.bills


def test_as_long_as_the_rail_remembers_nobody_declares_anything(http: MoneyHttp) -> None:
    lost(http)
    http.world.advance(timedelta(days=29))

    assert declare(http, "finance:anna", "failure", 409)["code"] == "payout_may_still_pay"
    assert declare(http, "supervisor:ben", "failure/approval", 409)["code"] == "out_of_order"


def test_what_the_rail_has_taken_may_still_pay_however_long_it_takes(http: MoneyHttp) -> None:
    lost(http, Fault.TIMEOUT_AFTER)
    http.world.advance(timedelta(days=31))

    refused = declare(http, "finance:anna", "failure", 409)

    assert refused["code"] == "payout_may_still_pay"


def test_a_proposal_is_overtaken_when_the_rail_speaks_after_all(http: MoneyHttp) -> None:
    world = http.world
    lost(http)
    world.advance(timedelta(days=31))
    declare(http, "finance:anna", "failure")
    late = world.treasury()
    from amends.service.money.rail_desk import counter

    case = world.cases.load(CASE)
    counter(case, case.payouts[0], late, world.occasion()).pay()  # a copy that was on its way

    refused = declare(http, "supervisor:ben", "failure/approval", 409)

    assert refused["code"] == "payout_may_still_pay"
    assert world.payout(CASE).state is PayoutState.AWAITING_PAYEE


def test_what_a_statement_shows_has_not_failed(http: MoneyHttp) -> None:
    world = http.world
    lost(http)
    payout = world.payout(CASE)
    line = {
        "key": payout.key,
        "reference": "R1",
        "amount": str(payout.amount.amount),
        "currency": payout.amount.currency,
        "booked_on": world.now.date().isoformat(),
        "is_return": False,
        "reason": "",
    }
    world.records.put("lines#wechat_pay", f"{world.now.date()}#R1#out#{payout.key}", line)
    world.advance(timedelta(days=31))

    assert declare(http, "finance:anna", "failure", 409)["code"] == "payout_may_still_pay"


def test_who_may_not_pay_declares_nothing_and_says_why_in_any_case(http: MoneyHttp) -> None:
    lost(http)
    http.world.advance(timedelta(days=31))
    path = f"/v1/staff/cases/{CASE}/payouts/{http.world.payout(CASE).id}/failure"

    declare(http, "agent:max", "failure", 403)
    for body in ({**SAID, "evidence": " "}, {"reason": "x"}):
        http.staff("finance:anna", "POST", path, body, expect=422)


def test_a_statement_that_stays_away_is_raised_once_and_settles_itself_when_it_comes() -> None:
    world = MoneyWorld()
    world.settle(CASE, "alipay")
    world.reconcile()

    def missing() -> list[tuple[object, object]]:
        rows = open_differences(world.records)
        return [(row["rail"], row["key"]) for row in rows if row["kind"] == "no_statement"]

    world.elsewhere["alipay"] = lambda _: None
    first = date.fromisoformat(str(world.records.read("first_statements")[0]["day"]))
    world.advance(timedelta(days=2))
    world.reconcile()
    assert missing() == []  # it may still come

    world.advance(timedelta(days=2))
    world.reconcile()
    world.reconcile()
    assert ("alipay", (first + timedelta(days=1)).isoformat()) in missing()
    assert all(rail == "alipay" for rail, _ in missing())

    world.elsewhere.clear()
    world.advance(timedelta(hours=1))
    world.reconcile()
    assert missing() == []
