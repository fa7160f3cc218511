"""Contacts: one row of personal data per case, one attribute per part, erased by its TTL."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_FOR = timedelta(days=3 * 365)
"""From the last change: the limitation period of the Civil Code, art. 188."""


class DynamoContacts:
    """Contacts on their own table with its own key."""

    def __init__(self, client: "DynamoDBClient", *, table: str, now: datetime) -> None:
        self._client = client
        self._table = table
        self._now = now

    def put(self, case_id: str, part: str, document: Mapping[str, object]) -> None:
        """Write one part; the row lives on from now."""
        self._client.update_item(
            TableName=self._table,
            Key={"case_id": {"S": case_id}},
            UpdateExpression="SET #part = :document, expires_at = :end",
            ExpressionAttributeNames={"#part": f"part:{part}"},
            ExpressionAttributeValues={
                ":document": {"S": json.dumps(document, ensure_ascii=False)},
                ":end": {"N": str(int((self._now + KEPT_FOR).timestamp()))},
            },
        )

    def get(self, case_id: str, part: str) -> Mapping[str, object] | None:
        """One part, read consistently."""
        answer = self._client.get_item(
            TableName=self._table,
            Key={"case_id": {"S": case_id}},
            ProjectionExpression="#part",
            ExpressionAttributeNames={"#part": f"part:{part}"},
            ConsistentRead=True,
        )
        attribute = answer.get("Item", {}).get(f"part:{part}")
        if attribute is None:
            return None
        return cast("Mapping[str, object]", json.loads(attribute["S"]))
