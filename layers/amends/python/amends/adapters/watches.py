"""Watches: which owner wants to know about which parcels; rows of the shipments table."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.domain.parcel.shipment import Watch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoWatches:
    """Watches, found by the index `owner`; parcels have no owner, so polls never touch it."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, watch: Watch) -> None:
        """Keep one owner's wish; the first time of wishing stays, people told later are added."""
        item: dict[str, Any] = {
            "waybill": {"S": watch.id},
            "owner": {"S": watch.owner},
            "parcel": {"S": watch.waybill},
            "number": {"S": watch.number},
            "created_at": {"S": watch.created_at.isoformat()},
        }
        if watch.order_reference:
            item["order_reference"] = {"S": watch.order_reference}
        if watch.people:
            item["people"] = {"M": {name: {"S": one} for name, one in watch.people.items()}}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(waybill)",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            if watch.people:
                self._client.update_item(
                    TableName=self._table,
                    Key={"waybill": {"S": watch.id}},
                    UpdateExpression="SET people = :people",
                    ConditionExpression="attribute_exists(waybill)",
                    ExpressionAttributeValues={":people": item["people"]},
                )

    def get(self, watch_id: str) -> Watch | None:
        """One wish."""
        answer = self._client.get_item(
            TableName=self._table, Key={"waybill": {"S": watch_id}}, ConsistentRead=True
        )
        item = answer.get("Item")
        return None if item is None or "parcel" not in item else _watch(item)

    def drop(self, watch_id: str) -> None:
        """Forget it."""
        self._client.delete_item(TableName=self._table, Key={"waybill": {"S": watch_id}})

    def of(self, owner: str, *, limit: int, cursor: str | None) -> Sequence[Watch]:
        """A page of one owner's wishes, by id; what was dropped meanwhile is left out."""
        answer = self._client.query(
            TableName=self._table,
            IndexName="owner",
            KeyConditionExpression="#owner = :owner AND waybill > :after",
            ExpressionAttributeNames={"#owner": "owner"},
            ExpressionAttributeValues={":owner": {"S": owner}, ":after": {"S": cursor or " "}},
            Limit=limit,
        )
        found = [self.get(item["waybill"]["S"]) for item in answer["Items"]]
        return [watch for watch in found if watch is not None]


def _watch(item: Mapping[str, Any]) -> Watch:
    return Watch(
        id=item["waybill"]["S"],
        owner=item["owner"]["S"],
        waybill=item["parcel"]["S"],
        number=item["number"]["S"],
        order_reference=item.get("order_reference", {}).get("S"),
        created_at=datetime.fromisoformat(item["created_at"]["S"]),
        people={name: one["S"] for name, one in item.get("people", {}).get("M", {}).items()},
    )
