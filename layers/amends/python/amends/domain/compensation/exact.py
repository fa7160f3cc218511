"""Exact: an amount on its way to the sum, not rounded yet."""

from dataclasses import dataclass
from decimal import Decimal

from amends.domain.compensation.assessment import shown
from amends.domain.money import XDR, Money


@dataclass(frozen=True, slots=True)
class Exact:
    """An amount that is not rounded yet."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        digits = self.amount if self.currency == XDR else Money.rounded(*self.parts).amount
        return f"{shown(digits, self.currency)} {self.currency}"

    @property
    def parts(self) -> tuple[Decimal, str]:
        """Amount and currency."""
        return self.amount, self.currency

    @classmethod
    def of(cls, money: Money) -> "Exact":
        """The same amount, ready to be worked with."""
        return cls(money.amount, money.currency)

    def times(self, factor: Decimal | int) -> "Exact":
        """A multiple, unrounded."""
        return Exact(self.amount * factor, self.currency)
