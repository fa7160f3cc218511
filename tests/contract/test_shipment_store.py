"""What the stores of tracking keep: the fakes, and DynamoDB on each engine that can be had.

moto is quick; the emulator carries the promises in the suite; Amazon's own engine does when
`AMENDS_DYNAMODB_LOCAL` says where it listens.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws

from amends.adapters.channel_budget import DynamoGates
from amends.adapters.shipments import DynamoShipments
from amends.adapters.watches import DynamoWatches
from amends.domain.parcel.merging import absorb
from amends.domain.parcel.shipment import Due, Shipment, Wanted, Watch, new_shipment, stamp
from amends.domain.parcel.throttle import Breaker
from amends.ports.tracking import Gates, Shipments, StaleShipment, Watches
from tests.support.cloud import client as client_of
from tests.support.readings import reading, scan
from tests.support.tables import make_table
from tests.support.tracking_fakes import MemoryGates, MemoryShipments, MemoryWatches

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
numbers = count(100000000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The three stores of one engine."""

    shipments: Shipments
    watches: Watches
    gates: Gates


def on_tables(client: Any) -> Stores:
    prefix = f"contract-{uuid4().hex[:12]}"
    table = make_table(client, "ShipmentsTable", f"{prefix}-shipments")
    due = make_table(client, "DueShipmentsTable", f"{prefix}-due")
    return Stores(
        shipments=DynamoShipments(client, table=table, due_table=due),
        watches=DynamoWatches(client, table=table),
        gates=DynamoGates(client, table=table),
    )


def local(endpoint_url: str | None = None) -> Any:
    return boto3.client(
        "dynamodb",
        region_name="us-east-1",
        aws_access_key_id="contract",
        aws_secret_access_key="contract",
        endpoint_url=endpoint_url,
    )


ENGINES = [
    pytest.param("memory"),
    pytest.param("moto"),
    pytest.param("emulator", marks=pytest.mark.stack),
    pytest.param("amazon"),
]


@pytest.fixture(scope="module", params=ENGINES)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    match request.param:
        case "memory":
            yield Stores(shipments=MemoryShipments(), watches=MemoryWatches(), gates=MemoryGates())
        case "moto":
            with mock_aws():
                yield on_tables(local())
        case "emulator":
            yield on_tables(client_of(request.getfixturevalue("stack"), "dynamodb"))
        case _:
            url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
            if not url:
                pytest.skip("opt-in: make test-dynamodb-local")
            yield on_tables(local(url))


@pytest.fixture
def shipments(stores: Stores) -> Shipments:
    return stores.shipments


def made(**changes: Any) -> Shipment:
    wanted = Wanted(
        number=f"NN{next(numbers)}",
        carrier="china_post",
        shipped_on=date(2026, 11, 1),
        destination_country="DE",
        **changes,
    )
    new = new_shipment(wanted, channels=("upu", "kuaidi100"), at=AT)
    return replace(new, watchers=frozenset({"shp_1"}))


def due_of(shipment: Shipment, at: datetime = AT) -> Due:
    return Due(waybill=shipment.waybill, due_at=at, channel="upu", token=shipment.token)


def added(shipments: Shipments, at: datetime = AT) -> Shipment:
    shipment = made()
    assert shipments.add(shipment, due_of(shipment, at))
    return shipment


def heard(shipment: Shipment) -> Shipment:
    told = reading(scan(0, channel="upu"), number=shipment.number)
    return replace(shipment, state=absorb(shipment.state, told, at=AT))


def test_a_promise_is_kept_with_the_parcel_and_the_first_one_stays(shipments: Shipments) -> None:
    told = made(expected_on=date(2026, 11, 9))
    assert shipments.add(told, due_of(told))
    untold = added(shipments)

    for shipment in (told, untold):
        shipments.promise(shipment.waybill, date(2026, 12, 24))

    assert [shipments.get(one.waybill, surely=True) for one in (told, untold)] == [
        told,
        replace(untold, expected_on=date(2026, 12, 24)),
    ]


def test_a_parcel_comes_back_as_it_was_added_and_is_added_once(shipments: Shipments) -> None:
    shipment = added(shipments)

    assert shipments.get(shipment.waybill, surely=True) == shipment
    assert shipments.under(shipment.number) == [shipment.waybill]
    assert shipments.add(replace(shipment, token="other"), due_of(shipment)) is False
    assert shipments.get("nobody") is None
    assert shipments.under("nobody") == []


def test_the_same_add_again_is_the_first_one(shipments: Shipments) -> None:
    shipment = added(shipments)

    assert shipments.add(shipment, due_of(shipment)) is True


def test_what_was_heard_comes_back_and_moves_the_version(shipments: Shipments) -> None:
    shipment = heard(added(shipments))

    saved = shipments.save(shipment)

    kept = shipments.get(shipment.waybill, surely=True)
    assert kept is not None
    assert (kept.state, kept.version) == (shipment.state, saved.version)
    assert saved.version == shipment.version + 1


def test_of_many_savings_at_once_exactly_one_wins(
    shipments: Shipments, request: pytest.FixtureRequest
) -> None:
    if "moto" in request.node.name:
        pytest.skip("moto looks and writes without a lock; the emulator carries this promise")
    shipment = added(shipments)

    def save(hour: int) -> bool:
        told = reading(scan(hour, channel="upu"), number=shipment.number)
        after = replace(shipment, state=absorb(shipment.state, told, at=AT))
        try:
            shipments.save(after)
        except StaleShipment:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(save, range(4)))

    assert sorted(outcomes) == [False, False, False, True]


def test_a_saving_whose_answer_was_lost_may_be_made_again(
    shipments: Shipments, request: pytest.FixtureRequest
) -> None:
    if "memory" in request.node.name:
        pytest.skip("the fake loses no answers")
    shipment = heard(added(shipments))

    first = shipments.save(shipment)

    assert shipments.save(shipment).version == first.version


def test_watchers_and_registrations_come_and_go_without_moving_the_version(
    shipments: Shipments,
) -> None:
    shipment = added(shipments)

    shipments.join(shipment.waybill, "shp_2")
    shipments.leave(shipment.waybill, "shp_1")
    shipments.note_registered(shipment.waybill, "upu", known=True)
    shipments.note_registered(shipment.waybill, "kuaidi100", known=True)
    shipments.note_registered(shipment.waybill, "upu", known=False)

    kept = shipments.get(shipment.waybill, surely=True)
    assert kept is not None
    assert (sorted(kept.watchers), sorted(kept.registered)) == (["shp_2"], ["kuaidi100"])
    assert kept.version == shipment.version
    assert shipments.save(shipment).version == shipment.version + 1


def test_due_rows_come_by_shard_the_longest_due_first_and_none_twice(
    shipments: Shipments,
) -> None:
    start = AT + timedelta(days=next(numbers) % 1000)
    several = [added(shipments, start + MINUTE * place) for place in range(30)]
    shards = {due_of(one).shard for one in several}
    first, last = f"{stamp(start - MINUTE)}~", f"{stamp(start + MINUTE * 30)}~"

    found = {
        shard: shipments.due(shard=shard, after=first, until=last, limit=100) for shard in shards
    }

    assert sorted(row.waybill for rows in found.values() for row in rows) == sorted(
        one.waybill for one in several
    )
    assert all(list(rows) == sorted(rows, key=lambda row: row.key) for rows in found.values())
    shard, rows = max(found.items(), key=lambda pair: len(pair[1]))
    rest = shipments.due(shard=shard, after=rows[0].key, until=last, limit=100)
    assert list(rest) == list(rows[1:])
    assert list(shipments.due(shard=shard, after=first, until=last, limit=1)) == [rows[0]]
    assert list(shipments.due(shard=shard, after=last, until=last, limit=1)) == []
    assert list(shipments.due(shard=shard, after=last, until=first, limit=1)) == []


def test_a_due_row_keeps_what_the_next_asking_needs_and_goes_without_fuss(
    shipments: Shipments,
) -> None:
    shipment = added(shipments)
    due = replace(
        due_of(shipment, AT + MINUTE), asked={"upu": AT}, empty_polls=3, failures=2, channel="sf"
    )

    shipments.put_due(due)
    shipments.put_due(due)

    assert shipments.due_row(due.key, due.waybill) == due
    shipments.drop_due(due.key, due.waybill)
    shipments.drop_due(due.key, due.waybill)
    assert shipments.due_row(due.key, due.waybill) is None


def test_of_two_sweeps_one_moves_the_mark(shipments: Shipments) -> None:
    shard = 3
    known = shipments.mark(shard)

    moved = [shipments.move_mark(shard, known=known, to=to) for to in ("b1", "b2")]

    assert moved == [True, False]
    assert shipments.mark(shard) == "b1"
    assert shipments.move_mark(shard, known="b1", to="b3")


def test_an_owners_watches_are_listed_in_pages_and_nobody_elses(stores: Stores) -> None:
    owner = uuid4().hex
    several = [
        Watch(
            id=f"shp_{owner[:8]}{place:02d}",
            owner=owner,
            waybill=f"w{place}",
            number=f"N{place}",
            order_reference="A" if place else None,
            created_at=AT,
        )
        for place in range(5)
    ]
    for watch in several:
        stores.watches.put(watch)
    stores.watches.put(replace(several[0], order_reference="later"))
    stores.watches.drop(several[4].id)

    assert stores.watches.get(several[0].id) == several[0]
    assert list(stores.watches.of(owner, limit=3, cursor=None)) == several[:3]
    assert list(stores.watches.of(owner, limit=3, cursor=several[2].id)) == several[3:4]
    assert list(stores.watches.of("nobody", limit=3, cursor=None)) == []


def test_a_gate_is_open_at_first_and_of_two_who_pass_one_counts(stores: Stores) -> None:
    name = f"upu#{uuid4().hex}"
    known = stores.gates.load(name)
    passed = replace(known, bucket=replace(known.bucket, full_at=AT, day="2026-11-20", used=1))
    shut = replace(known, breaker=Breaker(failures=5, open_until=AT))

    assert known.breaker == Breaker()
    assert [stores.gates.swap(name, known, new) for new in (passed, shut)] == [True, False]
    again = stores.gates.load(name)
    assert (again.bucket, again.breaker) == (passed.bucket, Breaker())
    assert stores.gates.swap(name, again, replace(again, breaker=shut.breaker))
    assert stores.gates.load(name).breaker == shut.breaker
