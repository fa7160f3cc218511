"""An offer of money, a coupon and goods sent again: each part is carried out for itself."""

from datetime import timedelta

import pytest

from amends.domain.case.agreement.settlement import do_extra
from amends.domain.case.events import ExtraDone
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Remedy, Stage, Status
from amends.domain.payment import ledger
from amends.domain.refusal import OutOfOrder
from amends.service.amend import amend
from amends.web.agreement_view import settlement_document
from simulators.gateways.book import Fault
from tests.acceptance.money_control.names import CASE
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld


def retry_path(world: MoneyWorld, part: Remedy) -> str:
    (failed,) = world.cases.load(CASE).payouts_of(part)
    return f"/v1/staff/cases/{CASE}/payouts/{failed.id}/retry"


@pytest.mark.requirement("004-48", "002-12", "001-9")
def test_money_a_coupon_and_goods_go_their_own_ways_and_then_the_case_is_settled(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.mix(CASE, coupon="20.00", reshipment="88.00")

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
    world.mix(CASE, coupon="20.00", reshipment="88.00")

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
    world.mix(CASE, coupon="20.00")
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
    world.mix(CASE, redelivery="12.00")
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
    world.mix(CASE, reshipment="88.00")
    with pytest.raises(OutOfOrder, match="underway"):
        do_extra(world.cases.load(CASE), Remedy.RESHIPMENT, "by courier")

    other = MoneyWorld()
    other.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    other.mix(CASE, reshipment="88.00")
    assert do_extra(other.cases.load(CASE), Remedy.RESHIPMENT, "by courier") == [
        ExtraDone(remedy=Remedy.RESHIPMENT, reference="by courier")
    ]


def test_goods_that_the_merchant_takes_back_are_owed_again(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    from amends.domain.case.money.paying import note_return

    world.mix(CASE, reshipment="88.00")
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


def turn(
    http: MoneyHttp, remedy: str, *, who: str = "adjuster:max", expect: int = 201
) -> dict[str, object]:
    """The adjuster pays in money what cannot be done, as the claimant agreed."""
    body = {"reason": "sold out", "consent": "by phone, 24 November"}
    path = f"/v1/staff/cases/{CASE}/extras/{remedy}/money"
    told: dict[str, object] = http.staff(who, "POST", path, body, expect=expect)
    return told


@pytest.mark.requirement("004-48", "002-12", "001-9")
def test_goods_that_cannot_be_sent_are_paid_in_money_once(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    world.mix(CASE, coupon="20.00", reshipment="88.00")
    turn(http, "reshipment", who="agent:ann", expect=403)
    world.advance(timedelta(hours=1))

    paid = turn(http, "reshipment")
    assert (paid["part"], paid["rail"], paid["status"]) == ("reshipment", "alipay", "requested")
    assert paid["amount"] == {"amount": "88.00", "currency": "CNY"}
    assert world.cases.load(CASE).status is Status.PAYING
    assert turn(http, "reshipment", expect=409)["code"] == "out_of_order"
    world.drain()
    world.sweep()

    case = world.cases.load(CASE)
    assert case.is_fulfilled
    assert case.stage is Stage.FOLLOWING_UP
    bills = world.books["alipay"].bills.values()
    assert sorted(bill.fen for bill in bills) == [8_800, 10_000]
    assert len({bill.payee for bill in bills}) == 1
    balance = ledger.trial_balance(world.cases.entries)
    assert balance["cash:alipay", "CNY"] == -18_800
    assert balance[ledger.PAYABLE, "CNY"] == 0
    assert balance[ledger.EXPENSE, "CNY"] == 20_800
    assert turn(http, "reshipment", expect=409)["code"] == "out_of_order"


@pytest.mark.requirement("002-15")
def test_money_instead_waits_for_a_second_person_above_the_limit_and_who_turned_it_is_none(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    world.mix(CASE, reshipment="88.00")
    world.settings["four_eyes_above"] = {"CNY": "50.00"}
    world.advance(timedelta(hours=1))

    paid = turn(http, "reshipment", who="supervisor:sue")
    world.drain()
    assert world.cases.load(CASE).payouts[-1].held == "needs_approval"
    approval = f"/v1/staff/cases/{CASE}/payouts/{paid['id']}/approval"
    refused = http.staff("supervisor:sue", "POST", approval, {}, expect=409)
    assert refused["code"] == "payout_not_approved"
    http.staff("finance:anna", "POST", approval, {})
    world.drain()

    assert world.cases.load(CASE).is_fulfilled


def test_nothing_is_turned_to_money_that_may_still_be_done_or_has_no_proved_account(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.books["reshipment"].expect([Fault.TIMEOUT_AFTER])
    world.mix(CASE, reshipment="88.00")
    assert "underway" in str(turn(http, "reshipment", expect=409)["detail"])
    turn(http, "coupon", expect=404)
    turn(http, "flowers", expect=422)

    other = MoneyHttp()
    other.world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    other.world.books["reshipment"].expect([Fault.PAYEE_UNKNOWN])
    other.world.mix(CASE, reshipment="88.00")
    assert "not proved" in str(turn(other, "reshipment", expect=409)["detail"])


def test_what_a_person_was_to_do_can_be_paid_instead_and_a_payment_that_fails_is_tried_again(
    http: MoneyHttp, world: MoneyWorld
) -> None:
    world.mix(CASE, redelivery="30.00")
    world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    turn(http, "redelivery")
    world.drain()
    (failed,) = world.cases.load(CASE).payouts_of(Remedy.REDELIVERY)
    assert failed.state is PayoutState.REJECTED

    world.advance(timedelta(hours=1))
    path = retry_path(world, Remedy.REDELIVERY)
    again = http.staff("finance:anna", "POST", path, {}, expect=201)
    world.drain()

    assert again["rail"] == "alipay"
    assert world.cases.load(CASE).is_fulfilled
    assert ledger.trial_balance(world.cases.entries)["cash:alipay", "CNY"] == -13_000
