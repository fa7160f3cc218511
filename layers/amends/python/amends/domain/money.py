"""Money: exact amounts in ISO 4217 currencies, and in special drawing rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Self

from amends.domain.refusal import Invalid

# ISO 4217 minor units that differ from two, list one of 2024-06-25.
_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
         "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip
_TWO_DIGITS = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG".split()
)
XDR = "XDR"
_LARGEST = Decimal(10) ** 15


class BadMoney(Invalid):
    """An amount or currency that no one could pay."""

    code = "bad_money"


class CurrencyMismatch(Invalid):
    """Two currencies in one sum: convert first, at a dated rate."""

    code = "currency_mismatch"


def digits_of(currency: str) -> int | None:
    """Decimal places of a currency; None for XDR, which has no minor unit and is never rounded."""
    if currency == XDR:
        return None
    if currency in _DIGITS:
        return _DIGITS[currency]
    if currency in _TWO_DIGITS:
        return 2
    raise BadMoney(f"{currency!r} is not a currency of ISO 4217")


@dataclass(frozen=True, slots=True, kw_only=True, order=False)
class Money:
    """An exact amount; never more digits than its currency has, except XDR, which keeps all."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        digits = digits_of(self.currency)
        if not self.amount.is_finite() or abs(self.amount) >= _LARGEST:
            raise BadMoney("an amount is a finite number below 10^15")
        if digits is not None and self.amount != round(self.amount, digits):
            raise BadMoney(f"{self.amount} has more digits than {self.currency} carries")

    @classmethod
    def of(cls, amount: str | Decimal | int, currency: str) -> Self:
        """Exact money from a decimal string such as `"12.30"`; refuses NaN and excess digits."""
        try:
            exact = Decimal(amount)
        except (InvalidOperation, ValueError) as error:
            raise BadMoney(f"{str(amount)[:40]!r} is not a decimal amount") from error
        digits = digits_of(currency)
        if exact.is_finite() and digits is not None and abs(exact) < _LARGEST:
            exact = exact.quantize(Decimal(1).scaleb(-digits)) if (
                exact == round(exact, digits)) else exact  # fmt: skip
        return cls(amount=exact, currency=currency)

    @classmethod
    def rounded(cls, amount: Decimal, currency: str) -> Self:
        """Round half-up, once, to the currency's digits; XDR is kept exact."""
        digits = digits_of(currency)
        if digits is None:
            return cls(amount=amount, currency=currency)
        return cls(
            amount=amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP),
            currency=currency,
        )

    @classmethod
    def from_minor(cls, minor: int, currency: str) -> Self:
        """Money from whole minor units (fen, cents); XDR has none and is refused."""
        digits = digits_of(currency)
        if digits is None:
            raise BadMoney("XDR has no minor unit")
        return cls.of(Decimal(minor).scaleb(-digits), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Nothing, in that currency."""
        return cls.of(0, currency)

    @property
    def minor(self) -> int:
        """Whole minor units: fen, cents, yen."""
        digits = digits_of(self.currency)
        if digits is None:
            raise BadMoney("XDR has no minor unit")
        return int(self.amount.scaleb(digits))

    @property
    def is_zero(self) -> bool:
        """Whether there is nothing."""
        return self.amount == 0

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money.of(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money.of(self.amount - other.amount, self.currency)

    def __neg__(self) -> "Money":
        return Money.of(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount <= other.amount

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add up")


def worth_of(lines: Iterable[tuple[Money | None, int]]) -> Money | None:
    """So many pieces of so much each; None where one is not said, or currencies differ."""
    values: list[Money] = []
    for unit, quantity in lines:
        if unit is None:
            return None
        values.append(Money.of(unit.amount * quantity, unit.currency))
    if len({value.currency for value in values}) != 1:
        return None
    return sum(values[1:], values[0])
