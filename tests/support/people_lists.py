"""Staff's lists and claimants' opinions in memory."""

from collections.abc import Sequence

from amends.adapters.codec import dumps, loads
from amends.domain.case.talking.work import WorkItem, WorkKind
from amends.domain.people.opinion import Opinion

Key = tuple[str, str]


class MemoryWorklist:
    """Staff's lists in memory."""

    def __init__(self) -> None:
        self.rows: dict[Key, WorkItem] = {}

    def of_case(self, case_id: str) -> Sequence[WorkItem]:
        return [row for (case, _), row in self.rows.items() if case == case_id]

    def put(self, item: WorkItem) -> None:
        self.rows[item.case_id, item.id] = loads(WorkItem, dumps(item))

    def remove(self, case_id: str, item_id: str) -> None:
        self.rows.pop((case_id, item_id), None)

    def list(self, kind: WorkKind, *, limit: int) -> Sequence[WorkItem]:
        rows = [row for row in self.rows.values() if row.kind is kind]
        return sorted(rows, key=lambda row: row.due_at)[:limit]


class MemoryOpinions:
    """Opinions in memory."""

    def __init__(self) -> None:
        self.rows: dict[Key, Opinion] = {}

    def put(self, opinion: Opinion) -> None:
        self.rows[f"{opinion.at:%Y-%m}", opinion.case_id] = loads(Opinion, dumps(opinion))

    def of_month(self, month: str) -> Sequence[Opinion]:
        return [row for (when, _), row in self.rows.items() if when == month]
