"""Everything goes wrong at once, and every parcel is still known in the end."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from amends.catalog import codes
from amends.domain.parcel.shipment import Wanted
from amends.service.tracking.watching import watch_all
from simulators.carriers import world
from simulators.faults import Fault, plan_from
from simulators.load import load
from tests.support.tracking_fakes import Clock
from tests.support.tracking_world import Parlour, parlour

COUNT = int(os.environ.get("AMENDS_FAULT_PARCELS", "80"))
AT_ONCE = {
    Fault.UNAUTHORISED: 0.02,
    Fault.NOT_FOUND: 0.02,
    Fault.RATE_LIMITED: 0.03,
    Fault.SERVER_ERROR: 0.03,
    Fault.TIMEOUT: 0.03,
    Fault.SLOW: 0.02,
    Fault.MALFORMED: 0.03,
    Fault.PARTIAL_FAILURE: 0.03,
}


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 2, 6, 0, tzinfo=UTC))


@pytest.fixture
def room(clock: Clock) -> Iterator[Parlour]:
    with world(now=clock) as handle:
        routes = {code: [code] for code in codes("channels")}
        yield parlour(handle, clock, carriers=routes)


@pytest.mark.requirement("000-10", "003-7", "003-4")
def test_with_every_fault_on_no_parcel_is_lost_doubled_or_asked_about_too_often(
    room: Parlour,
) -> None:
    ours = [code for code in codes("channels") if code in room.world.world.posts]
    told = load({"count": COUNT, "seed": 7, "channels": ours, "reveal": 1}, room.world.world)
    parcels = told["parcels"]
    assert isinstance(parcels, list)
    for code in ours:
        faults = {fault.value: odds for fault, odds in AT_ONCE.items()}
        script = {"faults": faults, "seed": code, "hold_seconds": 0, "slow_seconds": 0}
        room.world.world.posts[code].plan = plan_from(script)
    wanted = [Wanted(number=row["number"], carrier=row["channel"]) for row in parcels]
    watch_all(room.tracker, wanted, room.occasion(), owner="merchant")

    for _ in range(14):
        room.run(timedelta(hours=12))
        room.world.world.advance()
    room.run(timedelta(days=8))

    states = {row.number: row.state for row in room.shipments.rows.values()}
    wrong = [
        (row["number"], row["channel"], row["milestone"], str(states[row["number"]].milestone))
        for row in parcels
        if states[row["number"]].milestone != row["milestone"]
    ]
    doubled = [row["number"] for row in parcels if len(states[row["number"]].events) > row["scans"]]
    log = room.world.log()
    met = log["faults"]
    assert isinstance(met, dict)
    assert all(met[fault] for fault in AT_ONCE), met
    assert sum(met.values()) > COUNT // 10
    assert wrong == []
    assert doubled == []
    assert len(states) == len(parcels)
    assert room.parked == []
    assert log["violations"] == 0, log
    awake = [due.waybill for due in room.shipments.due_rows.values()]
    assert len(awake) == len(set(awake))
