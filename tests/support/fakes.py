"""Fakes that keep the ports' promises in memory; one contract suite runs against each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from amends.adapters.codec import decode_event, encode_event
from amends.adapters.summary import (
    Summary,
    check_cursor,
    moment,
    reference_of,
    shard_key,
    summary_of,
)
from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import CaseOpened, Event
from amends.domain.case.evolution import evolve, opened
from amends.domain.occasion import Occasion
from amends.domain.people.finding import of_others, terms_for, terms_of_part
from amends.domain.refusal import NotFound
from amends.ports import DuePage, IncidentHeld, Page, Pass, StaleCase

Row = TypeVar("Row")


class MemoryCases:
    """CaseStore in memory; every event takes the way through its JSON."""

    def __init__(self) -> None:
        self._histories: dict[str, list[Recorded]] = defaultdict(list)
        self._states: dict[str, Case] = {}
        self._summaries: dict[str, Summary] = {}
        self._incidents: dict[str, str] = {}

    def history(self, case_id: str) -> Sequence[Recorded]:
        if case_id not in self._histories:
            raise NotFound("there is no such case")
        return list(self._histories[case_id])

    def ids(self) -> Sequence[str]:
        return sorted(self._histories)

    def load(self, case_id: str) -> Case:
        self.history(case_id)
        return self._states[case_id]

    def open(
        self,
        events: Sequence[Event],
        occasion: Occasion,
        *,
        incident: str | None = None,
        instead_of: str | None = None,
    ) -> Case:
        holder = self._incidents.get(incident) if incident else None
        own = next((one.case_id for one in events if isinstance(one, CaseOpened)), "")
        if holder not in (None, own, instead_of):
            raise IncidentHeld(str(holder))
        case = self._write(None, events, occasion)
        if incident is not None:
            self._incidents[incident] = case.id
        return case

    def append(self, case: Case, events: Sequence[Event], occasion: Occasion) -> Case:
        if not events:
            return case
        return self._write(case, events, occasion)

    def append_many(
        self, changes: Sequence[tuple[Case, Sequence[Event]]], occasion: Occasion
    ) -> Sequence[Case | None]:
        if any(len(self._histories[case.id]) != case.version for case, _ in changes):
            return [None for _ in changes]
        return [self._write(case, events, occasion) for case, events in changes]

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[str]:
        rows = {
            f"{row.due_at} {row.case_id}": row.case_id
            for row in self._summaries.values()
            if row.due_at and row.due_shard == shard_key(shard) and row.due_at <= moment(until)
        }
        return page_of(rows, limit, after)

    def on_waybill(self, tracking_number: str) -> Sequence[str]:
        rows = [row for row in self._summaries.values() if row.waybill == tracking_number]
        return sorted(row.case_id for row in rows if row.outcome is None)

    def formerly_on_waybill(self, tracking_number: str) -> Sequence[str]:
        rows = self._summaries.values()
        found = (row for row in rows if row.former_waybill == tracking_number)
        return sorted(row.case_id for row in found if row.outcome is None)

    def queue(self, *, stage: str, limit: int, cursor: str | None) -> Page:
        start = check_cursor(cursor)
        rows = sorted(
            (row.queue_sort, row.case_id)
            for row in self._summaries.values()
            if row.queue_key == stage and row.queue_sort > start
        )
        page = rows[:limit]
        more = len(rows) > limit
        return Page(
            case_ids=tuple(case_id for _, case_id in page),
            next_cursor=page[-1][0] if more else None,
            marks=tuple(mark for mark, _ in page),
        )

    def of_merchant(self, merchant: str, *, limit: int, cursor: str | None) -> Page:
        start = check_cursor(cursor)
        rows = [row for row in self._summaries.values() if row.claimant == merchant]
        found = sorted(row.case_id for row in rows if row.case_id > start)
        page = found[:limit]
        more = len(found) > limit
        return Page(case_ids=tuple(page), next_cursor=page[-1] if more else None)

    def numbered(self, tracking_number: str) -> Sequence[str]:
        rows = self._summaries.values()
        return sorted(
            row.case_id for row in rows if tracking_number in (row.waybill, row.former_waybill)
        )

    def referred(self, reference: str) -> Sequence[str]:
        wanted = reference_of(reference)
        rows = self._summaries.values()
        return sorted(row.case_id for row in rows if wanted and row.reference == wanted)

    def _write(self, case: Case | None, events: Sequence[Event], occasion: Occasion) -> Case:
        known = case.version if case else 0
        records = []
        for version, event in enumerate(events, start=known + 1):
            recorded = Recorded(
                event=decode_event(*encode_event(event)),
                version=version,
                at=occasion.at,
                by=occasion.by,
                because=occasion.because,
            )
            case = opened(recorded) if case is None else evolve(case, recorded)
            records.append(recorded)
        if case is None:
            raise ValueError("a case opens with at least one event")
        if len(self._histories.get(case.id, [])) != known:
            raise StaleCase(f"case {case.id} has moved on")
        self._histories[case.id] += records
        self._states[case.id] = case
        self._summaries[case.id] = summary_of(case)
        return case


class MemoryContacts:
    """Contacts in memory."""

    def __init__(self) -> None:
        self._parts: dict[tuple[str, str], Mapping[str, object]] = {}

    def put(self, case_id: str, part: str, document: Mapping[str, object]) -> None:
        self._parts[case_id, part] = dict(document)

    def get(self, case_id: str, part: str) -> Mapping[str, object] | None:
        return self._parts.get((case_id, part))

    def parts(self, case_id: str, *names: str) -> Mapping[str, Mapping[str, object]]:
        found = {name: self.get(case_id, name) for name in names}
        return {name: told for name, told in found.items() if told is not None}

    def parts_of(
        self, case_ids: Sequence[str], *names: str
    ) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
        return {case_id: self.parts(case_id, *names) for case_id in case_ids}

    def find(self, text: str) -> Sequence[str]:
        return sorted(
            case_id
            for (case_id, part), told in self._parts.items()
            if terms_of_part(part, told) & terms_for(text)
        )

    def find_anyone(self, text: str) -> Sequence[str]:
        terms = terms_for(text)
        found = (
            case_id
            for (case_id, part), told in self._parts.items()
            if terms_of_part(part, told) & (terms | of_others(terms))
        )
        return sorted(set(found))


def page_of(rows: Mapping[str, Row], limit: int, after: str | None) -> DuePage[Row]:
    """The page of some rows, by their place, that begins behind a mark."""
    places = sorted(place for place in rows if place > (after or ""))
    page = places[:limit]
    return DuePage(
        rows=tuple(rows[place] for place in page),
        mark=page[-1] if page else after,
        has_more=len(places) > limit,
    )


class MemoryPasses:
    """Unfinished passes in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Pass] = {}

    def load(self, name: str) -> Pass | None:
        return self.rows.get(name)

    def save(self, name: str, one: Pass) -> None:
        self.rows[name] = one


class MemoryQueue:
    """A queue that keeps what it was sent; what was not taken out waits."""

    def __init__(self) -> None:
        self.sent: list[Mapping[str, object]] = []

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        self.sent.append({**document, "delay_seconds": delay_seconds})

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        for document in documents:
            self.send(document)

    def waiting(self) -> int:
        return len(self.sent)
