"""Statements and ledger are laid side by side, and every difference is somebody's work."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from amends.domain.case.events import RecoveryPlanned
from amends.domain.case.state.settlement import PayoutState
from amends.service.amend import amend
from amends.service.money.differences import Found, open_differences, raise_to_staff
from tests.acceptance.money_control.names import CASE, DAY, MONEY
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld


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


def is_different(http: MoneyHttp, case_id: str) -> None:
    found = Found(kind="amount", rail="alipay", key=case_id, case_id=case_id)
    raise_to_staff(found, http.world.records, http.world.occasion())


def is_held(http: MoneyHttp, case_id: str) -> None:
    http.world.settings["four_eyes_above"] = {"CNY": "5.00"}
    http.world.settle(case_id, "alipay")


def is_asked_back(http: MoneyHttp, case_id: str) -> None:
    world, code = http.world, f"rcv_{case_id}"
    world.settle(case_id, "alipay")
    plan = RecoveryPlanned(recovery_id=code, party="acme_lines", share="1", basis="contract")
    amend(world.cases, case_id, world.occasion(), lambda _: [plan])
    claim = {
        "debtor": "subcontractor",
        "amount": {"amount": "12.30", "currency": "CNY"},
        "form": "claim letter",
        "file_by": (world.now + 60 * DAY).date().isoformat(),
        "reply_days": 30,
    }
    path = f"/v1/staff/cases/{case_id}/recoveries/{code}/filing"
    http.staff("finance:anna", "POST", path, claim)


@pytest.mark.parametrize(
    ("listed", "begin"),
    [
        (f"{MONEY}/differences", is_different),
        ("/v1/staff/payouts", is_held),
        ("/v1/staff/recoveries", is_asked_back),
    ],
)
def test_every_row_of_a_list_stands_on_one_of_its_pages(
    http: MoneyHttp, listed: str, begin: Callable[[MoneyHttp, str], None]
) -> None:
    for case_id in ("case_1", "case_2", "case_3"):
        begin(http, case_id)

    every = [row["id"] for row in http.staff("finance:anna", "GET", listed)["data"]]
    paged: list[str] = []
    query: str | None = "limit=1"
    while query:
        page = http.staff("finance:anna", "GET", f"{listed}?{query}")
        paged += [row["id"] for row in page["data"]]
        more = {"limit": 1, "cursor": page["next_cursor"]}
        query = urlencode(more) if page["has_more"] else None

    assert (len(every), paged) == (3, every)


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
