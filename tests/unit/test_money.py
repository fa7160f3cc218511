"""Money is exact."""

from decimal import Decimal

import pytest

from amends.domain.money import BadMoney, CurrencyMismatch, Money


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "1e20", "12.345", "twelve", ""])
def test_what_nobody_could_pay_is_refused(bad: str) -> None:
    with pytest.raises(BadMoney):
        Money.of(bad, "CNY")


def test_special_drawing_rights_keep_every_digit() -> None:
    assert Money.of("54.4012345", "XDR").amount == Decimal("54.4012345")


def test_rounding_is_half_up_to_the_digits_of_the_currency() -> None:
    assert str(Money.rounded(Decimal("0.125"), "CNY")) == "0.13 CNY"
    assert str(Money.rounded(Decimal("0.5"), "JPY")) == "1 JPY"


def test_two_currencies_do_not_add_up() -> None:
    with pytest.raises(CurrencyMismatch):
        Money.of(1, "CNY") + Money.of(1, "EUR")
