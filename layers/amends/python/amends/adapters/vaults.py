"""Vaults: what is kept of shipments before there is a case; rows of the shipments table.

One row for each, so that it is read consistently; the number's row lists them beside its waybills.
A row ends by its TTL, the files by the bucket's lifecycle.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.domain.case.vault import Vault
from amends.ports.evidence import StaleVault

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoVaults:
    """Vaults on the shipments table; no row has an owner there, so that no list shows it."""

    def __init__(
        self, client: "DynamoDBClient", *, table: str, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._table = table
        self._now = now

    def get(self, shipment_id: str) -> Vault | None:
        """One vault, without what has ended: rows and files go later than they end."""
        item = self._row(f"vault#{shipment_id}")
        if "body" not in item:
            return None
        return loads(Vault, item["body"]["S"]).at(self._now())

    def under(self, number: str) -> Sequence[Vault]:
        """By the number's row; one that has ended is listed there still."""
        ids = self._row(f"number#{number}").get("vaults", {}).get("SS", [])
        return [vault for one in sorted(ids) if (vault := self.get(one)) is not None]

    def save(self, vault: Vault) -> Vault:
        """The number's row first: a vault that nobody finds would be worse than none to find."""
        after = replace(vault, version=vault.version + 1)
        if vault.version == 0:
            self._client.update_item(
                TableName=self._table,
                Key={"waybill": {"S": f"number#{vault.number}"}},
                UpdateExpression="ADD vaults :it",
                ExpressionAttributeValues={":it": {"SS": [vault.shipment_id]}},
            )
        try:
            self._client.put_item(
                TableName=self._table,
                Item={
                    "waybill": {"S": f"vault#{vault.shipment_id}"},
                    "body": {"S": dumps(after)},
                    "version": {"N": str(after.version)},
                    "expires_at": {"N": str(int(after.ends_at.timestamp()))},
                },
                ConditionExpression="attribute_not_exists(waybill) OR version = :known",
                ExpressionAttributeValues={":known": {"N": str(vault.version)}},
            )
        except self._client.exceptions.ConditionalCheckFailedException as error:
            if self._row(f"vault#{vault.shipment_id}").get("body", {}).get("S") == dumps(after):
                return after  # ours, whose answer was lost
            raise StaleVault("the shipment's evidence has moved on") from error
        return after

    def _row(self, key: str) -> dict[str, Any]:
        answer = self._client.get_item(
            TableName=self._table, Key={"waybill": {"S": key}}, ConsistentRead=True
        )
        return dict(answer.get("Item", {}))
