"""Shipments: watched parcels in one table, their due rows in another.

A changed parcel costs at most three write units (due row, parcel, old due row), an unchanged one
two, and less where due rows are shared: the order of the writes makes a crash leave a due row too
many, never one too few.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from amends.adapters.shipment_codec import pack as packed
from amends.adapters.shipment_rows import Item, due_items, due_of, item_of, shipment_of
from amends.domain.parcel.shipment import Due, Shipment, shard_of
from amends.ports.tracking import Seen, StaleShipment

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_SEEN_AT_ONCE = 50
"""Parcels of one request, each with its due row: DynamoDB takes a hundred keys."""


class DynamoShipments:
    """Shipments on `shipments` and `due_shipments`."""

    def __init__(self, client: "DynamoDBClient", *, table: str, due_table: str) -> None:
        self._client = client
        self._table = table
        self._due = due_table

    def get(self, waybill: str, *, surely: bool = False) -> Shipment | None:
        """One parcel; half a read unit, or one where it must be the newest."""
        answer = self._client.get_item(
            TableName=self._table, Key={"waybill": {"S": waybill}}, ConsistentRead=surely
        )
        item = answer.get("Item")
        return None if item is None or "state" not in item else shipment_of(item)

    def several(self, wanted: Sequence[tuple[str, str]]) -> Seen:
        """Parcels and due rows, fifty of each a request; what the table holds back is left out."""
        shipments: dict[str, Shipment] = {}
        due_rows: dict[tuple[str, str], Due] = {}
        for start in range(0, len(wanted), _SEEN_AT_ONCE):
            part = wanted[start : start + _SEEN_AT_ONCE]
            waybills = dict.fromkeys(waybill for waybill, _ in part)
            keys = {key: waybill for waybill, key in part if key}
            asked = {self._table: {"Keys": [{"waybill": {"S": one}} for one in waybills]}}
            if keys:
                asked[self._due] = {"Keys": [_due_key(*one) for one in keys.items()]}
            found = self._client.batch_get_item(RequestItems=asked)["Responses"]  # type: ignore[arg-type]  # its own shape
            for item in found.get(self._table, []):
                if "state" in item:
                    shipments[item["waybill"]["S"]] = shipment_of(item)
            for item in found.get(self._due, []):
                due_rows |= {(row.waybill, row.key): row for row in due_of(item)}
        return Seen(shipments=shipments, due_rows=due_rows)

    def under(self, number: str) -> Sequence[str]:
        """Waybills of a number, from the one row that lists them."""
        key = {"waybill": {"S": f"number#{number}"}}
        answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        return sorted(answer.get("Item", {}).get("waybills", {}).get("SS", []))

    def add(self, shipment: Shipment, due: Due) -> bool:
        """Watch a new parcel; whatever is cut off in between is mended by watching again."""
        self._change(f"number#{shipment.number}", "ADD waybills :it", shipment.waybill)
        self.put_due(due)
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item_of(shipment),
                ConditionExpression="attribute_not_exists(waybill)",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            found = self.get(shipment.waybill, surely=True)
            return found is not None and found.token == shipment.token
        return True

    def save(self, shipment: Shipment) -> Shipment:
        """Write what was heard; a write of our own whose answer was lost is recognised."""
        after = replace(shipment, version=shipment.version + 1)
        try:
            self._client.update_item(
                TableName=self._table,
                Key={"waybill": {"S": shipment.waybill}},
                UpdateExpression="SET #state = :state, #token = :token, version = :after",
                ConditionExpression="version = :known",
                ExpressionAttributeNames={"#state": "state", "#token": "token"},
                ExpressionAttributeValues={
                    ":state": {"B": packed(after.state)},
                    ":token": {"S": after.token},
                    ":after": {"N": str(after.version)},
                    ":known": {"N": str(shipment.version)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            now = self.get(shipment.waybill, surely=True)
            if now is not None and now.version == after.version and now.state == after.state:
                return now
            raise StaleShipment("the shipment has moved on") from error
        return after

    def join(self, waybill: str, watcher: str) -> None:
        """Add a watcher; does not move the version, for it changes nothing that was heard."""
        self._change(waybill, "ADD watchers :it", watcher)

    def leave(self, waybill: str, watcher: str) -> None:
        """Take a watcher away."""
        self._change(waybill, "DELETE watchers :it", watcher)

    def promise(self, waybill: str, expected_on: date) -> None:
        """Note the promised day, where none is known yet."""
        self._client.update_item(
            TableName=self._table,
            Key={"waybill": {"S": waybill}},
            UpdateExpression="SET expected_on = if_not_exists(expected_on, :day)",
            ExpressionAttributeValues={":day": {"S": expected_on.isoformat()}},
        )

    def note_registered(self, waybill: str, channel: str, *, known: bool) -> None:
        """A channel knows the number now, or has forgotten it."""
        self._change(waybill, f"{'ADD' if known else 'DELETE'} registered :it", channel)

    def put_due(self, due: Due) -> None:
        """Write a due row."""
        self.put_pack([due])

    def put_pack(self, pack: Sequence[Due]) -> None:
        """Write a row that several share."""
        self._client.put_item(TableName=self._due, Item=due_items(pack))

    def drop_due(self, due_key: str, waybill: str) -> None:
        """Delete a due row, with all that share it."""
        self._client.delete_item(TableName=self._due, Key=_due_key(due_key, waybill))

    def due_row(self, due_key: str, waybill: str) -> Sequence[Due]:
        """One due row, all that share it; half a read unit, one more only to be sure it is gone.

        A row dealt with a moment ago may still be seen: then the same is asked twice, no more.
        """
        key = _due_key(due_key, waybill)
        for surely in (False, True):
            answer = self._client.get_item(TableName=self._due, Key=key, ConsistentRead=surely)
            if "Item" in answer:
                return due_of(answer["Item"])
        return []

    def due(self, *, shard: int, after: str, until: str, limit: int) -> Sequence[Due]:
        """Due rows of one shard, over as many pages as it takes to fill the limit."""
        rows: list[Due] = []
        more: Item = {}
        if until <= f"{after} ":  # another sweep has been further: an empty span is an error there
            return rows
        while len(rows) < limit:
            answer = self._client.query(
                TableName=self._due,
                KeyConditionExpression="due_shard = :shard AND due_key BETWEEN :after AND :until",
                ExpressionAttributeValues={
                    ":shard": {"S": _shard(shard)},
                    ":after": {"S": f"{after} "},
                    ":until": {"S": until},
                },
                Limit=limit - len(rows),
                **more,
            )
            rows += [due for item in answer["Items"] for due in due_of(item)]
            if "LastEvaluatedKey" not in answer:
                break
            more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return rows

    def mark(self, shard: int, *, of: str = "") -> str:
        """How far one shard has been swept."""
        answer = self._client.get_item(
            TableName=self._table, Key={"waybill": {"S": _mark(shard, of)}}, ConsistentRead=True
        )
        return str(answer.get("Item", {}).get("mark", {}).get("S", ""))

    def move_mark(self, shard: int, *, known: str, to: str, of: str = "") -> bool:
        """Move the mark on, unless another sweep has."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key={"waybill": {"S": _mark(shard, of)}},
                UpdateExpression="SET mark = :to",
                ConditionExpression="mark = :known OR (:known = :never AND "
                "attribute_not_exists(mark))",
                ExpressionAttributeValues={
                    ":to": {"S": to},
                    ":known": {"S": known},
                    ":never": {"S": ""},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _change(self, waybill: str, change: str, member: str) -> None:
        self._client.update_item(
            TableName=self._table,
            Key={"waybill": {"S": waybill}},
            UpdateExpression=change,
            ExpressionAttributeValues={":it": {"SS": [member]}},
        )


def _due_key(due_key: str, waybill: str) -> Item:
    return {"due_shard": {"S": _shard(shard_of(waybill))}, "due_key": {"S": due_key}}


def _shard(shard: int) -> str:
    return f"{shard:02d}"


def _mark(shard: int, of: str) -> str:
    return f"mark#{_shard(shard)}{of and f'#{of}'}"
