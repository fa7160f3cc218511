"""Held incidents: rows of the cases table that say which case holds one; they are in no index."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def held_by(table: str, incident: str, case_id: str, instead_of: str | None) -> dict[str, Any]:
    """The write, in the transaction that opens a case, by which it holds its incident."""
    put = {"TableName": table, "Item": {**_key(incident), "held_by": {"S": case_id}}}
    if instead_of is None:
        return {"Put": {**put, "ConditionExpression": "attribute_not_exists(case_id)"}}
    before = {":before": {"S": instead_of}}
    condition = {"ConditionExpression": "held_by = :before", "ExpressionAttributeValues": before}
    return {"Put": {**put, **condition}}


def holder_of(client: "DynamoDBClient", table: str, incident: str) -> str | None:
    """The case that holds an incident, read consistently."""
    found = client.get_item(TableName=table, Key=_key(incident), ConsistentRead=True)
    return found["Item"]["held_by"]["S"] if "Item" in found else None


def _key(incident: str) -> dict[str, Any]:
    return {"case_id": {"S": f"incident#{incident}"}}
