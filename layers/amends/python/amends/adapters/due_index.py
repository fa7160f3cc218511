"""The sparse, sharded index `due` of a table, read a page at a time, and how far that came."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.summary import moment, shard_key
from amends.ports.sweeping import Pass

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Keys = Mapping[str, Any]
_NAMES = ("due_shard", "due_at", "case_id", "pk", "sk")
"""The keys of the index and of the tables that have it."""


def due_keys(
    client: "DynamoDBClient",
    table: str,
    *,
    shard: int,
    until: datetime,
    limit: int,
    after: str | None,
) -> tuple[Sequence[Keys], str | None, bool]:
    """Keys of a page, the longest due first; where the next begins; whether there is more.

    A page's mark is its last key: the next page begins behind it even when that row is gone.
    """
    start: dict[str, Any] = {"ExclusiveStartKey": json.loads(after)} if after else {}
    answer = client.query(
        TableName=table,
        IndexName="due",
        KeyConditionExpression="due_shard = :shard AND due_at <= :until",
        ExpressionAttributeValues={
            ":shard": {"S": shard_key(shard)},
            ":until": {"S": moment(until)},
        },
        Limit=limit,
        **start,
    )
    rows = answer["Items"]
    mark = (
        json.dumps({name: rows[-1][name] for name in _NAMES if name in rows[-1]}) if rows else after
    )
    return rows, mark, "LastEvaluatedKey" in answer


class DynamoPasses:
    """Unfinished passes as rows `pass#NAME` of the deliveries table."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def load(self, name: str) -> Pass | None:
        """The pass, read consistently."""
        found = self._client.get_item(
            TableName=self._table, Key=_place(name), ConsistentRead=True
        ).get("Item")
        if found is None:
            return None
        return Pass(
            began_at=datetime.fromisoformat(found["began_at"]["S"]),
            marks=json.loads(found["marks"]["S"]),
        )

    def save(self, name: str, one: Pass) -> None:
        """Keep how far it has come."""
        row = {"began_at": {"S": moment(one.began_at)}, "marks": {"S": json.dumps(one.marks)}}
        self._client.put_item(TableName=self._table, Item={**_place(name), **row})


def _place(name: str) -> dict[str, Any]:
    return {"pk": {"S": f"pass#{name}"}, "sk": {"S": "-"}}
