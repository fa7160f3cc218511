"""What is counted of a run: every invocation, once, and prices that say where they are from."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tools.cost import PRICES, prices
from tools.local.emulator.invocations import noted

FUNCTION = {"config": {"FunctionName": "settle", "MemorySize": 512}}


def test_an_invocation_is_written_down_once_also_where_the_emulator_calls_itself(
    tmp_path: Path,
) -> None:
    scopes = iter([True, False])
    seen: list[Any] = []

    def execute(function: Mapping[str, Any], event: Any) -> str:
        seen.append(event)
        return str(run(function, event)) if len(seen) == 1 else "done"

    run = noted(execute, lambda _: next(scopes), tmp_path / "book")

    assert run(FUNCTION, {"x": 1}) == "done"
    (line,) = map(json.loads, (tmp_path / "book").read_text().splitlines())
    assert (line["function"], line["memory_mb"]) == ("settle", 512)
    assert line["ms"] >= 0


def test_an_invocation_that_fails_is_written_down_as_well(tmp_path: Path) -> None:
    def execute(_function: Mapping[str, Any], _event: Any) -> None:
        raise RuntimeError("the worker died")

    with pytest.raises(RuntimeError):
        noted(execute, lambda _: False, tmp_path / "book")(FUNCTION, {})

    assert len((tmp_path / "book").read_text().splitlines()) == 1


def test_every_price_has_a_region_a_source_a_date_and_a_confidence() -> None:
    with PRICES.open() as lines:
        rows = list(csv.DictReader(lines))

    assert len(rows) == len(prices()) >= 8
    for row in rows:
        assert all(row[name] for name in ("region", "source", "dated", "confidence")), row
        assert float(row["usd"]) > 0
