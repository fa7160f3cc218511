"""DynamoDB as tests can have it: a fake of ours, moto, the emulator, Amazon's own engine.

moto is quick and weak (its transactions are not proof); the emulator carries the promises in the
suite; Amazon's own engine does when `AMENDS_DYNAMODB_LOCAL` says where it listens.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from moto import mock_aws

from amends.adapters.dynamodb import DynamoCases
from amends.domain.case.case import Case, Recorded
from tests.support.cloud import client as client_of
from tests.support.tables import CaseTables

ENGINES = [
    pytest.param("memory"),
    pytest.param("moto"),
    pytest.param("emulator", marks=pytest.mark.stack),
    pytest.param("amazon"),
]
LOCKING = [one for one in ENGINES if one.values != ("moto",)]
"""For what many do at one moment, and for money: moto looks and writes without a lock."""
REGION = "us-east-1"

Book = Callable[[Case, Recorded], Sequence[Mapping[str, str | int]]]


@contextmanager
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A client of the engine that the fixture's parameter names; None where the fake stands in."""
    match request.param:
        case "memory":
            yield None
        case "moto":
            with in_moto() as client:
                yield client
        case "emulator":
            yield client_of(request.getfixturevalue("stack"), "dynamodb")
        case _:
            yield _amazons_own()


@contextmanager
def in_moto() -> Iterator[Any]:
    """A client of moto's DynamoDB; whoever else asks for a client meanwhile has it too."""
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": REGION}), mock_aws():
        yield boto3.client("dynamodb")


def cases_on(
    client: Any, tables: CaseTables, book: Book = lambda _case, _recorded: ()
) -> DynamoCases:
    """The case store on three tables; books nothing unless told how."""
    return DynamoCases(
        client,
        events_table=tables.events,
        cases_table=tables.cases,
        ledger_table=tables.ledger,
        book=book,
    )


def _amazons_own() -> Any:
    url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
    if not url:
        pytest.skip("opt-in: make test-dynamodb-local")
    return boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="contract",
        aws_secret_access_key="contract",
    )
