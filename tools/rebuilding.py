"""What every rebuild from the events shares: which tables, which cases, which cannot be read."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3

from amends.adapters.codec import Undecodable
from amends.adapters.dynamodb import DynamoCases
from amends.domain.case.case import Recorded

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Histories:
    """Every case's history, once; `unreadable` holds the ids of those that cannot be read."""

    def __init__(self, client: "DynamoDBClient", events_table: str) -> None:
        self._client, self._table = client, events_table
        self._store = DynamoCases(
            client,
            events_table=events_table,
            cases_table="",
            ledger_table="",
            book=lambda _case, _recorded: (),
        )
        self.unreadable: list[str] = []

    def __iter__(self) -> Iterator[Sequence[Recorded]]:
        for case_id in self._ids():
            try:
                yield self._store.history(case_id)
            except Undecodable:
                self.unreadable.append(case_id)

    def _ids(self) -> Iterator[str]:
        """The key of each first event."""
        pages = self._client.get_paginator("scan").paginate(
            TableName=self._table,
            FilterExpression="version = :first",
            ExpressionAttributeValues={":first": {"N": "1"}},
            ProjectionExpression="case_id",
        )
        for page in pages:
            for item in page["Items"]:
                yield item["case_id"]["S"]


def place_of(
    arguments: Sequence[str], about: str | None, *tables: str
) -> tuple["DynamoDBClient", list[str]]:
    """Where to rebuild: a client, and the names of the tables, given or of a local stack."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--local", type=Path, help="local.json of a running local stack")
    for table in tables:
        parser.add_argument(f"--{table}-table")
    options = vars(parser.parse_args(arguments))
    local = json.loads(options["local"].read_text()) if options["local"] else {}
    wanted = [f"{table}_table" for table in tables]
    names = [options[name] or local.get("tables", {}).get(name) for name in wanted]
    if not all(names):
        parser.error("name both tables, or a local.json")
    return _client_of(local), names


def ended(unreadable: Sequence[str], left_alone: str) -> int:
    """Name what could not be read, and whose row or account was left alone; the exit status."""
    for case_id in unreadable:
        print(f"{case_id} cannot be read: its {left_alone} was left alone", file=sys.stderr)
    return 1 if unreadable else 0


def _client_of(local: dict[str, Any]) -> "DynamoDBClient":
    client: DynamoDBClient = boto3.client(
        "dynamodb",
        endpoint_url=local.get("endpoint_url"),
        region_name=local.get("region"),
        aws_access_key_id=local.get("aws_access_key_id"),
        aws_secret_access_key=local.get("aws_secret_access_key"),
    )
    return client
