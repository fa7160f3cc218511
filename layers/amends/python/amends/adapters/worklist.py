"""Staff's lists on the deliveries table: a row for each thing owed, found by the index `work`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.adapters.summary import moment
from amends.adapters.together import query_all, query_work
from amends.domain.case.talking.work import WorkItem, WorkKind

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


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
            **_key(item.case_id, item.id),
            "body": {"S": dumps(item)},
            "work_key": {"S": f"work#{item.kind}"},
            "work_sort": {"S": moment(item.due_at)},
        }
        self._client.put_item(TableName=self._table, Item=row)

    def remove(self, case_id: str, item_id: str) -> None:
        """It is done."""
        self._client.delete_item(TableName=self._table, Key=_key(case_id, item_id))

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


def _key(case_id: str, item_id: str) -> dict[str, Any]:
    return {"pk": {"S": case_id}, "sk": {"S": f"work#{item_id}"}}
