"""Limits: how much may leave, and the switch that makes a rail wait; pure, over what was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amends.domain.money import Money
from amends.domain.payment.rail import RailLimits


class Hold(StrEnum):
    """Why a payout waits, visibly; nothing is lost by it."""

    SWITCHED_OFF = "switched_off"
    """The rail's kill switch."""
    BELOW_SMALLEST = "below_smallest"
    ABOVE_LARGEST = "above_largest"
    NAME_NEEDED = "name_needed"
    PAYEE_DAY = "payee_day"
    RAIL_DAY = "rail_day"
    OPERATOR_DAY = "operator_day"
    BUDGET = "budget"
    WRONG_CURRENCY = "wrong_currency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Our own limits of one rail, in one currency, beside the rail's (None: none)."""

    currency: str
    is_off: bool = False
    per_payee_day: Money | None = None
    per_operator_day: Money | None = None
    per_day: Money | None = None
    budget: Money | None = None
    """For all that leaves by this rail in the budget's period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """One payout that was sent and not refused; unknown ones count, for they may have paid.

    `payee` is a keyed digest of the account, never the account.
    """

    key: str
    payee: str
    operator: str
    amount: Money
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One payout about to be sent; `on` is a day in the rail's own time zone."""

    key: str
    payee: str
    operator: str
    amount: Money
    on: date
    has_name: bool


def hold(
    intent: Intent, *, policy: Policy, rail: RailLimits, spent: Iterable[Spent]
) -> Hold | None:
    """Why this payout must wait, or None; `spent` covers the budget's period.

    A payout that was sent before is counted once: a repeat is not held by itself.
    """
    amount = intent.amount
    for reason, applies in (
        (Hold.SWITCHED_OFF, policy.is_off),
        (Hold.WRONG_CURRENCY, amount.currency != policy.currency),
        (Hold.BELOW_SMALLEST, _is_below(amount, rail.smallest)),
        (Hold.ABOVE_LARGEST, _is_below(rail.largest, amount)),
        (Hold.NAME_NEEDED, not intent.has_name and _reaches(amount, rail.name_from)),
    ):
        if applies:
            return reason
    others = [
        row
        for row in {row.key: row for row in spent}.values()
        if row.key != intent.key and row.amount.currency == amount.currency
    ]
    today = [row for row in others if row.on == intent.on]
    for reason, limits, rows in (
        (
            Hold.PAYEE_DAY,
            (rail.per_payee_day, policy.per_payee_day),
            [row for row in today if row.payee == intent.payee],
        ),
        (
            Hold.OPERATOR_DAY,
            (policy.per_operator_day,),
            [row for row in today if row.operator == intent.operator],
        ),
        (Hold.RAIL_DAY, (rail.per_day, policy.per_day), today),
        (Hold.BUDGET, (policy.budget,), others),
    ):
        total = sum((row.amount for row in rows), start=amount)
        if any(limit is not None and limit < total for limit in limits):
            return reason
    return None


def _is_below(one: Money | None, other: Money | None) -> bool:
    """Whether both are known, in one currency, and the first is less."""
    return one is not None and other is not None and one.currency == other.currency and one < other


def _reaches(amount: Money, threshold: Money | None) -> bool:
    return threshold is not None and not _is_below(amount, threshold)
