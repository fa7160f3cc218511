"""Quoting: an assessment with the regimes and the rates that ship with the product."""

from collections.abc import Iterable

from amends.catalog.regimes import regime
from amends.domain.compensation.assessment import Assessment
from amends.domain.compensation.engine import assess_with
from amends.domain.compensation.facts import Facts
from amends.domain.compensation.rates import Rates, published
from amends.domain.compensation.regime import Regime


def assess(
    facts: Facts,
    *,
    rates: Rates | None = None,
    version: str | None = None,
    tariffs: Iterable[Regime] = (),
) -> Assessment:
    """What is owed on these facts.

    `rates` replaces the shipped table; `version` pins an edition, for a recomputation; `tariffs`
    are contracts of one's own (`read_tariff`), applied when `facts.regime` names one.
    """
    own = {tariff.code: tariff for tariff in tariffs}
    return assess_with(
        facts,
        regime_of=lambda code: own.get(code) or regime(code),
        rates=published() if rates is None else rates,
        version=version,
    )
