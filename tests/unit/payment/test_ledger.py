"""The books balance, match the rail's, and stay closed once closed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.money import Money
from amends.domain.payment import ledger
from amends.domain.payment.ledger import Entry, Unbalanced
from amends.domain.payment.rail import StatementLine
from amends.domain.payment.reconciliation import DifferenceKind, reconcile

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEN = Money.of("10.00", "CNY")
BOOKINGS = {
    "settled": lambda case, money: ledger.settled(case, f"{case}-s", money, AT),
    "paid": lambda case, money: ledger.paid(case, f"K{case}", "bank", money, AT),
    "returned": lambda case, money: ledger.returned(case, f"K{case}", "bank", money, AT),
    "claimed": lambda case, money: ledger.recovery_claimed(case, f"{case}-r", money, AT),
    "recovered": lambda case, money: ledger.recovered(case, f"{case}-r", money, AT, part=1),
    "written_off": lambda case, money: ledger.written_off(case, f"{case}-r", money, AT),
    "lapsed": lambda case, money: ledger.lapsed(case, f"{case}-c", money, AT),
    "redeemed": lambda case, money: ledger.redeemed(case, f"{case}-c", money, AT),
    "unsettled": lambda case, money: ledger.unsettled(case, f"{case}-s", money, AT),
}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(BOOKINGS)),
            st.sampled_from(["case_1", "case_2"]),
            st.integers(1, 10**9),
            st.sampled_from(["CNY", "EUR", "JPY"]),
        ),
        max_size=20,
    )
)
def test_whatever_is_booked_sums_to_zero_per_transaction_case_and_currency(
    booked: list[tuple[str, str, int, str]],
) -> None:
    entries = [
        entry
        for kind, case, minor, currency in booked
        for entry in BOOKINGS[kind](case, Money.from_minor(minor, currency))
    ]

    ledger.check(entries)
    assert not sum(entry.minor for entry in entries)


def test_booking_twice_is_booking_once() -> None:
    once = ledger.settled("case_1", "set_1", TEN, AT) + ledger.paid("case_1", "K1", "bank", TEN, AT)

    balance = ledger.trial_balance(once + once)

    assert balance == {
        ("cash:bank", "CNY"): -1000,
        ("compensation_expense", "CNY"): 1000,
        ("payable:claimant", "CNY"): 0,
    }
    assert ledger.is_balanced(balance)


def test_half_a_booking_is_refused() -> None:
    with pytest.raises(Unbalanced):
        ledger.check(ledger.settled("case_1", "set_1", TEN, AT)[:1])


def test_a_coupon_is_owed_until_it_is_used() -> None:
    assert ledger.cash("coupon") == ledger.COUPONS
    assert ledger.cash("bank") == "cash:bank"


def shown(
    key: str, amount: str = "10.00", *, is_return: bool = False, ref: str = ""
) -> StatementLine:
    return StatementLine(
        key=key,
        reference=ref or f"ref-{key}-{is_return}",
        amount=Money.of(amount, "CNY"),
        booked_on=AT.date(),
        is_return=is_return,
    )


PAID = ledger.paid("case_1", "K1", "bank", TEN, AT)
BACK = ledger.returned("case_1", "K1", "bank", TEN, AT)


@pytest.mark.parametrize(
    ("entries", "lines", "kinds"),
    [
        (PAID, [shown("K1")], []),
        (PAID, [shown("K1"), shown("K1")], []),
        ((), [shown("K1")], [DifferenceKind.PAID_NOT_BOOKED]),
        (PAID, [], [DifferenceKind.BOOKED_NOT_PAID]),
        (PAID, [shown("K1", "10.01")], [DifferenceKind.AMOUNT]),
        (PAID, [shown("K1"), shown("K1", ref="again")], [DifferenceKind.DUPLICATE]),
        (PAID, [shown("K1"), shown("K1", is_return=True)], [DifferenceKind.RETURNED]),
        (PAID + BACK, [shown("K1"), shown("K1", is_return=True)], []),
        (PAID + BACK, [shown("K1")], [DifferenceKind.RETURN_NOT_SEEN]),
        ((), [shown("", ref="fee-7")], [DifferenceKind.PAID_NOT_BOOKED]),
    ],
)
@pytest.mark.requirement("002-15")
def test_each_way_that_two_books_can_differ_is_told(
    entries: tuple[Entry, ...], lines: list[StatementLine], kinds: list[DifferenceKind]
) -> None:
    found = reconcile(
        rail="bank", entries=entries, lines=lines, through=AT.date() + timedelta(days=3)
    )

    assert [difference.kind for difference in found] == kinds


def test_what_was_booked_today_may_still_be_on_its_way_to_the_statement() -> None:
    assert reconcile(rail="bank", entries=PAID, lines=[], through=AT.date()) == []
