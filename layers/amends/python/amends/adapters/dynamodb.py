"""DynamoDB: the events table is the truth; summary and ledger ride in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.case_rows import Item, event_put, ledger_put, recorded_of, summary_put
from amends.adapters.due_index import due_keys
from amends.adapters.held_incidents import held_by, holder_of
from amends.adapters.summary import check_cursor, reference_of
from amends.adapters.together import WRITTEN_AT_ONCE, query, write
from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import CaseOpened, Event
from amends.domain.case.evolution import replay
from amends.domain.occasion import Occasion
from amends.domain.refusal import NotFound
from amends.ports import DuePage, IncidentHeld, Page, StaleCase

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OPENINGS = 5
_OPEN = "attribute_not_exists(outcome)"


class DynamoCases:
    """CaseStore on three tables; `book` derives the ledger rows of what is appended."""

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        events_table: str,
        cases_table: str,
        ledger_table: str,
        book: Callable[[Case, Recorded], Sequence[Mapping[str, str | int]]],
    ) -> None:
        self._client = client
        self._events = events_table
        self._cases = cases_table
        self._ledger = ledger_table
        self._book = book

    def history(self, case_id: str) -> Sequence[Recorded]:
        """Every event, read consistently, over as many pages as it takes."""
        rows = query(
            self._client,
            TableName=self._events,
            KeyConditionExpression="case_id = :id",
            ExpressionAttributeValues={":id": {"S": case_id}},
            ConsistentRead=True,
        )
        if records := [recorded_of(row) for row in rows]:
            return records
        raise NotFound("there is no such case")

    def load(self, case_id: str) -> Case:
        """The case, replayed from its history."""
        return replay(self.history(case_id))

    def open(
        self,
        events: Sequence[Event],
        occasion: Occasion,
        *,
        incident: str | None = None,
        instead_of: str | None = None,
    ) -> Case:
        """Store a new case, and that it holds its incident, in one transaction."""
        if incident is None:
            return self._write(None, events, occasion)
        own = next((one.case_id for one in events if isinstance(one, CaseOpened)), "")
        held = (held_by(self._cases, incident, own, instead_of),)
        for _ in range(OPENINGS):  # again, where somebody was writing at the same moment
            try:
                return self._write(None, events, occasion, held)
            except StaleCase:
                holder = holder_of(self._client, self._cases, incident)
                if holder == own:
                    raise
                if holder not in (None, instead_of):
                    raise IncidentHeld(holder) from None
        raise StaleCase("others are opening cases of this incident")

    def append(self, case: Case, events: Sequence[Event], occasion: Occasion) -> Case:
        """Append in one transaction; raises StaleCase when the case has moved on."""
        if not events:
            return case
        return self._write(case, events, occasion)

    def append_many(
        self, changes: Sequence[tuple[Case, Sequence[Event]]], occasion: Occasion
    ) -> Sequence[Case | None]:
        """As many cases in one transaction as it holds; where one has moved on, none of them is."""
        after: list[Case | None] = []
        cases: list[Case] = []
        writes: list[Item] = []
        for case, events in changes:
            moved, rows = self._writes(case, events, occasion)
            if len(writes) + len(rows) > WRITTEN_AT_ONCE:
                after += self._together(cases, writes)
                cases, writes = [], []
            cases.append(moved)
            writes += rows
        return [*after, *self._together(cases, writes)]

    def _together(self, cases: Sequence[Case], writes: Sequence[Item]) -> Sequence[Case | None]:
        is_written = bool(writes) and write(self._client, writes)
        return [case if is_written else None for case in cases]

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[str]:
        """Ids of one shard that are due, the longest due first."""
        keys, mark, has_more = due_keys(
            self._client, self._cases, shard=shard, until=until, limit=limit, after=after
        )
        found = tuple(key["case_id"]["S"] for key in keys)
        return DuePage(rows=found, mark=mark, has_more=has_more)

    def on_waybill(self, tracking_number: str) -> Sequence[str]:
        """Ids of the open cases about one tracking number, sorted."""
        return self._under("waybill", tracking_number, FilterExpression=_OPEN)

    def formerly_on_waybill(self, tracking_number: str) -> Sequence[str]:
        """Ids of the open cases whose parcel left this number for another, sorted."""
        return self._under("former_waybill", tracking_number, FilterExpression=_OPEN)

    def queue(self, *, stage: str, limit: int, cursor: str | None) -> Page:
        """A page of one stage's cases, the earliest due first; the cursor is the last sort key."""
        start = check_cursor(cursor)
        after = "queue_key = :stage AND queue_sort > :after"
        answer = self._client.query(
            TableName=self._cases,
            IndexName="queue",
            KeyConditionExpression=after,
            ExpressionAttributeValues={":stage": {"S": stage}, ":after": {"S": start}},
            Limit=limit + 1,  # one more tells whether there is a next page
        )
        items = answer["Items"][:limit]
        more = len(answer["Items"]) > limit
        return Page(
            case_ids=tuple(item["case_id"]["S"] for item in items),
            next_cursor=items[-1]["queue_sort"]["S"] if more else None,
            marks=tuple(item["queue_sort"]["S"] for item in items),
        )

    def of_merchant(self, merchant: str, *, limit: int, cursor: str | None) -> Page:
        """A page of one merchant's cases, by id; the cursor is the last id."""
        answer = self._client.query(
            TableName=self._cases,
            IndexName="claimant",
            KeyConditionExpression="claimant = :merchant AND case_id > :after",
            ExpressionAttributeValues={
                ":merchant": {"S": merchant},
                ":after": {"S": check_cursor(cursor)},
            },
            Limit=limit + 1,
        )
        found = [item["case_id"]["S"] for item in answer["Items"]]
        more = len(found) > limit
        page = found[:limit]
        return Page(case_ids=tuple(page), next_cursor=page[-1] if more else None)

    def numbered(self, tracking_number: str) -> Sequence[str]:
        """Ids of all cases that have or had one tracking number, open or closed, sorted."""
        known = (self._under(name, tracking_number) for name in ("waybill", "former_waybill"))
        return sorted({case_id for found in known for case_id in found})

    def referred(self, reference: str) -> Sequence[str]:
        """Ids of all cases of an order, by the reference that its seller gave, sorted."""
        wanted = reference_of(reference)
        return self._under("reference", wanted) if wanted else []

    def _under(self, index: str, value: str, **only: Any) -> list[str]:
        if not value:  # no key is empty
            return []
        pages = self._client.get_paginator("query").paginate(
            TableName=self._cases,
            IndexName=index,
            KeyConditionExpression=f"#{index} = :value",
            ExpressionAttributeNames={f"#{index}": index},  # some are words of DynamoDB's own
            ExpressionAttributeValues={":value": {"S": value}},
            **only,
        )
        return [item["case_id"]["S"] for page in pages for item in page["Items"]]

    def _write(
        self, case: Case | None, events: Sequence[Event], on: Occasion, beside: Sequence[Item] = ()
    ) -> Case:
        after, writes = self._writes(case, events, on)
        if not write(self._client, [*beside, *writes]):
            raise StaleCase(f"case {after.id} has moved on")
        return after

    def _writes(
        self, case: Case | None, events: Sequence[Event], on: Occasion
    ) -> tuple[Case, Sequence[Item]]:
        """The case after these events, and every row that says so."""
        from amends.domain.case.evolution import evolve, opened

        known = case.version if case else 0
        writes: list[Item] = []
        for version, event in enumerate(events, start=known + 1):
            recorded = Recorded(
                event=event,
                version=version,
                at=on.at,
                by=on.by,
                because=on.because,
            )
            case = opened(recorded) if case is None else evolve(case, recorded)
            writes.append(event_put(self._events, case.id, recorded))
            booked = self._book(case, recorded)
            writes += [ledger_put(self._ledger, case.id, row) for row in booked]
        if case is None:
            raise ValueError("a case opens with at least one event")
        writes.append(summary_put(self._cases, case, known))
        return case, writes
