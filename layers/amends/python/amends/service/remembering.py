"""Remembering: what one piece of work has read or written of a case is not read again by it."""

from collections.abc import Sequence

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import Event
from amends.domain.case.evolution import replay
from amends.domain.occasion import Occasion
from amends.ports import Histories, StaleCase


class Remembered:
    """The histories for the length of one piece of work.

    What was remembered may have grown old by others: the store refuses to append to it, and it is
    read anew. So it must live no longer than the work on one document of a queue.
    """

    def __init__(self, store: Histories) -> None:
        self._store = store
        self._known: dict[str, tuple[Recorded, ...]] = {}
        self._cases: dict[str, Case] = {}

    def history(self, case_id: str) -> Sequence[Recorded]:
        """Every event of a case, oldest first."""
        if case_id not in self._known:
            self._known[case_id] = tuple(self._store.history(case_id))
        return self._known[case_id]

    def load(self, case_id: str) -> Case:
        """The case, replayed from its history."""
        if case_id not in self._cases:
            self._cases[case_id] = replay(self.history(case_id))
        return self._cases[case_id]

    def append(self, case: Case, events: Sequence[Event], occasion: Occasion) -> Case:
        """Append to the version loaded; raises StaleCase, and forgets, when it has moved on."""
        try:
            after = self._store.append(case, events, occasion)
        except StaleCase:
            self._forget(case.id)
            raise
        self._remember(case, events, after, occasion)
        return after

    def append_many(
        self, changes: Sequence[tuple[Case, Sequence[Event]]], occasion: Occasion
    ) -> Sequence[Case | None]:
        """Append to many; of a case that has moved on, or may have, everything is forgotten."""
        ends = self._store.append_many(changes, occasion)
        for (case, events), after in zip(changes, ends, strict=True):
            if after is None:
                self._forget(case.id)
            else:
                self._remember(case, events, after, occasion)
        return ends

    def _forget(self, case_id: str) -> None:
        self._known.pop(case_id, None)
        self._cases.pop(case_id, None)

    def _remember(
        self, case: Case, events: Sequence[Event], after: Case, occasion: Occasion
    ) -> None:
        if case.id in self._known and after.version == case.version + len(events):
            added = tuple(
                Recorded(
                    event=event,
                    version=version,
                    at=occasion.at,
                    by=occasion.by,
                    because=occasion.because,
                )
                for version, event in enumerate(events, start=case.version + 1)
            )
            self._known[case.id] += added
            self._cases[case.id] = after
