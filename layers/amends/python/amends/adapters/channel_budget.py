"""Channel budget: what all workers share about one channel and account, in one small row."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from amends.domain.parcel.throttle import Breaker, Bucket
from amends.ports.tracking import Gate

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class DynamoGates:
    """Gates as rows `gate#<channel>#<account>` of the shipments table."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def load(self, gate: str) -> Gate:
        """The gate, read consistently."""
        answer = self._client.get_item(
            TableName=self._table, Key={"waybill": {"S": f"gate#{gate}"}}, ConsistentRead=True
        )
        item: dict[str, Any] = dict(answer.get("Item", {}))
        if not item:
            return Gate(bucket=Bucket(full_at=_NEVER), breaker=Breaker())
        until = item.get("open_until", {}).get("S")
        return Gate(
            bucket=Bucket(
                full_at=datetime.fromisoformat(item["full_at"]["S"]),
                day=item["day"]["S"],
                used=int(item["used"]["N"]),
            ),
            breaker=Breaker(
                failures=int(item["failures"]["N"]),
                open_until=datetime.fromisoformat(until) if until else None,
            ),
            version=int(item["version"]["N"]),
        )

    def swap(self, gate: str, known: Gate, new: Gate) -> bool:
        """Write if nobody else did; a repeat of our own lost write counts as somebody else's."""
        item: dict[str, Any] = {
            "waybill": {"S": f"gate#{gate}"},
            "full_at": {"S": new.bucket.full_at.isoformat()},
            "day": {"S": new.bucket.day or "-"},
            "used": {"N": str(new.bucket.used)},
            "failures": {"N": str(new.breaker.failures)},
            "version": {"N": str(known.version + 1)},
        }
        if new.breaker.open_until:
            item["open_until"] = {"S": new.breaker.open_until.isoformat()}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(version) OR version = :known",
                ExpressionAttributeValues={":known": {"N": str(known.version)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
