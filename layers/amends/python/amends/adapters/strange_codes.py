"""Strange codes: what channels send and no table knows; rows of the shipments table."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.domain.parcel.unmapped import Unmapped

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_OWNER = "#unmapped"
"""No merchant's id: the index of owners lists them, and no poll ever reads them."""


class DynamoStrangeCodes:
    """A row for each channel and code."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def note(self, seen: Unmapped) -> None:
        """One write unit; a crash and its repeat may count one twice."""
        self._client.update_item(
            TableName=self._table,
            Key={"waybill": {"S": f"unmapped#{seen.channel}#{seen.code}"}},
            UpdateExpression="SET #owner = :owner, #channel = :channel, code = :code, "
            "first_seen_at = if_not_exists(first_seen_at, :first), last_seen_at = :last, "
            "#number = :number, #text = :text ADD seen :more",
            ExpressionAttributeNames={
                "#owner": "owner",
                "#channel": "channel",
                "#number": "number",
                "#text": "text",
            },
            ExpressionAttributeValues={
                ":owner": {"S": _OWNER},
                ":channel": {"S": seen.channel},
                ":code": {"S": seen.code},
                ":first": {"S": seen.first_seen_at.isoformat()},
                ":last": {"S": seen.last_seen_at.isoformat()},
                ":number": {"S": seen.number},
                ":text": {"S": seen.text},
                ":more": {"N": str(seen.count)},
            },
        )

    def all(self) -> Sequence[Unmapped]:
        """Every code, as the index lists them."""
        keys: list[str] = []
        more: dict[str, Any] = {}
        while True:
            answer = self._client.query(
                TableName=self._table,
                IndexName="owner",
                KeyConditionExpression="#owner = :owner",
                ExpressionAttributeNames={"#owner": "owner"},
                ExpressionAttributeValues={":owner": {"S": _OWNER}},
                **more,
            )
            keys += [item["waybill"]["S"] for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                break
            more = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        rows = (
            self._client.get_item(TableName=self._table, Key={"waybill": {"S": key}}).get("Item")
            for key in keys
        )
        return [_unmapped(row) for row in rows if row is not None]


def _unmapped(item: Mapping[str, Any]) -> Unmapped:
    return Unmapped(
        channel=item["channel"]["S"],
        code=item["code"]["S"],
        count=int(item["seen"]["N"]),
        first_seen_at=datetime.fromisoformat(item["first_seen_at"]["S"]),
        last_seen_at=datetime.fromisoformat(item["last_seen_at"]["S"]),
        number=item["number"]["S"],
        text=item["text"]["S"],
    )
