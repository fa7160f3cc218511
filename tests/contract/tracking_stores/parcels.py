"""The stores of one engine, and parcels to put there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from amends.adapters.channel_budget import DynamoGates
from amends.adapters.shipments import DynamoShipments
from amends.adapters.watches import DynamoWatches
from amends.domain.parcel.shipment import Due, Shipment, Wanted, new_shipment
from amends.ports.tracking import Gates, Shipments, Watches
from tests.support.tables import make_table
from tests.support.tracking_fakes import MemoryGates, MemoryShipments, MemoryWatches

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
numbers = count(100000000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """The three stores of one engine."""

    shipments: Shipments
    watches: Watches
    gates: Gates


def in_memory() -> Stores:
    return Stores(shipments=MemoryShipments(), watches=MemoryWatches(), gates=MemoryGates())


def on_tables(client: Any) -> Stores:
    prefix = f"contract-{uuid4().hex[:12]}"
    table = make_table(client, "ShipmentsTable", f"{prefix}-shipments")
    due = make_table(client, "DueShipmentsTable", f"{prefix}-due")
    return Stores(
        shipments=DynamoShipments(client, table=table, due_table=due),
        watches=DynamoWatches(client, table=table),
        gates=DynamoGates(client, table=table),
    )


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
