"""Postings, work and suppression on the deliveries table: one row each, two sparse indexes.

Rows: `pk` is the case, `sk` the message's key or `work#…`. The index `due` holds what waits for a
moment, `work` what waits for somebody: letters to print, calls, answers, reports to one reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.adapters.due_index import due_keys
from amends.adapters.summary import moment, shard_key, shard_of
from amends.domain.case.talking.work import WorkItem, WorkKind
from amends.domain.people.posting import Posting
from amends.ports.people import StalePosting
from amends.ports.sweeping import DuePage

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_FOR = timedelta(days=3 * 365)
"""As long as the contacts: a dispute asks what was said when."""
LETTERS = "letters"
SUPPRESSED = "suppressed#"


class DynamoPostings:
    """Messages on their way."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def plan(self, posting: Posting) -> bool:
        """Keep a new one, unless its key is known."""
        return self._put(posting, "attribute_not_exists(pk)", {})

    def get(self, case_id: str, key: str) -> Posting | None:
        """One posting, read consistently."""
        found = self._client.get_item(
            TableName=self._table, Key=_key(case_id, key), ConsistentRead=True
        ).get("Item")
        return _posting(found) if found else None

    def save(self, posting: Posting) -> Posting:
        """Write the next version."""
        known = {":known": {"N": str(posting.version)}}
        after = _next(posting)
        if not self._put(after, "#version = :known", known):
            raise StalePosting("the message is being sent by somebody else")
        return after

    def of_case(self, case_id: str) -> Sequence[Posting]:
        """Every posting of a case."""
        return [_posting(row) for row in query_all(self._client, self._table, case_id, "msg_")]

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[tuple[str, str]]:
        """What is due in one shard; the index holds merchants' deliveries too."""
        keys, mark, has_more = due_keys(
            self._client, self._table, shard=shard, until=until, limit=limit, after=after
        )
        found = tuple(
            (key["pk"]["S"], key["sk"]["S"]) for key in keys if key["sk"]["S"].startswith("msg_")
        )
        return DuePage(rows=found, mark=mark, has_more=has_more)

    def of_reader(self, reader: str, *, until: datetime) -> Sequence[tuple[str, str]]:
        """Reports to one reader that wait until then."""
        return self._messages(f"reader#{reader}", until, 100)

    def to_print(self, *, limit: int) -> Sequence[tuple[str, str]]:
        """Letters to print."""
        return self._messages(LETTERS, None, limit)

    def suppress(self, address: str, *, because: str, at: datetime) -> None:
        """Never write there again."""
        row = {**_key(hash_of_address(address), "-"), "because": {"S": because}}
        self._client.put_item(TableName=self._table, Item={**row, "at": {"S": moment(at)}})

    def is_suppressed(self, address: str) -> bool:
        """Whether the address is closed."""
        key = _key(hash_of_address(address), "-")
        return "Item" in self._client.get_item(TableName=self._table, Key=key)

    def _put(self, posting: Posting, condition: str, values: Mapping[str, Any]) -> bool:
        names = {"#version": "version"} if "#version" in condition else {}
        extra: dict[str, Any] = {"ExpressionAttributeValues": values} if values else {}
        if names:
            extra["ExpressionAttributeNames"] = names
        try:
            self._client.put_item(
                TableName=self._table, Item=_row(posting), ConditionExpression=condition, **extra
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _messages(self, key: str, until: datetime | None, limit: int) -> Sequence[tuple[str, str]]:
        return [
            (row["pk"]["S"], row["sk"]["S"])
            for row in query_work(self._client, self._table, key, until, limit)
            if row["sk"]["S"].startswith("msg_")
        ]


class DynamoWorklist:
    """What staff owe."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def of_case(self, case_id: str) -> Sequence[WorkItem]:
        """What is owed in one case."""
        rows = query_all(self._client, self._table, case_id, "work#")
        return [loads(WorkItem, row["body"]["S"]) for row in rows]

    def put(self, item: WorkItem) -> None:
        """Keep or replace one."""
        row = {
            **_key(item.case_id, f"work#{item.id}"),
            "body": {"S": dumps(item)},
            "work_key": {"S": f"work#{item.kind}"},
            "work_sort": {"S": moment(item.due_at)},
        }
        self._client.put_item(TableName=self._table, Item=row)

    def remove(self, case_id: str, item_id: str) -> None:
        """It is done."""
        self._client.delete_item(TableName=self._table, Key=_key(case_id, f"work#{item_id}"))

    def list(self, kind: WorkKind, *, limit: int) -> Sequence[WorkItem]:
        """What is owed, of one kind, the earliest due first."""
        rows = query_work(self._client, self._table, f"work#{kind}", None, limit)
        found = []
        for row in rows:
            item = self._client.get_item(
                TableName=self._table, Key={"pk": row["pk"], "sk": row["sk"]}
            ).get("Item")
            if item:
                found.append(loads(WorkItem, item["body"]["S"]))
        return found


def hash_of_address(address: str) -> str:
    """The row of a suppressed address, which does not tell the address."""
    return SUPPRESSED + sha256(address.strip().lower().encode()).hexdigest()


def query_all(client: "DynamoDBClient", table: str, pk: str, begins: str) -> "list[dict[str, Any]]":
    """Every row of a partition whose sort key begins so, read consistently."""
    rows: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        answer = client.query(
            TableName=table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :begins)",
            ExpressionAttributeValues={":pk": {"S": pk}, ":begins": {"S": begins}},
            ConsistentRead=True,
            **more,
        )
        rows += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return rows
        more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def query_work(
    client: "DynamoDBClient", table: str, key: str, until: datetime | None, limit: int
) -> "list[dict[str, Any]]":
    """Keys from the index of what waits for somebody, the earliest first."""
    last = "9" if until is None else moment(until)
    answer = client.query(
        TableName=table,
        IndexName="work",
        KeyConditionExpression="work_key = :key AND work_sort <= :last",
        ExpressionAttributeValues={":key": {"S": key}, ":last": {"S": last}},
        Limit=limit,
    )
    return list(answer["Items"])


def _row(posting: Posting) -> dict[str, Any]:
    row: dict[str, Any] = {
        **_key(posting.message.case_id, posting.message.key),
        "body": {"S": dumps(posting)},
        "version": {"N": str(posting.version)},
        "expires_at": {"N": str(int((posting.course.planned_for + KEPT_FOR).timestamp()))},
    }
    if posting.due_at is not None:
        row["due_shard"] = {"S": shard_key(shard_of(posting.message.case_id))}
        row["due_at"] = {"S": moment(posting.due_at)}
        if posting.is_to_print:
            row["work_key"] = {"S": LETTERS}
            row["work_sort"] = {"S": moment(posting.due_at)}
        elif posting.reader and not posting.course.attempts:
            row["work_key"] = {"S": f"reader#{posting.reader}"}
            row["work_sort"] = {"S": moment(posting.due_at)}
    return row


def _posting(row: Mapping[str, Any]) -> Posting:
    return loads(Posting, row["body"]["S"])


def _next(posting: Posting) -> Posting:
    return replace(posting, version=posting.version + 1)


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}
