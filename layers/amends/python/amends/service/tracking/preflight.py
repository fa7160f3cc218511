"""Preflight: a plan of a parcel against its completeness and the catalogue of what may not go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from amends.catalog.prohibited import suggest
from amends.catalog.shipping import customs_rules, words
from amends.domain.insight.scorecard import Scorecard
from amends.domain.parcel.customs import Ask, customs_findings, in_force
from amends.domain.parcel.declaring import declaration
from amends.domain.parcel.insurance import Insurance, advise
from amends.domain.parcel.preflight import Finding, Plan, Severity, findings

MOST_CARRIERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What is to be mended, the worst first, whether to insure, and which carriers do well.

    `is_ready`: nothing stands that would stop or lose the parcel.
    """

    findings: tuple[Finding, ...]
    insurance: Insurance
    carriers: tuple[Scorecard, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it may be shipped as it is planned."""
        return all(one.severity is not Severity.ERROR for one in self.findings)


def preflight(
    plan: Plan, *, language: str, today: date, carriers: Sequence[Scorecard] = ()
) -> Preflight:
    """Check a plan; nothing of it is kept. `carriers` come ranked by record."""
    rules = in_force(customs_rules(), plan, today=today)
    is_strict = any(rule.code is Ask.SPECIFIC_DESCRIPTION for rule in rules)
    declared = list(declaration(plan, words(), language, is_strict=is_strict))
    customs = list(customs_findings(plan, rules, language))
    found = [*findings(plan), *_once(declared, customs), *_prohibited(plan, language)]
    order = list(Severity)
    return Preflight(
        findings=tuple(sorted(found, key=lambda one: order.index(one.severity))),
        insurance=advise(
            plan.value,
            is_abroad=plan.is_abroad,
            insured=plan.insured_value,
            premium=plan.insurance_fee,
        ),
        carriers=tuple(carriers[:MOST_CARRIERS]),
    )


def _once(declared: Sequence[Finding], customs: Sequence[Finding]) -> Iterator[Finding]:
    """Each field is told once: by its own fault first, else by what the destination asks for."""
    wrong = {one.field for one in declared if one.severity is Severity.ERROR}
    asked = {one.field for one in customs}
    yield from (one for one in declared if one.code != "missing" or one.field not in asked - wrong)
    yield from (one for one in customs if one.field not in wrong)


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
