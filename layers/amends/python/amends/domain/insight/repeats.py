"""Repeats: when a cause comes back at one node more often than chance explains."""

from collections.abc import Mapping
from dataclasses import dataclass

from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.insight.effect import chance_of_at_least


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRule:
    """From `at_least` cases in `months` on, when chance explains them in less than `chance`.

    `usual_named` of `usual_passed` is what is believed of any node before it has a record.
    """

    months: int
    at_least: int
    chance: float
    usual_named: int
    usual_passed: int
    due_after_days: Mapping[ActionKind, int]
    because: str
    source: str

    def due_days(self, kind: ActionKind) -> int:
        """How long an action of this kind may take."""
        return self.due_after_days[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A cause that repeats itself at a node: so often of so many cases that passed it."""

    node: str
    cause: Cause
    named: int
    passed: int
    chance: float

    @property
    def says(self) -> str:
        """In one sentence, with its figures."""
        return (
            f"{self.cause} was found at {self.node} in {self.named} of {self.passed} cases that "
            f"passed it; chance explains that in {self.chance:.2g} of 1"
        )


def repeat_of(
    node: str,
    cause: Cause,
    here: Mapping[str, int],
    elsewhere: Mapping[str, int],
    rule: RepeatRule,
) -> Repeat | None:
    """Whether the cause stands out here, given how often it is found at all other nodes."""
    measure = f"cause_{cause}"
    named, passed = here.get(measure, 0), max(here.get("passed", 0), here.get(measure, 0))
    if named < rule.at_least:
        return None
    others = elsewhere.get(measure, 0) + rule.usual_named
    rate = min(1.0, others / (elsewhere.get("passed", 0) + rule.usual_passed))
    chance = chance_of_at_least(named, passed, rate)
    if chance > rule.chance:
        return None
    return Repeat(node=node, cause=cause, named=named, passed=passed, chance=chance)
