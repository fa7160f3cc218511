"""An offer of money, a coupon and goods sent again: each part is carried out for itself."""

from datetime import timedelta

import pytest

from amends.domain.case.agreement.settlement import do_extra
from amends.domain.case.agreement.state import Part
from amends.domain.case.events import ExtraDone
from amends.domain.case.state import PayoutState
from amends.domain.case.vocabulary import Remedy, Stage, Status
from amends.domain.payment import ledger
from amends.domain.refusal import OutOfOrder
from amends.service.amend import amend
from amends.web.agreement_view import settlement_document
from simulators.gateways.book import Fault
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

CASE = "case_1"


@pytest.fixture
def http() -> MoneyHttp:
    return MoneyHttp()


@pytest.fixture
def world(http: MoneyHttp) -> MoneyWorld:
    return http.world


def agree(world: MoneyWorld, **beside: str) -> None:
    parts = [Part(remedy=Remedy(name), amount=world.money(worth)) for name, worth in beside.items()]
    world.offered(CASE, world.money("100.00"), beside=parts)
    world.accept(CASE, "alipay")
    world.go_on(CASE)


def retry_path(world: MoneyWorld, part: Remedy) -> str:
    (failed,) = world.cases.load(CASE).payouts_of(part)
    return f"/v1/staff/cases/{CASE}/payouts/{failed.id}/retry"


@pytest.mark.requirement("004-48", "002-12", "001-9")
def test_money_a_coupon_and_goods_go_their_own_ways_and_then_the_case_is_settled(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    agree(world, coupon="20.00", reshipment="88.00")

    case = world.cases.load(CASE)
    rows = {row["rail"]: row for row in http.claimant(CASE)}
    assert {name: row["status"] for name, row in rows.items()} == dict.fromkeys(
        ("alipay", "coupon", "reshipment"), "succeeded"
    )
    assert (rows["alipay"]["part"], rows["coupon"]["part"]) == (None, "coupon")
    assert rows["coupon"]["coupon_code"]
    assert len({payout.key for payout in case.payouts}) == 3
    assert (case.stage, case.status) == (Stage.FOLLOWING_UP, Status.SETTLED)
    (bill,) = world.books["reshipment"].bills.values()
    assert bill.payee == case.report.shipment.order_reference
    balance = ledger.trial_balance(world.cases.entries)
    assert balance[ledger.EXPENSE, "CNY"] == 20_800
    assert balance[ledger.PAYABLE, "CNY"] == 0


@pytest.mark.requirement("004-48")
def test_what_fails_alone_is_shown_and_tried_again_alone(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    agree(world, coupon="20.00", reshipment="88.00")

    case = world.cases.load(CASE)
    assert (case.stage, case.status) == (Stage.SETTLING, Status.RESHIPPING)
    shown = {row["part"]: row["status"] for row in http.claimant(CASE)}
    assert shown == {None: "succeeded", "coupon": "succeeded", "reshipment": "rejected"}
    listed = http.staff("finance:anna", "GET", "/v1/staff/payouts?status=rejected")["data"]
    assert [row["part"] for row in listed] == ["reshipment"]
    path = retry_path(world, Remedy.RESHIPMENT)
    http.staff("adjuster:max", "POST", path, {}, expect=403)

    again = http.staff("finance:anna", "POST", path, {}, expect=201)
    repeated = http.staff("finance:anna", "POST", path, {}, expect=201)
    assert (again["part"], again["status"]) == ("reshipment", "requested")
    assert repeated["id"] == again["id"]
    world.drain()
    assert world.cases.load(CASE).payouts[-1].held == "quiet"  # a late copy may still come
    world.advance(timedelta(hours=1))
    world.sweep()

    case = world.cases.load(CASE)
    assert [payout.state for payout in case.payouts_of(Remedy.RESHIPMENT)] == [
        PayoutState.REJECTED,
        PayoutState.SUCCEEDED,
    ]
    assert len(case.payouts_of(None)) == len(case.payouts_of(Remedy.COUPON)) == 1
    assert case.stage is Stage.FOLLOWING_UP


def test_the_money_that_fails_is_chosen_again_and_what_came_beside_it_is_not_given_twice(
    world: MoneyWorld,
) -> None:
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    agree(world, coupon="20.00")
    case = world.cases.load(CASE)
    assert (case.stage, case.is_paid) == (Stage.NEGOTIATING, False)
    assert case.has_paid(Remedy.COUPON)

    world.advance(timedelta(hours=1))
    world.accept(CASE, "refund")
    world.go_on(CASE)

    case = world.cases.load(CASE)
    assert case.is_fulfilled
    assert case.stage is Stage.FOLLOWING_UP
    assert len(case.payouts_of(Remedy.COUPON)) == 1
    assert ledger.trial_balance(world.cases.entries)[ledger.PAYABLE, "CNY"] == 0


def test_what_has_no_rail_is_done_by_a_person_and_booked(world: MoneyWorld) -> None:
    agree(world, redelivery="12.00")
    document = settlement_document(world.cases.load(CASE))
    assert document is None  # the money world writes no terms; the state tells it all
    assert world.cases.load(CASE).stage is Stage.SETTLING

    on = world.occasion("staff:anna")
    amend(world.cases, CASE, on, lambda case: do_extra(case, Remedy.REDELIVERY, "RR2"))

    assert world.cases.load(CASE).stage is Stage.FOLLOWING_UP
    balance = ledger.trial_balance(world.cases.entries)
    assert (balance[ledger.BY_HAND, "CNY"], balance[ledger.PAYABLE, "CNY"]) == (-1_200, 0)


def test_a_person_does_not_do_what_a_rail_may_still_do_and_may_once_it_has_refused(
    world: MoneyWorld,
) -> None:
    world.books["reshipment"].expect([Fault.TIMEOUT_AFTER])
    agree(world, reshipment="88.00")
    with pytest.raises(OutOfOrder, match="underway"):
        do_extra(world.cases.load(CASE), Remedy.RESHIPMENT, "by courier")

    other = MoneyWorld()
    other.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    agree(other, reshipment="88.00")
    assert do_extra(other.cases.load(CASE), Remedy.RESHIPMENT, "by courier") == [
        ExtraDone(remedy=Remedy.RESHIPMENT, reference="by courier")
    ]


def test_goods_that_the_merchant_takes_back_are_owed_again(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    from amends.domain.case.money.paying import note_return

    agree(world, reshipment="88.00")
    (sent,) = world.cases.load(CASE).payouts_of(Remedy.RESHIPMENT)
    on = world.occasion("rail:reshipment")
    amend(world.cases, CASE, on, lambda case: note_return(case, sent.id, "undone"))

    case = world.cases.load(CASE)
    assert (case.stage, case.status) == (Stage.SETTLING, Status.RESHIPPING)
    world.advance(timedelta(hours=1))
    http.staff("finance:anna", "POST", retry_path(world, Remedy.RESHIPMENT), {}, expect=201)
    world.drain()
    assert world.cases.load(CASE).is_fulfilled
    assert ledger.trial_balance(world.cases.entries)[ledger.PAYABLE, "CNY"] == 0
