"""A load has known ends."""

import json
from datetime import UTC, datetime

from simulators.carriers import world
from tests.unit.simulators.callers import call
from tests.unit.simulators.sample_parcels import ALL


def test_a_load_says_where_each_parcel_ends() -> None:
    with world(now=now) as w:
        url = f"{w.url}/_world/load"
        _, first = call(url, method="PUT", body={"count": 60, "seed": 3})
        _, second = call(url, method="PUT", body={"count": 60, "seed": 3})

    parcels = json.loads(first)["parcels"]
    assert first == second
    assert len({row["number"] for row in parcels}) == 60
    assert {row["channel"] for row in parcels} == {sample.channel for sample in ALL}


def now() -> datetime:
    return datetime(2026, 11, 12, 12, tzinfo=UTC)
