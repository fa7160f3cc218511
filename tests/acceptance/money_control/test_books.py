"""The books can be read, exported and closed."""

import json

import pytest

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
