"""Insurance: whether the expected loss is worth the premium."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from amends.domain.money import Money

LOSS_AT_HOME = Decimal("0.005")
LOSS_ABROAD = Decimal("0.01")
"""Shares of parcels lost or damaged: `tracking.md` 5.4 takes 1 % as the usual trade figure and
0.2 to 1.5 % as the span; at home half of it, our estimate."""
PREMIUM_RATE = Decimal("0.01")
"""Of the value, where nobody has named a premium: our estimate of what carriers ask."""
_FAIR = Decimal("0.8")
"""A fair premium is a little above the expected loss: the rest is the insurer's cost."""
_DEAR = {"CNY": 700, "EUR": 90, "GBP": 75, "HKD": 750, "JPY": 15_000, "USD": 100}
"""From so much on, one loss hurts more than its mean: about a hundred dollars, our choice."""
_LARGE = 1_000_000


class Advice(StrEnum):
    """What we advise."""

    INSURE = "insure"
    NOT_WORTH_IT = "not_worth_it"
    INSURED = "insured"
    DECLARE_VALUE = "declare_value"
    """Without the value nothing can be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """The advice, and the two amounts it compares; `rate` is the share that is lost."""

    advice: Advice
    expected_loss: Money | None = None
    premium: Money | None = None
    rate: Decimal
    is_premium_assumed: bool = False


def advise(
    value: Money | None,
    *,
    is_abroad: bool,
    insured: Money | None,
    premium: Money | None,
) -> Insurance:
    """Insure what is dear, or where the premium that was named is a fair one."""
    rate = LOSS_ABROAD if is_abroad else LOSS_AT_HOME
    if value is None or not value.amount > 0:
        return Insurance(advice=Advice.DECLARE_VALUE, premium=premium, rate=rate)
    expected = Money.rounded(value.amount * rate, value.currency)
    named = premium if premium is not None and premium.currency == value.currency else None
    asked = named or Money.rounded(value.amount * PREMIUM_RATE, value.currency)
    if insured is not None and insured.currency == value.currency and not insured < value:
        advice = Advice.INSURED
    elif value.amount >= _DEAR.get(value.currency, _LARGE) or (
        named is not None and expected.amount >= named.amount * _FAIR
    ):
        advice = Advice.INSURE
    else:
        advice = Advice.NOT_WORTH_IT
    return Insurance(
        advice=advice,
        expected_loss=expected,
        premium=asked,
        rate=rate,
        is_premium_assumed=named is None,
    )
