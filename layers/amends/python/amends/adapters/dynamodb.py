"""DynamoDB: the events table is the truth; summary and ledger ride in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import decode_event, encode_event
from amends.adapters.due_index import due_keys
from amends.adapters.held_incidents import held_by, holder_of
from amends.adapters.summary import check_cursor, moment, reference_of, summary_item
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
CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})
Item = dict[str, Any]


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
        records: list[Recorded] = []
        pages = self._client.get_paginator("query").paginate(
            TableName=self._events,
            KeyConditionExpression="case_id = :id",
            ExpressionAttributeValues={":id": {"S": case_id}},
            ConsistentRead=True,
        )
        for page in pages:
            records += [_recorded(item) for item in page["Items"]]
        if not records:
            raise NotFound("there is no such case")
        return records

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
        from amends.domain.case.evolution import evolve, opened

        known = case.version if case else 0
        writes: list[Any] = [*beside]
        for version, event in enumerate(events, start=known + 1):
            recorded = Recorded(
                event=event,
                version=version,
                at=on.at,
                by=on.by,
                because=on.because,
            )
            case = opened(recorded) if case is None else evolve(case, recorded)
            writes.append(self._event_put(case.id, recorded))
            writes += [self._ledger_put(case.id, row) for row in self._book(case, recorded)]
        if case is None:
            raise ValueError("a case opens with at least one event")
        writes.append(self._summary_put(case, known))
        try:
            self._client.transact_write_items(TransactItems=writes)
        except self._client.exceptions.TransactionCanceledException as error:
            reasons = error.response.get("CancellationReasons", [])
            if CONFLICTS & {reason.get("Code") for reason in reasons}:
                raise StaleCase(f"case {case.id} has moved on") from error
            raise
        return case

    def _event_put(self, case_id: str, recorded: Recorded) -> Item:
        type_name, body = encode_event(recorded.event)
        item = {
            "case_id": {"S": case_id},
            "version": {"N": str(recorded.version)},
            "type": {"S": type_name},
            "body": {"S": body},
            "recorded_at": {"S": moment(recorded.at)},
            "by": {"S": recorded.by},
            "because": {"S": recorded.because},
        }
        return _put(self._events, item, "attribute_not_exists(case_id)")

    def _ledger_put(self, case_id: str, row: Mapping[str, str | int]) -> Item:
        item = {
            name: {"N": str(value)} if isinstance(value, int) else {"S": value}
            for name, value in row.items()
        }
        item["case_id"] = {"S": case_id}
        return _put(self._ledger, item, "attribute_not_exists(entry_id)")

    def _summary_put(self, case: Case, known: int) -> Item:
        item = summary_item(case)
        if known == 0:
            return _put(self._cases, item, "attribute_not_exists(case_id)")
        put = _put(self._cases, item, "version = :known")
        put["Put"]["ExpressionAttributeValues"] = {":known": {"N": str(known)}}
        return put


def _put(table: str, item: Item, condition: str) -> Item:
    return {"Put": {"TableName": table, "Item": item, "ConditionExpression": condition}}


def _recorded(item: Mapping[str, Any]) -> Recorded:
    return Recorded(
        event=decode_event(item["type"]["S"], item["body"]["S"]),
        version=int(item["version"]["N"]),
        at=datetime.fromisoformat(item["recorded_at"]["S"]),
        by=item["by"]["S"],
        because=item["because"]["S"],
    )
