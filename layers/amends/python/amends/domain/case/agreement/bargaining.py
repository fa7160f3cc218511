"""Bargaining: how far a rule, an adjuster and a supervisor may go, and what a counter is worth.

What is owed is never bargained away; goodwill is what lies above it. The figures are the house's
own (no law fixes them) and are meant to be changed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.state.agreement import MONEY, Counter, Option
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money

RULE_SHARE = Decimal("0.05")
"""Of what is owed: goodwill that a rule may add by itself."""
ADJUSTER_SHARE = Decimal("0.25")
"""Of what is owed: goodwill that an adjuster may add alone."""
ALONE_UP_TO = {
    "CNY": Decimal(5000),
    "USD": Decimal(700),
    "EUR": Decimal(650),
    "GBP": Decimal(550),
    "JPY": Decimal(105_000),
}
"""An offer above this needs a second person; so does one in any other currency."""


class Over(StrEnum):
    """Why a second person must approve."""

    GOODWILL = "goodwill_limit"
    OFFER = "offer_limit"
    CURRENCY = "currency_without_limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From what is owed up to where a rule and an adjuster may go; above, nobody goes alone."""

    owed: Money
    by_rule: Money
    by_adjuster: Money
    loss: Money | None
    """The loss as claimed with the charges paid: nobody is owed more than that."""


def range_of(case: Case) -> Range | None:
    """What may be offered; None while nothing is assessed."""
    if case.assessed is None:
        return None
    owed = case.assessed.total
    return Range(
        owed=owed,
        by_rule=owed + _share(owed, RULE_SHARE),
        by_adjuster=owed + _share(owed, ADJUSTER_SHARE),
        loss=_loss(case.assessed.facts, owed.currency),
    )


def over(within: Range, options: Sequence[Option]) -> Over | None:
    """Which limit the dearest of the options passes."""
    worth = max(option.worth for option in options)
    alone = ALONE_UP_TO.get(within.owed.currency)
    if alone is None:
        return Over.CURRENCY
    if worth > within.by_adjuster.amount:
        return Over.GOODWILL
    return Over.OFFER if worth > alone else None


def goodwill(within: Range, options: Sequence[Option]) -> Money | None:
    """What the dearest option gives beyond what is owed; None for nothing."""
    above = max(option.worth for option in options) - within.owed.amount
    return Money.of(above, within.owed.currency) if above > 0 else None


def ruled(
    within: Range, counter: Counter, offered: Money, remedies: Sequence[Remedy]
) -> tuple[bool, str] | None:
    """A rule's answer to a counter, and which rule; None leaves it to a person."""
    remedy, amount = counter.remedy, counter.amount
    if remedy is not None and remedies and remedy not in remedies and remedy not in MONEY:
        return False, "remedy_not_offered"
    if amount is None or amount.currency != within.owed.currency:
        return None
    if remedy is not None and remedy not in MONEY:
        return None
    if amount.amount <= offered.amount:
        return True, "not_above_our_offer"
    if amount.amount <= within.by_rule.amount:
        return True, "within_goodwill"
    if within.loss is not None and amount.amount > within.loss.amount:
        return False, "above_the_loss"
    return None


def _share(owed: Money, share: Decimal) -> Money:
    """A share of what is owed, rounded down: a limit is not passed by rounding."""
    rounded = Money.rounded(owed.amount * share, owed.currency)
    if rounded.amount <= owed.amount * share:
        return rounded
    return rounded - Money.from_minor(1, owed.currency)


def _loss(facts: str, currency: str) -> Money | None:
    told: dict[str, Any] = json.loads(facts)
    loss = told.get("actual_loss") or told.get("actual_value")
    if not loss or loss.get("currency") != currency:
        return None
    whole = Money.of(loss["amount"], currency)
    for name in ("postage", "registration_fee", "insurance_fee"):
        charge = told.get(name)
        if charge and charge.get("currency") == currency:
            whole += Money.of(charge["amount"], currency)
    return whole
