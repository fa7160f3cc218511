"""Every example of the reference, and our own: facts in, assessment out."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from amends.commands.quote import quote

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = json.loads((DATA / "compensation_examples.json").read_text("utf-8"))
OWN = json.loads((DATA / "own_vectors.json").read_text("utf-8"))
VECTORS = [*EXAMPLES["vectors"], *OWN["vectors"]]
PRESUMED = [*EXAMPLES["presumed_loss"], *OWN["presumed_loss"]]
BOUNDARIES = json.loads((DATA / "boundary_vectors.json").read_text("utf-8"))["vectors"]
BY_ID = {vector["id"]: vector for vector in EXAMPLES["vectors"]}
AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)? [A-Z]{3}")
LISTS = ("flags", "missing", "alternatives", "deadlines")


def holds(expected: object, found: object) -> bool:
    """Whether what is expected is found: a subset, amounts as numbers (section K)."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return False
        if set(expected) == {"amount", "currency"}:
            same = Decimal(expected["amount"]) == Decimal(found["amount"])
            return same and expected["currency"] == found["currency"]
        return all(_entry(name, value, found.get(name)) for name, value in expected.items())
    return expected == found


def _entry(name: str, expected: object, found: object) -> bool:
    if name in LISTS and isinstance(expected, list):
        there = found if isinstance(found, list) else []
        return all(any(holds(one, other) for other in there) for one in expected)
    return holds(expected, found)


@pytest.mark.requirement("004-21", "004-24", "004-25")
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["id"]))
def test_the_example_is_assessed_as_it_says(vector: dict[str, object]) -> None:
    found = quote(vector["facts"])

    for name, value in dict(vector["expected"]).items():  # type: ignore[call-overload]  # a mapping in a document
        assert _entry(name, value, found.get(name)), (name, value, found)


def spelled(value: object) -> object:
    """A value of the boundary vectors in the documented form: `12.30 CNY` is an amount."""
    if isinstance(value, dict):
        return {name: spelled(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    if isinstance(value, str) and AMOUNT.fullmatch(value):
        amount, currency = value.split()
        return {"amount": amount, "currency": currency}
    return value


@pytest.mark.requirement("004-21", "004-24", "004-25")
@pytest.mark.parametrize("vector", BOUNDARIES, ids=lambda vector: str(vector["id"]))
def test_facts_at_an_edge_are_assessed_as_by_hand(vector: dict[str, Any]) -> None:
    changed = {name: spelled(value) for name, value in vector["but"].items()}
    found = quote(BY_ID[vector["like"]]["facts"] | changed)

    for name, value in vector["expected"].items():
        assert _entry(name, spelled(value), found.get(name)), (name, value, found)
    flags = found["flags"]
    assert isinstance(flags, list)
    assert not set(vector.get("never", ())) & set(flags)


@pytest.mark.parametrize("vector", PRESUMED, ids=lambda vector: str(vector["id"]))
def test_the_item_is_treated_as_lost_from_the_day_it_says(vector: dict[str, object]) -> None:
    found = quote(vector["facts"])

    assert holds(vector["expected"], found["presumed_loss"])
