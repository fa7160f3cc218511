"""Rows of a case: an event, the summary, a ledger entry, as DynamoDB stores and writes them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.adapters.codec import decode_event, encode_event
from amends.adapters.summary import moment, summary_item
from amends.domain.case.case import Case, Recorded

Item = dict[str, Any]


def event_put(table: str, case_id: str, recorded: Recorded) -> Item:
    """The write of an event: nobody else's may stand at its version."""
    type_name, body = encode_event(recorded.event)
    item = {
        "case_id": {"S": case_id},
        "version": {"N": str(recorded.version)},
        "type": {"S": type_name},
        "body": {"S": body},
        "recorded_at": {"S": moment(recorded.at)},
        "by": {"S": recorded.by},
        "because": {"S": recorded.because},
    }
    return _put(table, item, "attribute_not_exists(case_id)")


def ledger_put(table: str, case_id: str, row: Mapping[str, str | int]) -> Item:
    """The write of a ledger entry, once."""
    item = {
        name: {"N": str(value)} if isinstance(value, int) else {"S": value}
        for name, value in row.items()
    }
    item["case_id"] = {"S": case_id}
    return _put(table, item, "attribute_not_exists(entry_id)")


def summary_put(table: str, case: Case, known: int) -> Item:
    """The write of the summary, on the version that was loaded."""
    item = summary_item(case)
    if known == 0:
        return _put(table, item, "attribute_not_exists(case_id)")
    put = _put(table, item, "version = :known")
    put["Put"]["ExpressionAttributeValues"] = {":known": {"N": str(known)}}
    return put


def recorded_of(item: Mapping[str, Any]) -> Recorded:
    """The event of a row."""
    return Recorded(
        event=decode_event(item["type"]["S"], item["body"]["S"]),
        version=int(item["version"]["N"]),
        at=datetime.fromisoformat(item["recorded_at"]["S"]),
        by=item["by"]["S"],
        because=item["because"]["S"],
    )


def _put(table: str, item: Item, condition: str) -> Item:
    return {"Put": {"TableName": table, "Item": item, "ConditionExpression": condition}}
