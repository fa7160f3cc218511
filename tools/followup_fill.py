"""Filling of the follow-ups' benchmark: one settled case is made by the code, the rest are copies.

A copy has everything of its own: id, address, messages' keys, place in the due index.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amends.adapters.codec import loads
from amends.adapters.summary import shard_key, shard_of
from amends.domain.ids import derived
from amends.domain.people.posting import Posting

TOGETHER = 25
"""Rows that one call writes at most."""


def numbered(place: int) -> str:
    """The id of the case at one place."""
    return f"case_{place:026d}"


def copies(client: Any, tables: Mapping[str, str], places: Sequence[int]) -> None:
    """Write the cases of these places as copies of the case at place 0."""
    models = [(name, json.dumps(row)) for name, row in _model(client, tables)]
    rows: list[tuple[str, dict[str, Any]]] = []
    for place in places:
        for name, text in models:
            rows.append((tables[name], _copied(name, text, place)))
            if len(rows) == TOGETHER:
                _write(client, rows)
                rows = []
    _write(client, rows)


def _model(client: Any, tables: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    case_id = {"S": numbered(0)}
    for name, key in (("events", "case_id"), ("cases", "case_id"), ("contacts", "case_id")):
        for row in _rows(client, tables[name], key, case_id):
            yield name, row
    for row in _rows(client, tables["deliveries"], "pk", case_id):
        yield "deliveries", row


def _rows(client: Any, table: str, key: str, value: Mapping[str, str]) -> list[dict[str, Any]]:
    answer = client.query(
        TableName=table,
        KeyConditionExpression=f"{key} = :value",
        ExpressionAttributeValues={":value": value},
        ConsistentRead=True,
    )
    return list(answer["Items"])


def _copied(name: str, text: str, place: int) -> dict[str, Any]:
    case_id = numbered(place)
    fresh = text.replace(numbered(0), case_id).replace(f"{0:026d}", f"{place:026d}")
    row: dict[str, Any] = json.loads(fresh.replace("0@example.org", f"{place}@example.org"))
    if name == "cases":
        row["due_shard"] = {"S": shard_key(shard_of(case_id))}
    if name == "deliveries":
        message = loads(Posting, row["body"]["S"]).message
        row["sk"] = {"S": derived("msg", case_id, message.code, message.occasion)}
    return row


def _write(client: Any, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    wanted: dict[str, list[Any]] = {}
    for table, row in rows:
        wanted.setdefault(table, []).append({"PutRequest": {"Item": row}})
    while wanted:
        wanted = client.batch_write_item(RequestItems=wanted)["UnprocessedItems"]
