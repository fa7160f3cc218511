"""Scorecards: how far a carrier can be relied on, by record; a short record never ranks first.

Each criterion counts by the cautious end of its interval, so that ten parcels without a loss score
below a thousand with one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from amends.domain.insight.figure import Share
from amends.domain.insight.kpi import Kpis, kpis_of

SHARES: Mapping[str, Callable[[Kpis], Share]] = {
    "loss": lambda k: k.safety.loss,
    "damage": lambda k: k.safety.damage,
    "on_time": lambda k: k.accuracy.on_time,
    "first_scan": lambda k: k.tracking.first_scan_in_time,
    "tracking": lambda k: k.tracking.without_silence,
    "answers": lambda k: k.carrier_answers,
    "satisfaction": lambda k: k.satisfied,
}
"""What can be weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that counts: a bad share is measured against what is tolerated of it."""

    code: str
    weight: int
    is_bad: bool
    tolerated: Decimal | None = None
    because: str

    def points(self, share: Share) -> Decimal:
        """0 to 1, by the cautious end."""
        low, high = share.interval
        if not self.is_bad:
            return low
        return max(Decimal(0), 1 - high / (self.tolerated or Decimal(1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A criterion, the share that it looked at, and its points of 100."""

    code: str
    share: Share
    points: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A carrier's record: `score` of 100; a thin one rests on too few parcels to rely on."""

    carrier: str
    score: str
    parcels: int
    cases: int
    is_thin: bool
    criteria: tuple[Weighed, ...]
    travel_mean_hours: str | None


def scorecard(carrier: str, told: Mapping[str, int], criteria: Sequence[Criterion]) -> Scorecard:
    """The card that a tally gives."""
    kpis = kpis_of(told)
    weighed, total = [], Decimal(0)
    whole = sum(criterion.weight for criterion in criteria)
    for criterion in criteria:
        share = SHARES[criterion.code](kpis)
        points = criterion.points(share) * 100
        total += points * criterion.weight / whole
        weighed.append(
            Weighed(code=criterion.code, share=share, points=_one(points), weight=criterion.weight)
        )
    return Scorecard(
        carrier=carrier,
        score=_one(total),
        parcels=kpis.safety.parcels,
        cases=kpis.cases,
        is_thin=kpis.safety.loss.is_thin,
        criteria=tuple(weighed),
        travel_mean_hours=kpis.efficiency.travel.mean_hours,
    )


def ranked(cards: Sequence[Scorecard]) -> list[Scorecard]:
    """The best first; those whose record is too short to rely on come after all others."""
    return sorted(cards, key=lambda card: (card.is_thin, -Decimal(card.score), card.carrier))


def _one(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
