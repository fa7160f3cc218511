"""Figures: shares with the interval they are sure to, spans, and sums of money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from amends.domain.money import Money
from amends.domain.people.survey import wilson

THIN_BELOW = 30
"""A share of fewer is called thin: by usage about 30 are asked for before an average is shown."""
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`hits` of `of`, as a decimal, with its 95 % interval (Wilson); no share of nothing."""

    hits: int
    of: int
    share: str | None
    at_least: str
    at_most: str
    is_thin: bool

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Both ends."""
        return Decimal(self.at_least), Decimal(self.at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How many, and their mean in hours."""

    count: int
    mean_hours: str | None


def share_of(hits: int, of: int) -> Share:
    """A share; more hits than there are tries (a tally that is behind) are all of them."""
    hits = min(max(hits, 0), max(of, 0))
    low, high = wilson(hits, of)
    return Share(
        hits=hits,
        of=of,
        share=_plain(Decimal(hits) / of) if of > 0 else None,
        at_least=_plain(Decimal(low)),
        at_most=_plain(Decimal(high)),
        is_thin=of < THIN_BELOW,
    )


def span_of(told: Mapping[str, int], name: str) -> Span:
    """The mean of what was counted as `NAME_count` and `NAME_minutes`."""
    count = told.get(f"{name}_count", 0)
    hours = Decimal(told.get(f"{name}_minutes", 0)) / 60
    mean = (hours / count).quantize(Decimal("0.1"), ROUND_HALF_UP) if count > 0 else None
    return Span(count=count, mean_hours=None if mean is None else f"{mean:f}")


def money_of(told: Mapping[str, int], name: str) -> tuple[Money, ...]:
    """The sums counted as `NAME_CUR`, one for each currency."""
    start = f"{name}_"
    found = {key.removeprefix(start): n for key, n in told.items() if key.startswith(start) and n}
    return tuple(
        Money.from_minor(minor, currency)
        for currency, minor in sorted(found.items())
        if len(currency) == 3
    )


def named(told: Mapping[str, int], name: str) -> dict[str, int]:
    """What was counted as `NAME_…`, by what follows, the most frequent first."""
    start = f"{name}_"
    found = ((key.removeprefix(start), n) for key, n in told.items() if key.startswith(start))
    return dict(sorted((pair for pair in found if pair[1] > 0), key=lambda p: (-p[1], p[0])))


def added(tallies: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several tallies as one."""
    told: dict[str, int] = {}
    for tally in tallies:
        for name, count in tally.items():
            told[name] = told.get(name, 0) + count
    return told


def _plain(value: Decimal) -> str:
    return f"{value.quantize(_PLACES, ROUND_HALF_UP):f}"
