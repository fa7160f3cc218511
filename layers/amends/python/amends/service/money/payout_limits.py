"""Payout limits: what holds a payout on our side before a rail hears of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from amends.domain.case.state.settlement import CasePayout
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.limits import Hold, Intent, Policy, Spent, hold
from amends.domain.payment.rail import RailLimits
from amends.ports.money import Document, MoneyRecords
from amends.service.money.rail_desk import Counter, Treasury, payee_digest, rail_day

NEEDS_APPROVAL = "needs_approval"
BUDGET_DAYS = 31
SWITCHES = "switches"
KEYS = "payout_keys"


def is_off(rail: str, records: MoneyRecords) -> bool:
    """Whether the rail's kill switch is thrown; read anew each time, so that it works at once."""
    switch = records.get(SWITCHES, rail)
    return switch is not None and switch.get("is_off") is True


def throw_switch(
    rail: str, *, off: bool, reason: str, occasion: Occasion, records: MoneyRecords
) -> None:
    """Stop a rail, or let it go on; what waits for it stays, and goes out afterwards."""
    told: Document = {
        "is_off": off,
        "reason": reason,
        "by": occasion.by,
        "at": occasion.at.isoformat(),
    }
    records.put(SWITCHES, rail, told)
    records.put(f"{SWITCHES}#{rail}", occasion.at.isoformat(), told)


def needs_approval(payout: CasePayout, settings: Mapping[str, Any]) -> bool:
    """Whether a second person must agree first: above the limit of its currency, or without one."""
    limits = settings.get("four_eyes_above")
    if limits is None or payout.approved_by is not None:
        return False
    above = limits.get(payout.amount.currency)
    return above is None or Money.of(above, payout.amount.currency) < payout.amount


def reserve(at: Counter, payout: CasePayout, treasury: Treasury, occasion: Occasion) -> Hold | None:
    """Count the payout against every limit, or say which one it would break.

    It is written before the others are read: of two that come at once, both may wait, never both
    go beyond.
    """
    today, records = rail_day(occasion), treasury.records
    row = {
        "key": payout.key,
        "payee": payee_digest(at),
        "operator": payout.approved_by or "rule",
        "amount": str(payout.amount.amount),
        "currency": payout.amount.currency,
        "on": today.isoformat(),
        "is_released": False,
    }
    policy = _policy(payout, treasury.settings())
    records.put(_book(payout.rail, today), payout.key, row)
    days = BUDGET_DAYS if policy.budget else 1
    rows = [
        Spent(
            key=spent.key,
            payee=spent.payee,
            operator=spent.operator,
            amount=spent.amount,
            on=spent.on,
        )
        for day in range(days)
        for spent in _spent(records.read(_book(payout.rail, today - timedelta(days=day))))
    ]
    why = hold(
        Intent(
            key=payout.key,
            payee=str(row["payee"]),
            operator=str(row["operator"]),
            amount=payout.amount,
            on=today,
            has_name=bool(at.instruction.payee.name),
        ),
        policy=policy,
        rail=_granted(at.rail.LIMITS, payout, treasury.settings()),
        spent=rows,
    )
    if why is not None:
        records.put(_book(payout.rail, today), payout.key, {**row, "is_released": True})
    return why


def release(payout: CasePayout, treasury: Treasury) -> None:
    """A payout that will not be paid takes nothing from the limits."""
    known = treasury.records.get(KEYS, payout.key)
    if known is None:
        return
    book = f"spent#{payout.rail}#{known['on']}"
    row = treasury.records.get(book, payout.key)
    if row is not None:
        treasury.records.put(book, payout.key, {**row, "is_released": True})


def remember_key(case_id: str, payout: CasePayout, treasury: Treasury, on: Occasion) -> None:
    """Note whose payout a rail's key is, before the rail hears of the key."""
    told: Document = {
        "case_id": case_id,
        "payout_id": payout.id,
        "rail": payout.rail,
        "on": rail_day(on).isoformat(),
    }
    treasury.records.add(KEYS, payout.key, told)


def owner_of(key: str, records: MoneyRecords) -> tuple[str, str] | None:
    """Whose payout a rail's key is: case and payout, once it has been sent."""
    row = records.get(KEYS, key)
    return (str(row["case_id"]), str(row["payout_id"])) if row is not None else None


def _policy(payout: CasePayout, settings: Mapping[str, Any]) -> Policy:
    """Our own limits of the rail in the payout's currency, from the stack's settings."""
    told = settings.get("rails", {}).get(payout.rail, {}).get("limits", {})
    currency = payout.amount.currency
    mine = told.get(currency, {})

    def limit(name: str) -> Money | None:
        return Money.of(mine[name], currency) if name in mine else None

    return Policy(
        currency=currency,
        per_payee_day=limit("per_payee_day"),
        per_operator_day=limit("per_operator_day"),
        per_day=limit("per_day"),
        budget=limit("budget"),
    )


def _granted(usual: RailLimits, payout: CasePayout, settings: Mapping[str, Any]) -> RailLimits:
    """The rail's bounds, with those that it has raised (or lowered) for this merchant."""
    told = settings.get("rails", {}).get(payout.rail, {}).get("granted", {})
    mine = told.get(payout.amount.currency, {})

    def bound(name: str, otherwise: Money | None) -> Money | None:
        return Money.of(mine[name], payout.amount.currency) if name in mine else otherwise

    return replace(
        usual,
        largest=bound("largest", usual.largest),
        per_payee_day=bound("per_payee_day", usual.per_payee_day),
        per_day=bound("per_day", usual.per_day),
    )


def _spent(rows: Sequence[Document]) -> list[Spent]:
    return [
        Spent(
            key=str(row["key"]),
            payee=str(row["payee"]),
            operator=str(row["operator"]),
            amount=Money.of(str(row["amount"]), str(row["currency"])),
            on=date.fromisoformat(str(row["on"])),
        )
        for row in rows
        if not row["is_released"]
    ]


def _book(rail: str, on: date) -> str:
    return f"spent#{rail}#{on}"
