"""Opinions on the deliveries table: a partition for each month."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amends.adapters.codec import dumps, loads
from amends.adapters.together import query_all
from amends.domain.people.opinion import Opinion

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoOpinions:
    """Claimants' answers, as they are counted."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, opinion: Opinion) -> None:
        """Keep one for its case."""
        row = {"pk": {"S": f"opinions#{opinion.at:%Y-%m}"}, "sk": {"S": opinion.case_id}}
        self._client.put_item(TableName=self._table, Item={**row, "body": {"S": dumps(opinion)}})

    def of_month(self, month: str) -> Sequence[Opinion]:
        """Every answer of a month."""
        rows = query_all(self._client, self._table, f"opinions#{month}", "case_")
        return [loads(Opinion, row["body"]["S"]) for row in rows]
