"""Preflight: a plan of a parcel against its completeness and the catalogue of what may not go."""

from collections.abc import Iterator
from dataclasses import dataclass

from amends.catalog.prohibited import suggest
from amends.domain.parcel.insurance import Insurance, advise
from amends.domain.parcel.preflight import Finding, Plan, Severity, findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What is to be mended, the worst first, and whether to insure."""

    findings: tuple[Finding, ...]
    insurance: Insurance


def preflight(plan: Plan, *, language: str) -> Preflight:
    """Check a plan; nothing of it is kept."""
    found = [*findings(plan), *_prohibited(plan, language)]
    order = list(Severity)
    return Preflight(
        findings=tuple(sorted(found, key=lambda one: order.index(one.severity))),
        insurance=advise(
            plan.value,
            is_abroad=plan.is_abroad,
            insured=plan.insured_value,
            premium=plan.insurance_fee,
        ),
    )


def _prohibited(plan: Plan, language: str) -> Iterator[Finding]:
    for place, item in enumerate(plan.items):
        for category in suggest(item.name, *item.flags)[:1]:
            yield Finding(
                check="prohibited_goods",
                severity=Severity.WARNING if category.is_lawful_to_hold else Severity.ERROR,
                field=f"items.{place}.name",
                code="restricted" if category.is_lawful_to_hold else "may_be_prohibited",
                said=(category.zh if language == "zh-CN" else category.en,),
            )
