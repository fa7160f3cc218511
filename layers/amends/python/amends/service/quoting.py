"""Quoting: an assessment with the regimes and the rates that ship with the product."""

from amends.catalog.regimes import regime
from amends.domain.compensation.assessment import Assessment
from amends.domain.compensation.engine import assess_with
from amends.domain.compensation.facts import Facts
from amends.domain.compensation.rates import Rates, published


def assess(facts: Facts, *, rates: Rates | None = None, version: str | None = None) -> Assessment:
    """What is owed on these facts; `rates` replaces the shipped table, `version` pins."""
    table = published() if rates is None else rates
    return assess_with(facts, regime_of=regime, rates=table, version=version)
