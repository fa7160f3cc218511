"""The books can be read, exported and closed."""

import json

import pytest

from amends.domain.case.agreement.settlement import do_extra
from amends.domain.case.state.agreement import Part
from amends.domain.case.vocabulary import Remedy
from amends.service.amend import amend
from tests.acceptance.money_control.names import CASE, DAY, MONEY
from tests.support.money_http import MoneyHttp


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


@pytest.mark.requirement("002-15", "004-48")
def test_every_account_that_a_case_can_book_on_stands_in_the_balance(http: MoneyHttp) -> None:
    world = http.world
    beside = [
        Part(remedy=remedy, amount=world.money("20.00"))
        for remedy in (Remedy.COUPON, Remedy.SERVICE_EXTENSION, Remedy.REDELIVERY)
    ]
    world.offered(CASE, world.money("100.00"), beside=beside)
    world.accept(CASE, "alipay")
    world.go_on(CASE)
    on = world.occasion("staff:adjuster")
    amend(world.cases, CASE, on, lambda case: do_extra(case, Remedy.REDELIVERY, "by hand"))

    balance = http.staff("finance:anna", "GET", f"{MONEY}/trial-balance")

    rows = {row["account"]: row["balance"]["amount"] for row in balance["data"]}
    assert rows["done_by_hand"] == "-20.00"
    assert set(rows) == {entry.account for entry in world.cases.entries}
    assert balance["is_balanced"] is True
    world.advance(3 * DAY)
    today = (world.now - 3 * DAY).date().isoformat()
    http.staff("finance:anna", "POST", f"{MONEY}/periods", {"through": today}, expect=201)


def test_what_is_learned_after_a_close_is_booked_after_it(http: MoneyHttp) -> None:
    world = http.world
    key = world.settle(CASE, "alipay").key
    world.advance(3 * DAY)
    through = (world.now - 2 * DAY).date()
    path = f"{MONEY}/periods"
    http.staff("finance:anna", "POST", path, {"through": through.isoformat()}, expect=201)

    world.alipay.settle(key, state="REFUND")  # it came back days ago, and is heard of now
    world.reconcile()

    back = [entry for entry in world.cases.entries if entry.transaction.endswith(":returned")]
    assert back
    assert all(entry.booked_at.date() > through for entry in back)
    closed = http.staff("finance:anna", "GET", f"{MONEY}/trial-balance?to={through}")
    assert closed["entries"] == 4
