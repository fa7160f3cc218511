"""Fakes of figures and actions that keep the ports' promises in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from amends.adapters.codec import dumps, loads
from amends.domain.insight.action import PlannedAction
from amends.domain.insight.tally import Counted, Dimension, Row, changes
from amends.ports.insight import StaleAction, Tally


class MemoryTallies:
    """Accounts and sums in memory; an account takes the way through its JSON."""

    def __init__(self) -> None:
        self.accounts: dict[str, Counted] = {}
        self.sums: dict[Row, dict[str, int]] = {}

    def known(self, source: str) -> Counted | None:
        return self.accounts.get(source)

    def swap(self, known: Counted | None, counted: Counted) -> bool:
        if self.accounts.get(counted.source) != known:
            return False
        for row, cells in changes(known, counted).items():
            told = self.sums.setdefault(row, {})
            for name, count in cells.items():
                told[name] = told.get(name, 0) + count
        self.accounts[counted.source] = loads(Counted, dumps(counted))
        return True

    def of(self, dimension: Dimension, month: str, value: str | None = None) -> Mapping[str, Tally]:
        return {
            row.group.value: dict(cells)
            for row, cells in self.sums.items()
            if (row.group.dimension, row.month) == (dimension, month)
            and value in (None, row.group.value)
        }


class MemoryActions:
    """Corrective actions in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, PlannedAction] = {}

    def get(self, action_id: str) -> PlannedAction | None:
        return self.rows.get(action_id)

    def save(self, action: PlannedAction) -> PlannedAction:
        known = self.rows.get(action.id)
        if (known.version if known else 0) != action.version:
            raise StaleAction("somebody was quicker")
        after = replace(action, version=action.version + 1)
        self.rows[action.id] = loads(PlannedAction, dumps(after))
        return after

    def all(self) -> Sequence[PlannedAction]:
        return sorted(self.rows.values(), key=lambda action: (action.due_on, action.id))
