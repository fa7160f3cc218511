"""Insight on its own table: each source's account, the sums in shards, and the actions.

An account and every sum that it moves are written in one transaction, so that no event is ever
counted twice or half. Sums are spread over shards, for all cases add to the same few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.adapters.together import query_all
from amends.domain.insight.action import PlannedAction
from amends.domain.insight.tally import Counted, Dimension, Row, changes
from amends.ports.insight import StaleAction, Tally

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SHARDS = 8
ACTIONS = "actions"
_MEASURE = "n_"
_COLLISIONS = frozenset({"ConditionalCheckFailed", "TransactionConflict"})


class DynamoTallies:
    """Accounts and sums."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def known(self, source: str) -> Counted | None:
        """The account on file."""
        found = self._client.get_item(
            TableName=self._table, Key=_account(source), ConsistentRead=True
        ).get("Item")
        return loads(Counted, found["body"]["S"]) if found else None

    def swap(self, known: Counted | None, counted: Counted) -> bool:
        """Account and sums, all or nothing."""
        shard = shard_of(counted.source)
        moved = changes(known, counted)
        updates = [self._add(row, cells, shard) for row, cells in moved.items()]
        try:
            self._client.transact_write_items(TransactItems=[self._put(known, counted), *updates])
        except self._client.exceptions.TransactionCanceledException as error:
            reasons = error.response.get("CancellationReasons", [])
            if _COLLISIONS & {reason.get("Code") for reason in reasons}:
                return False
            raise
        return True

    def of(self, dimension: Dimension, month: str, value: str | None = None) -> Mapping[str, Tally]:
        """Sums over all shards."""
        begins = f"{value} " if value is not None else None
        rows = self._rows(f"{dimension} {month}", begins)
        sums: dict[str, dict[str, int]] = {}
        for row in rows:
            name = row["sk"]["S"].rpartition(" ")[0]
            if value is not None and name != value:
                continue
            told = sums.setdefault(name, {})
            for key, number in row.items():
                if key.startswith(_MEASURE):
                    measure = key.removeprefix(_MEASURE)
                    told[measure] = told.get(measure, 0) + int(number["N"])
        return sums

    def _rows(self, pk: str, begins: str | None) -> "list[dict[str, Any]]":
        values = {":pk": {"S": pk}}
        condition = "pk = :pk"
        if begins is not None:
            values[":begins"] = {"S": begins}
            condition += " AND begins_with(sk, :begins)"
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
        )
        return [dict(row) for page in pages for row in page["Items"]]

    def _put(self, known: Counted | None, counted: Counted) -> Any:
        put: dict[str, Any] = {
            "TableName": self._table,
            "Item": {**_account(counted.source), "body": {"S": dumps(counted)}},
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        if known is not None:
            put["ConditionExpression"] = "body = :known"
            put["ExpressionAttributeValues"] = {":known": {"S": dumps(known)}}
        return {"Put": put}

    def _add(self, row: Row, cells: Mapping[str, int], shard: int) -> Any:
        group = row.group
        names = {f"#n{place}": f"{_MEASURE}{name}" for place, name in enumerate(cells)}
        values = {f":n{place}": {"N": str(n)} for place, n in enumerate(cells.values())}
        pairs = ", ".join(f"#n{place} :n{place}" for place in range(len(cells)))
        return {
            "Update": {
                "TableName": self._table,
                "Key": {
                    "pk": {"S": f"{group.dimension} {row.month}"},
                    "sk": {"S": f"{group.value} {shard}"},
                },
                "UpdateExpression": f"ADD {pairs}",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        }


class DynamoActions:
    """Corrective actions: few, so that one partition holds them."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def get(self, action_id: str) -> PlannedAction | None:
        """One action."""
        found = self._client.get_item(
            TableName=self._table, Key=_action(action_id), ConsistentRead=True
        ).get("Item")
        return loads(PlannedAction, found["body"]["S"]) if found else None

    def save(self, action: PlannedAction) -> PlannedAction:
        """Write the next version."""
        after = replace(action, version=action.version + 1)
        item = {**_action(action.id), "body": {"S": dumps(after)}, "v": {"N": str(after.version)}}
        guard: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk)"}
        if action.version:
            guard = {
                "ConditionExpression": "v = :known",
                "ExpressionAttributeValues": {":known": {"N": str(action.version)}},
            }
        try:
            self._client.put_item(TableName=self._table, Item=item, **guard)
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise StaleAction("the action has been changed by somebody else") from error
        return after

    def all(self) -> Sequence[PlannedAction]:
        """Every action, the earliest due first."""
        rows = query_all(self._client, self._table, ACTIONS, "act_")
        found = [loads(PlannedAction, row["body"]["S"]) for row in rows]
        return sorted(found, key=lambda action: (action.due_on, action.id))


def shard_of(source: str) -> int:
    """Where the sums of one source are kept, for ever."""
    return blake2b(source.encode(), digest_size=1).digest()[0] % SHARDS


def _account(source: str) -> dict[str, Any]:
    return {"pk": {"S": f"account {source}"}, "sk": {"S": "-"}}


def _action(action_id: str) -> dict[str, Any]:
    return {"pk": {"S": ACTIONS}, "sk": {"S": action_id}}
