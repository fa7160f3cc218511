"""Of the cases of one parcel one pays; who came to nothing holds nobody up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from amends.domain.case.events import CaseClosed
from amends.domain.case.state.agreement import Part
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.case.vocabulary import Outcome, Remedy
from amends.service.amend import amend
from amends.service.money.rail_desk import counter
from simulators.gateways.book import Fault
from tests.acceptance.money_control.names import CASE, DAY, MONEY
from tests.support.money_fakes import parcel_of
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

FIRST = "case_lost"
QUIET = timedelta(minutes=16)


def of_the_same_parcel(world: MoneyWorld, case_id: str = CASE, rail: str = "alipay") -> CasePayout:
    """Another case of the first one's parcel asks for its money."""
    world.offered(case_id, world.money("12.30"), parcel=parcel_of(FIRST))
    world.accept(case_id, rail)
    return world.go_on(case_id)


def at(case_id: str, world: MoneyWorld, what: str) -> str:
    return f"/v1/staff/cases/{case_id}/payouts/{world.payout(case_id).id}/{what}"


def refused(http: MoneyHttp) -> None:
    http.world.alipay.book.expect([Fault.PAYEE_UNKNOWN])
    assert http.world.settle(FIRST, "alipay").state is PayoutState.REJECTED


def declared_failed(http: MoneyHttp) -> None:
    world = http.world
    world.wechat_pay.book.expect([Fault.TIMEOUT_BEFORE])
    world.settle(FIRST, "wechat_pay")
    switch = f"{MONEY}/rails/wechat_pay/switch"
    http.staff("finance:anna", "POST", switch, {"is_off": True, "reason": "an outage"})
    world.advance(timedelta(days=31))
    said = {"reason": "unknown for a month", "evidence": "letter 7"}
    http.staff("finance:anna", "POST", at(FIRST, world, "failure"), said)
    http.staff("supervisor:ben", "POST", at(FIRST, world, "failure/approval"), {})


def called_back_by_its_payee(http: MoneyHttp) -> None:
    world = http.world
    assert world.settle(FIRST, "wechat_pay").state is PayoutState.AWAITING_PAYEE
    path = at(FIRST, world, "cancellation")
    http.staff("finance:anna", "POST", path, {"reason": "the wrong account"})
    world.advance(timedelta(hours=2))
    world.sweep()


def withdrawn_before_it_was_sent(http: MoneyHttp) -> None:
    http.world.settings["four_eyes_above"] = {"CNY": "12.00"}
    assert http.world.settle(FIRST, "alipay").held == "needs_approval"
    path = at(FIRST, http.world, "cancellation")
    http.staff("finance:anna", "POST", path, {"reason": "it is not owed"})
    del http.world.settings["four_eyes_above"]


def closed_without_pay(http: MoneyHttp) -> None:
    refused(http)
    world, closed = http.world, CaseClosed(outcome=Outcome.DECLINED)  # as by a dismissed appeal
    amend(world.cases, FIRST, world.occasion(), lambda _: [closed])


def came_back(http: MoneyHttp) -> None:
    payout = http.world.settle(FIRST, "alipay")
    http.world.alipay.settle(payout.key, state="REFUND")
    http.world.advance(2 * DAY)
    http.world.reconcile()


NOTHING: list[Callable[[MoneyHttp], None]] = [
    refused,
    declared_failed,
    called_back_by_its_payee,
    withdrawn_before_it_was_sent,
    closed_without_pay,
    came_back,
]


@pytest.mark.requirement("002-15", "004-48")
def test_a_parcel_that_another_case_pays_for_waits_for_a_second_person(http: MoneyHttp) -> None:
    world = http.world
    assert world.settle(FIRST, "alipay").state is PayoutState.SUCCEEDED
    (paid,) = world.alipay.book.bills

    held = of_the_same_parcel(world)
    listed = http.staff("finance:anna", "GET", "/v1/staff/payouts?status=paid_elsewhere")

    assert [row["id"] for row in listed["data"]] == [held.id]
    assert list(world.alipay.book.bills) == [paid]

    http.staff("finance:anna", "POST", at(CASE, world, "approval"), {})
    world.drain()

    assert world.payout(CASE).state is PayoutState.SUCCEEDED


def test_a_number_that_is_used_again_years_later_is_another_parcel(world: MoneyWorld) -> None:
    world.settle(FIRST, "alipay")
    world.advance(timedelta(days=366))

    assert of_the_same_parcel(world).state is PayoutState.SUCCEEDED


@pytest.mark.requirement("002-15")
@pytest.mark.parametrize("comes_to_nothing", NOTHING, ids=lambda how: how.__name__)
def test_a_payment_that_came_to_nothing_holds_nobody_up(
    http: MoneyHttp, comes_to_nothing: Callable[[MoneyHttp], None]
) -> None:
    comes_to_nothing(http)
    http.world.advance(QUIET)

    assert of_the_same_parcel(http.world).state is PayoutState.SUCCEEDED
    assert len(http.world.alipay.book.bills) == 1 + (comes_to_nothing is came_back)


def test_what_was_held_for_a_payment_goes_out_by_itself_once_that_has_failed(
    http: MoneyHttp,
) -> None:
    world = http.world
    world.alipay.book.expect([Fault.SLOW])
    first = world.settle(FIRST, "alipay")
    assert of_the_same_parcel(world, rail="refund").held == "paid_elsewhere"

    world.alipay.settle(first.key, state="FAIL")
    world.advance(QUIET)
    world.again(FIRST)
    assert world.payout(FIRST).state is PayoutState.REJECTED
    world.again(CASE)
    assert world.payout(CASE).held == "paid_elsewhere"  # a copy may be on its way

    world.advance(QUIET)
    world.again(CASE)
    assert world.payout(CASE).state is PayoutState.SUCCEEDED


def test_who_tries_again_after_another_case_was_paid_waits_in_turn(http: MoneyHttp) -> None:
    world = http.world
    refused(http)
    world.advance(QUIET)
    of_the_same_parcel(world)

    world.accept(FIRST, "refund")
    world.go_on(FIRST)

    assert world.payout(FIRST).held == "paid_elsewhere"
    assert not world.shops["refund"].book.bills


def test_a_rail_that_paid_after_its_no_is_heard_before_anybody_else_is_paid(
    http: MoneyHttp,
) -> None:
    world = http.world
    refused(http)
    world.advance(QUIET)
    case = world.cases.load(FIRST)
    counter(case, case.payouts[0], world.treasury(), world.occasion()).pay()  # a late copy

    assert of_the_same_parcel(world, rail="refund").held == "paid_elsewhere"
    assert world.payout(FIRST).state is PayoutState.SUCCEEDED


@pytest.mark.parametrize("lost", ["payee", "rail"])
def test_whom_nobody_can_ask_about_stays_with_a_second_person(http: MoneyHttp, lost: str) -> None:
    world = http.world
    refused(http)
    world.advance(QUIET)
    if lost == "payee":
        world.contacts.put(FIRST, "payee:1", {})
    else:
        del world.settings["rails"]["alipay"]

    assert of_the_same_parcel(world, rail="refund").held == "paid_elsewhere"


def test_who_approves_an_amount_is_told_first_that_the_parcel_is_paid_for(http: MoneyHttp) -> None:
    world = http.world
    world.settings["four_eyes_above"] = {"CNY": "5.00"}
    world.settle(FIRST, "alipay")
    assert of_the_same_parcel(world).held == "paid_elsewhere"

    http.staff("finance:anna", "POST", at(FIRST, world, "approval"), {})
    world.drain()
    assert of_the_same_parcel(world, "case_third").held == "paid_elsewhere"


def test_whoever_was_paid_with_a_second_persons_consent_holds_the_next_one_too(
    http: MoneyHttp,
) -> None:
    world = http.world
    world.alipay.book.expect([Fault.SLOW])
    first = world.settle(FIRST, "alipay")
    of_the_same_parcel(world)
    http.staff("finance:anna", "POST", at(CASE, world, "approval"), {})
    world.drain()
    world.alipay.settle(first.key, state="FAIL")
    world.advance(QUIET)
    world.again(FIRST)
    world.advance(QUIET)

    assert of_the_same_parcel(world, "case_third").held == "paid_elsewhere"


def test_what_comes_beside_a_payment_needs_the_second_person_as_the_payment_does(
    http: MoneyHttp,
) -> None:
    world = http.world
    world.settle(FIRST, "alipay")
    coupon = Part(remedy=Remedy.COUPON, amount=world.money("5.00"))
    world.offered(CASE, world.money("12.30"), beside=[coupon], parcel=parcel_of(FIRST))
    world.accept(CASE, "alipay")
    world.go_on(CASE)
    assert [one.held for one in world.cases.load(CASE).payouts] == ["paid_elsewhere"] * 2

    http.staff("finance:anna", "POST", at(CASE, world, "approval"), {})
    world.drain()
    world.advance(2 * DAY)
    world.sweep()

    states = {one.part: one.state for one in world.cases.load(CASE).payouts}
    assert states == {None: PayoutState.SUCCEEDED, Remedy.COUPON: PayoutState.REQUESTED}


def test_a_row_of_an_earlier_release_is_read(http: MoneyHttp) -> None:
    world = http.world
    world.settle(FIRST, "alipay")
    row = {"case_id": FIRST, "on": world.now.date().isoformat()}
    world.records.put(f"paid_parcel#{parcel_of(FIRST)}", "case", row)

    assert of_the_same_parcel(world).held == "paid_elsewhere"
