"""Idempotency: the first answer to each Idempotency-Key, kept for two days."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from amends.ports.idempotency import Claimed, Replay, Reused, Running

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT_FOR = timedelta(hours=48)
ABANDONED_AFTER = timedelta(seconds=30)
"""A twin that has not answered by then was killed: its key may be claimed again."""


class DynamoIdempotency:
    """Keys on a table with a TTL."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def claim(self, key: str, digest: str, *, at: datetime) -> Claimed | Replay | Reused | Running:
        """Claim a key for a body, or say what became of the first claim."""
        now, claim = int(at.timestamp()), uuid4().hex
        try:
            self._client.put_item(
                TableName=self._table,
                Item={
                    "key": {"S": key},
                    "digest": {"S": digest},
                    "claimed_at": {"N": str(now)},
                    "claim": {"S": claim},
                    "expires_at": {"N": str(now + int(KEPT_FOR.total_seconds()))},
                },
                ConditionExpression="attribute_not_exists(#key) OR expires_at < :now OR ("
                "attribute_not_exists(answer) AND claimed_at < :abandoned AND digest = :digest)",
                ExpressionAttributeNames={"#key": "key"},
                ExpressionAttributeValues={
                    ":now": {"N": str(now)},
                    ":abandoned": {"N": str(now - int(ABANDONED_AFTER.total_seconds()))},
                    ":digest": {"S": digest},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return self._first(key, digest, claim)
        return Claimed()

    def answered(self, key: str, *, status: int, body: str, headers: dict[str, str]) -> None:
        """Keep the first answer."""
        answer = json.dumps({"status": status, "body": body, "headers": headers})
        self._client.update_item(
            TableName=self._table,
            Key={"key": {"S": key}},
            UpdateExpression="SET answer = :answer",
            ExpressionAttributeValues={":answer": {"S": answer}},
        )

    def release(self, key: str) -> None:
        """Forget a claim that ended in a refusal: nothing was done, and it may be mended."""
        self._client.delete_item(TableName=self._table, Key={"key": {"S": key}})

    def _first(self, key: str, digest: str, claim: str) -> Claimed | Replay | Reused | Running:
        answer = self._client.get_item(
            TableName=self._table, Key={"key": {"S": key}}, ConsistentRead=True
        )
        item: dict[str, Any] = dict(answer.get("Item", {}))
        if item.get("claim", {}).get("S") == claim:
            return Claimed()  # our own: its answer was lost, and the client asked again
        if item and item["digest"]["S"] != digest:
            return Reused()
        if "answer" not in item:
            return Running()
        document = json.loads(item["answer"]["S"])
        return Replay(status=document["status"], body=document["body"], headers=document["headers"])
