"""Ports of insight: what everything adds up to, and what is changed because of it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from amends.domain.insight.action import PlannedAction
from amends.domain.insight.tally import Counted, Dimension
from amends.domain.refusal import Refusal

Tally = Mapping[str, int]
"""Measures by name."""


class StaleCount(Refusal):
    """Somebody else has just counted it: look again."""

    code = "count_moved_on"
    status = 409


class StaleAction(Refusal):
    """Somebody else has just changed the action: look again."""

    code = "action_moved_on"
    status = 409


class Tallies(Protocol):
    """What each source counts for, and the sums by month, dimension and value."""

    def known(self, source: str) -> Counted | None:
        """What the source counts for now."""
        ...

    def swap(self, known: Counted | None, counted: Counted) -> bool:
        """Replace the account of a source and move every sum with it, all or nothing.

        False when the account is no longer the one known, or the sums were being moved.
        """
        ...

    def of(self, dimension: Dimension, month: str, value: str | None = None) -> Mapping[str, Tally]:
        """Sums of one month by value of a dimension; of one value alone when it is named."""
        ...


class Actions(Protocol):
    """Corrective actions, each with its version."""

    def get(self, action_id: str) -> PlannedAction | None:
        """One action, read consistently."""
        ...

    def save(self, action: PlannedAction) -> PlannedAction:
        """Write the next version (1 is new); raises StaleAction when it is not the next."""
        ...

    def all(self) -> Sequence[PlannedAction]:
        """Every action, the earliest due first."""
        ...
