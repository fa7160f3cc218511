"""Effect: whether a cause at a node became rarer after something was changed there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import comb

from amends.domain.insight.figure import Share, share_of

MONTHS = 3
"""So many whole months before and after are compared. Our own figure: a quarter."""
SURE = 0.05
"""Below it a change is not called chance: the usual level of significance."""


class Verdict(StrEnum):
    """What the comparison says."""

    FELL = "fell"
    ROSE = "rose"
    UNCLEAR = "unclear"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """The cause's share of the cases that passed the node, before and after."""

    before: Share
    after: Share
    verdict: Verdict


def compare(
    before: Mapping[str, int], after: Mapping[str, int], *, measure: str, ground: str
) -> Effect:
    """By the chance of seeing so few (or so many) afterwards had nothing changed.

    The rate before takes half a case more, so that a single lucky quarter proves nothing.
    """
    then = share_of(before.get(measure, 0), before.get(ground, 0))
    now = share_of(after.get(measure, 0), after.get(ground, 0))
    if then.of == 0 or now.of == 0:
        return Effect(before=then, after=now, verdict=Verdict.TOO_EARLY)
    rate = min(1.0, (then.hits + 0.5) / (then.of + 1))
    if chance_of_at_most(now.hits, now.of, rate) <= SURE:
        verdict = Verdict.FELL
    elif chance_of_at_least(now.hits, now.of, rate) <= SURE:
        verdict = Verdict.ROSE
    else:
        verdict = Verdict.UNCLEAR
    return Effect(before=then, after=now, verdict=verdict)


def chance_of_at_least(hits: int, of: int, rate: float) -> float:
    """The binomial chance of `hits` or more in `of` tries at `rate`."""
    return sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits, of + 1))


def chance_of_at_most(hits: int, of: int, rate: float) -> float:
    """The binomial chance of `hits` or fewer in `of` tries at `rate`."""
    return sum(comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits + 1))
