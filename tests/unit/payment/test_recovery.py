"""Claims against third parties, coupons, limits and payees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment import recovery
from amends.domain.payment.coupon import Coupon, CouponExpired, CouponSpent, lapse, redeem
from amends.domain.payment.ledger import is_balanced, trial_balance
from amends.domain.payment.limits import Hold, Intent, Policy, Spent, hold
from amends.domain.payment.payee import (
    BadPayee,
    alipay_account,
    cn_account,
    has_check_digit,
    mask,
    wechat_account,
)
from amends.domain.payment.rail import RailLimits
from amends.domain.payment.recovery import Debtor, Recovery, RecoveryState, WindowClosed
from amends.domain.refusal import Invalid, OutOfOrder

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
STAFF = Occasion(at=AT, by="staff:1", because="test")
CLAIM = Recovery(
    id="rec_1",
    case_id="case_1",
    debtor=Debtor.SUBCONTRACTOR,
    amount=Money.of("100.00", "CNY"),
    form="claims desk by e-mail",
    file_by=date(2026, 3, 31),
    reply_within=timedelta(days=30),
)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.mark.requirement("004-20")
def test_a_claim_is_filed_owned_to_in_part_paid_in_parts_and_the_books_follow() -> None:
    filed = recovery.file(CLAIM, STAFF)
    assert filed
    assert filed.recovery.reply_due_at == AT + timedelta(days=30)
    assert recovery.file(filed.recovery, STAFF) is None
    owned = recovery.acknowledge(filed.recovery, cny("60.00"), STAFF)
    assert owned
    first = recovery.receive(owned.recovery, cny("40.00"), STAFF, part=1)
    assert first
    assert first.recovery.state is RecoveryState.PARTLY_PAID
    assert recovery.receive(first.recovery, cny("40.00"), STAFF, part=1) is None
    with pytest.raises(Invalid):
        recovery.receive(first.recovery, cny("20.01"), STAFF, part=2)
    last = recovery.receive(first.recovery, cny("20.00"), STAFF, part=2)
    assert last
    assert last.recovery.state is RecoveryState.SETTLED
    balance = trial_balance([*owned.entries, *first.entries, *last.entries])
    assert is_balanced(balance)
    assert balance["recoverable", "CNY"] == 0
    assert balance["compensation_expense", "CNY"] == -6000


def test_after_the_window_no_claim_is_filed() -> None:
    late = Occasion(at=AT + timedelta(days=40), by="staff:1", because="test")
    with pytest.raises(WindowClosed):
        recovery.file(CLAIM, late)


def test_a_write_off_takes_two_people_and_only_what_is_outstanding() -> None:
    filed = recovery.file(CLAIM, STAFF)
    assert filed
    owned = recovery.acknowledge(filed.recovery, cny("60.00"), STAFF)
    assert owned
    with pytest.raises(OutOfOrder):
        recovery.write_off(owned.recovery, STAFF, asked_by="staff:1", why="insolvent")
    gone = recovery.write_off(owned.recovery, STAFF, asked_by="staff:2", why="insolvent")
    assert gone
    assert sum(entry.minor for entry in gone.entries if entry.account == "recoverable") == -6000
    assert recovery.write_off(gone.recovery, STAFF, asked_by="staff:2", why="again") is None


def test_a_denied_claim_says_why_and_books_nothing() -> None:
    filed = recovery.file(CLAIM, STAFF)
    assert filed
    denied = recovery.deny(filed.recovery, reason="force majeure shown")
    assert denied
    assert denied.entries == ()
    gone = recovery.write_off(denied.recovery, STAFF, asked_by="staff:2", why="not worth a suit")
    assert gone
    assert gone.entries == ()


@pytest.mark.requirement("004-48")
def test_a_coupon_is_used_once_and_expires() -> None:
    coupon = Coupon(key="K", amount=cny("10.00"), expires_at=AT + timedelta(days=30))
    used = redeem(coupon, order="SO-1", at=AT)
    assert used
    assert redeem(used, order="SO-1", at=AT) is None
    with pytest.raises(CouponSpent):
        redeem(used, order="SO-2", at=AT)
    with pytest.raises(CouponExpired):
        redeem(coupon, order="SO-2", at=coupon.expires_at)
    assert lapse(coupon, at=AT) is None
    assert lapse(used, at=coupon.expires_at) is None
    assert lapse(coupon, at=coupon.expires_at)


RAIL = RailLimits(
    smallest=cny("0.10"),
    largest=cny("200.00"),
    per_payee_day=cny("300.00"),
    per_day=cny("1000.00"),
    name_from=cny("150.00"),
    source="test",
)
POLICY = Policy(currency="CNY", per_operator_day=cny("500.00"), budget=cny("900.00"))
INTENT = Intent(
    key="K1", payee="p1", operator="staff:1", amount=cny("100.00"), on=AT.date(), has_name=True
)


def spent(key: str, amount: str, **other: object) -> Spent:
    row = Spent(key=key, payee="p9", operator="staff:9", amount=cny(amount), on=AT.date())
    return replace(row, **other)  # type: ignore[arg-type]  # fields by name, checked by the dataclass


@pytest.mark.parametrize(
    ("intent", "policy", "rows", "why"),
    [
        (INTENT, POLICY, [], None),
        (INTENT, replace(POLICY, is_off=True), [], Hold.SWITCHED_OFF),
        (replace(INTENT, amount=Money.of("1.00", "EUR")), POLICY, [], Hold.WRONG_CURRENCY),
        (replace(INTENT, amount=cny("0.09")), POLICY, [], Hold.BELOW_SMALLEST),
        (replace(INTENT, amount=cny("200.01")), POLICY, [], Hold.ABOVE_LARGEST),
        (
            replace(INTENT, amount=cny("150.00"), has_name=False),
            POLICY,
            [],
            Hold.NAME_NEEDED,
        ),
        (INTENT, POLICY, [spent("K2", "200.01", payee="p1")], Hold.PAYEE_DAY),
        (INTENT, POLICY, [spent("K1", "300.00", payee="p1")], None),
        (INTENT, POLICY, [spent("K2", "400.01", operator="staff:1")], Hold.OPERATOR_DAY),
        (INTENT, POLICY, [spent("K2", "900.01")], Hold.RAIL_DAY),
        (INTENT, POLICY, [spent("K2", "800.01", on=date(2026, 3, 1))], Hold.BUDGET),
    ],
)
def test_a_payout_beyond_a_limit_waits_and_says_why(
    intent: Intent, policy: Policy, rows: list[Spent], why: Hold | None
) -> None:
    assert hold(intent, policy=policy, rail=RAIL, spent=rows) is why


@pytest.mark.parametrize(
    "method",
    [
        {"account": "6222020200112233445", "cnaps": "10210000", "name": "王小明"},
        {"account": "622", "cnaps": "102100099996", "name": "王小明"},
        {"account": "6222020200112233445", "cnaps": "102100099996"},
    ],
)
def test_a_chinese_account_needs_its_digits_its_branch_and_a_name(method: dict[str, str]) -> None:
    with pytest.raises(BadPayee):
        cn_account(method)


# Branches as published: state, policy, joint-stock, city, rural and cooperative banks.
BRANCHES = (
    "102100099996 103100000026 104100000004 105100000017 301290000007 302100011000 303100000006 "
    "306731002546 309391000011 313261000018 313522004113 313651027012 318110000014 402584009991 "
    "402795602394 402873300213 403100000004 313227600155 306306004210 313655091983"
)


@pytest.mark.requirement("004-20")
def test_a_branchs_number_keeps_its_check_digit_and_no_slip_of_one_digit_does() -> None:
    for number in BRANCHES.split():
        assert has_check_digit(number), number
        for place in range(12):
            for digit in "0123456789":
                slip = number[:place] + digit + number[place + 1 :]
                assert has_check_digit(slip) is (slip == number), slip
    with pytest.raises(BadPayee, match="check digit"):
        cn_account({"account": "6222020200112233445", "cnaps": "102100099997", "name": "王"})


def test_payees_are_read_and_masked() -> None:
    payee = cn_account(
        {"account": "6222 0202 0011 2233 445", "cnaps": "102100099996", "name": "王"}
    )

    assert payee.masked == "****3445"
    assert "6222" not in repr(payee)
    assert alipay_account({"account": "2088102146225135"}).account == "2088102146225135"
    assert wechat_account({"openid": "o-MYE42l80oelYMDE34nYD456Xoy"}).name == ""
    assert mask("wang@example.com") == "w***@example.com"
    assert mask("1234") == "****"
    for bad in ({"account": "13800138000"}, {"account": "no"}):
        with pytest.raises(BadPayee):
            alipay_account(bad)
