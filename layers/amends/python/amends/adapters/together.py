"""Together: rows of a table that are read, or written under conditions, in one call."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.summary import moment

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

READ_AT_ONCE = 100
WRITTEN_AT_ONCE = 100
"""The service's own limits of a call."""
CONFLICTS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


def read(
    client: "DynamoDBClient", table: str, keys: Sequence[Mapping[str, Any]], **more: Any
) -> Iterator[Mapping[str, Any]]:
    """The rows of these keys that are there, in no order; no key may be named twice."""
    for start in range(0, len(keys), READ_AT_ONCE):
        wanted: Any = {table: {"Keys": keys[start : start + READ_AT_ONCE], **more}}
        while wanted:
            answer = client.batch_get_item(RequestItems=wanted)
            yield from answer["Responses"].get(table, ())
            wanted = answer.get("UnprocessedKeys")


def query(client: "DynamoDBClient", **wanted: Any) -> Iterator[Mapping[str, Any]]:
    """Every row of a query, over as many pages as it takes, without a paginator's price."""
    more: dict[str, Any] = {}
    while True:
        answer = client.query(**wanted, **more)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def query_all(client: "DynamoDBClient", table: str, pk: str, begins: str) -> "list[dict[str, Any]]":
    """Every row of a partition whose sort key begins so, read consistently."""
    rows = query(
        client,
        TableName=table,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :begins)",
        ExpressionAttributeValues={":pk": {"S": pk}, ":begins": {"S": begins}},
        ConsistentRead=True,
    )
    return [dict(row) for row in rows]


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


def write(client: "DynamoDBClient", writes: Sequence[Mapping[str, Any]]) -> bool:
    """All of these writes or none; False when a condition refuses or somebody else writes now.

    An answer that was lost is asked for again under the same token, so that it is never refused
    for having been written.
    """
    wanted: Any = writes
    try:
        client.transact_write_items(TransactItems=wanted)
    except client.exceptions.TransactionCanceledException as error:
        reasons = error.response.get("CancellationReasons", [])
        if CONFLICTS & {reason.get("Code", "") for reason in reasons}:
            return False
        raise
    return True
