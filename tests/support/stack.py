"""One deployed stack for a whole test session, however many workers share it.

The first worker that asks starts it, the last one that leaves stops it; `AMENDS_STACK` (a path to a
`local.json`) reuses one that already runs, for quick repeats at a desk; a test that pays asks for a
stack on which it has not paid yet, as its parcels have always the same numbers.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tools.local.places import Places, alone, read, write
from tools.local.stack import down, up

MINUTE = 10.0
"""Seconds: a sweep six times as often finds the same, and harms more where one would harm."""


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Mapping[str, Any]]:
    """The content of `local.json` of a stack on free ports, in an account of its own."""
    running = os.environ.get("AMENDS_STACK")
    if running:
        yield json.loads(Path(running).read_text())
        return
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "stack"
    with shared(home) as description:
        yield description


@pytest.fixture(scope="session")
def faulty_stack(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Mapping[str, Any]]:
    """A second stack whose functions reach their cloud through a proxy that fails on demand."""
    base = tmp_path_factory.getbasetemp()
    home = (base if worker_id == "master" else base.parent) / "faulty-stack"
    with shared(home, faults=True) as description:
        yield {**description, "home": str(home)}


def places_of(faulty_stack: Mapping[str, Any]) -> Places:
    """Where the second stack keeps its things, for whoever stops it before its last user leaves."""
    places = Places(home=Path(faulty_stack["home"]))
    assert read(places.home / "users.json") == {"count": 1}, "another worker still needs the stack"
    return places


@contextmanager
def shared(home: Path, *, faults: bool = False) -> Iterator[Mapping[str, Any]]:
    """Hold the stack in `home` while anybody needs it; counted under a lock of the system."""
    places, users = Places(home=home), home / "users.json"
    with alone(home / "users.lock"):
        description = (
            read(places.description)
            if read(users).get("count")
            else up(places, faults=faults, minute=MINUTE)
        )
        write(users, {"count": read(users).get("count", 0) + 1})
    try:
        yield description
    finally:
        with alone(home / "users.lock"):
            left = read(users)["count"] - 1
            write(users, {"count": left})
            if not left:
                down(places)
