"""Derive the summary row of every case again from its events: the events table is the truth.

Safe beside a living system: a row is written only over an older or an equal version, so that a
case that moves on meanwhile is never put back. Ledger rows are not derived here: they are entries
of their own, written once with the events that caused them.

    python -m tools.rebuild_cases --local .amends/local.json
    python -m tools.rebuild_cases --events-table NAME --cases-table NAME
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from amends.adapters.codec import Undecodable
from amends.adapters.dynamodb import DynamoCases, summary_item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OLDER_OR_EQUAL = "attribute_not_exists(case_id) OR version <= :version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many rows were written, how many had moved on, and which histories cannot be read."""

    written: int
    moved_on: int
    unreadable: tuple[str, ...]


def rebuild(client: "DynamoDBClient", *, events_table: str, cases_table: str) -> Rebuilt:
    """Write every case's summary row from its history: one scan for the ids, then each history."""
    store = DynamoCases(
        client,
        events_table=events_table,
        cases_table=cases_table,
        ledger_table="",
        book=lambda _case, _recorded: (),
    )
    written, moved_on = 0, 0
    unreadable: list[str] = []
    for case_id in case_ids(client, events_table):
        try:
            case = store.load(case_id)
        except Undecodable:
            unreadable.append(case_id)
            continue
        try:
            client.put_item(
                TableName=cases_table,
                Item=summary_item(case),
                ConditionExpression=OLDER_OR_EQUAL,
                ExpressionAttributeValues={":version": {"N": str(case.version)}},
            )
            written += 1
        except client.exceptions.ConditionalCheckFailedException:
            moved_on += 1
    return Rebuilt(written=written, moved_on=moved_on, unreadable=tuple(unreadable))


def case_ids(client: "DynamoDBClient", events_table: str) -> Iterator[str]:
    """Every case once: the key of its first event."""
    pages = client.get_paginator("scan").paginate(
        TableName=events_table,
        FilterExpression="version = :first",
        ExpressionAttributeValues={":first": {"N": "1"}},
        ProjectionExpression="case_id",
    )
    for page in pages:
        for item in page["Items"]:
            yield item["case_id"]["S"]


def client_of(local: dict[str, Any]) -> "DynamoDBClient":
    """A client of a running local stack, or of AWS."""
    client: DynamoDBClient = boto3.client(
        "dynamodb",
        endpoint_url=local.get("endpoint_url"),
        region_name=local.get("region"),
        aws_access_key_id=local.get("aws_access_key_id"),
        aws_secret_access_key=local.get("aws_secret_access_key"),
    )
    return client


def main(arguments: Sequence[str]) -> int:
    """Rebuild and say what was done; exit 1 when a history could not be read."""
    parser = argparse.ArgumentParser(prog="tools.rebuild_cases", description=__doc__)
    parser.add_argument("--local", type=Path, help="local.json of a running local stack")
    parser.add_argument("--events-table")
    parser.add_argument("--cases-table")
    options = parser.parse_args(arguments)
    local = json.loads(options.local.read_text()) if options.local else {}
    tables = local.get("tables", {})
    events_table = options.events_table or tables.get("events_table")
    cases_table = options.cases_table or tables.get("cases_table")
    if not events_table or not cases_table:
        parser.error("name both tables, or a local.json")
    done = rebuild(client_of(local), events_table=events_table, cases_table=cases_table)
    print(f"{done.written} rows written, {done.moved_on} cases had moved on by themselves")
    for case_id in done.unreadable:
        print(f"{case_id} cannot be read: its row was left alone", file=sys.stderr)
    return 1 if done.unreadable else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
