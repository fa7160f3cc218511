"""Customs: what a destination asks for, from rules with source and date (requirement 001-22)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from amends.domain.money import Money
from amends.domain.parcel.preflight import Finding, Item, Plan, Severity


class Ask(StrEnum):
    """What is asked for."""

    HS_DIGITS = "hs_digits"
    SPECIFIC_DESCRIPTION = "specific_description"
    TAX_ID = "tax_id"
    ORIGIN_OF_GOODS = "origin_of_goods"
    DUTY_ALWAYS = "duty_always"
    DUTY_ABOVE = "duty_above"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomsRule:
    """One demand of some countries; `on` is when its source was looked at."""

    code: Ask
    countries: frozenset[str]
    severity: Severity
    since: date | None
    digits: int = 0
    limit: Money | None = None
    en: str
    zh: str
    source: str
    on: date
    confidence: str

    def says(self, language: str) -> str:
        """The sentence."""
        return self.zh if language == "zh-CN" else self.en


def in_force(rules: Sequence[CustomsRule], plan: Plan, *, today: date) -> list[CustomsRule]:
    """The rules of the destination that hold for goods from abroad today."""
    country = plan.destination.country
    if country is None or not plan.is_abroad:
        return []
    return [
        rule
        for rule in rules
        if country in rule.countries and (rule.since is None or rule.since <= today)
    ]


def customs_findings(plan: Plan, rules: Sequence[CustomsRule], language: str) -> Iterator[Finding]:
    """What the plan still owes to the rules that hold."""
    for rule in rules:
        for field in _owed(plan, rule):
            yield Finding(
                check="customs",
                severity=rule.severity,
                field=field,
                code=f"customs_{rule.code}",
                said=(rule.says(language),),
                source=f"{rule.source} (looked at {rule.on.isoformat()}, {rule.confidence})",
            )


def _owed(plan: Plan, rule: CustomsRule) -> Iterator[str]:
    match rule.code:
        case Ask.HS_DIGITS:
            yield from _items(plan, "hs_code", lambda item: _digits(item) >= rule.digits)
        case Ask.ORIGIN_OF_GOODS:
            yield from _items(plan, "origin_country", lambda item: bool(item.origin_country))
        case Ask.TAX_ID:
            if plan.addressee is None or not plan.addressee.tax_id:
                yield "addressee.tax_id"
        case Ask.DUTY_ALWAYS:
            yield "shipment.destination.country"
        case Ask.DUTY_ABOVE:
            value, limit = plan.value, rule.limit
            if value and limit and value.currency == limit.currency and limit < value:
                yield "items"
        case Ask.SPECIFIC_DESCRIPTION:
            return  # the declaration itself is looked at by `declaring`, more strictly here


def _items(plan: Plan, name: str, holds: Callable[[Item], bool]) -> Iterator[str]:
    for place, item in enumerate(plan.items):
        if not holds(item):
            yield f"items.{place}.{name}"


def _digits(item: Item) -> int:
    return sum(map(str.isdigit, item.hs_code or ""))
