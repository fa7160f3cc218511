"""A load has known ends."""

import json
from datetime import UTC, datetime

from simulators.carriers import world
from simulators.faults import Fault
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


def test_a_load_moves_on_scan_by_scan_until_everybody_has_arrived() -> None:
    with world(now=now) as w:
        _, put = call(f"{w.url}/_world/load", method="PUT", body={"count": 24, "reveal": 1})
        moves = 0
        while json.loads(call(f"{w.url}/_world/advance", method="POST")[1])["moved"]:
            moves += 1
        parcels = json.loads(put)["parcels"]
        ends = {
            number: next(iter(uses.values())).last.milestone
            for number, uses in w.world.parcels.items()
        }

    assert ends == {row["number"]: row["milestone"] for row in parcels}
    assert moves == max(row["scans"] for row in parcels) - 1


def test_faults_are_set_for_every_channel_at_once() -> None:
    with world(now=now) as w:
        body = {"faults": {"server_error": 1.0}, "seed": 5}
        call(f"{w.url}/_world/faults/*", method="PUT", body=body)
        drawn = {code: post.plan.draw() for code, post in w.world.posts.items()}

    assert set(drawn.values()) == {Fault.SERVER_ERROR}
    assert len(drawn) == 12


def now() -> datetime:
    return datetime(2026, 11, 12, 12, tzinfo=UTC)
