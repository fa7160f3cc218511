"""Insight: the figures of a span of months by any dimension, and carriers' scorecards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.catalog.scorecard import criteria
from amends.domain.insight.figure import added
from amends.domain.insight.kpi import Kpis, kpis_of
from amends.domain.insight.scorecard import Scorecard, ranked, scorecard
from amends.domain.insight.tally import UNKNOWN, Dimension, lane_of, months_until
from amends.ports.insight import Tallies


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One value of the dimension, and its figures."""

    value: str
    kpis: Kpis


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Figures of a span, by one dimension, and month by month for all of it."""

    by: Dimension
    months: tuple[str, ...]
    groups: tuple[GroupFigures, ...]
    trend: tuple[GroupFigures, ...]


def report(
    tallies: Tallies, *, by: Dimension, until: str, months: int, value: str | None = None
) -> Report:
    """What was counted in so many months up to one; of one value alone when it is named."""
    span = months_until(until, months)
    found = {month: tallies.of(by, month, value) for month in span}
    sums = _by_value(list(found.values()))
    trend = (GroupFigures(value=m, kpis=kpis_of(added(found[m].values()))) for m in span)
    groups = (GroupFigures(value=name, kpis=kpis_of(told)) for name, told in sums.items())
    return Report(
        by=by,
        months=span,
        groups=tuple(sorted(groups, key=lambda g: (-g.kpis.cases, g.value))),
        trend=tuple(trend),
    )


def scorecards(
    tallies: Tallies, *, until: str, months: int, lane: str | None = None
) -> list[Scorecard]:
    """Every carrier's record, the best first; on one lane when it is named."""
    by = Dimension.CARRIER if lane is None else Dimension.ROUTE
    sums = _by_value([tallies.of(by, month) for month in months_until(until, months)])
    cards = []
    for value, told in sums.items():
        carrier, _, on = value.partition(" ") if lane is not None else (value, "", "")
        if carrier != UNKNOWN and (lane is None or on == lane):
            cards.append(scorecard(carrier, told, criteria()))
    return ranked(cards)


def recommended(
    tallies: Tallies, *, origin: str | None, destination: str | None, until: str, months: int
) -> list[Scorecard]:
    """Carriers for a parcel: by their record on its lane, or on every lane where it has none."""
    lane = lane_of(origin, destination)
    return scorecards(tallies, until=until, months=months, lane=lane) or scorecards(
        tallies, until=until, months=months
    )


def _by_value(found: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    values = {value for one in found for value in one}
    return {value: added(one.get(value, {}) for one in found) for value in sorted(values)}
