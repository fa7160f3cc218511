"""Sweep and worker on Amazon's own engine: units, parcels a second (`make bench-poller`).

Each figure is counted from `ReturnConsumedCapacity` or from processor time in this run. The channel
answers in the process, so that what is measured is ours: reading, merging, planning, writing.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3

from amends.adapters.channel_budget import DynamoGates
from amends.adapters.shipments import DynamoShipments
from amends.adapters.strange_codes import DynamoStrangeCodes
from amends.adapters.watches import DynamoWatches
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import (
    DUE_SHARDS,
    Due,
    Wanted,
    new_shipment,
    stamp,
    token_of,
    waybill_of,
)
from amends.service.tracking import polling, sweeping
from amends.service.tracking.asking import Channels
from amends.service.tracking.tracker import Tracker
from tools.poller_stage import AT, NoCases, Silent, Units, channel

if TYPE_CHECKING:
    from amends.service.tracking.pacing import Lease

CODE = "fedex"
FIRST = 700_000_000_000
POLLED = 2_000
EARLIER = timedelta(minutes=1)
"""By so much those that are polled are due before the others, so that they can be told apart."""
AT_ONCE, WRITERS = 25, 4
"""Rows that one request may write, and how many write side by side."""
ACTIVE = 10_000_000
POLLS_A_DAY = 3.0
"""What `make bench-polling` finds for ours, rounded up."""
PARTITION_WRITES = 1_000
TARGETS = {"changed": (3.0, 1.0), "unchanged": (2.0, 1.0)}
"""Write and read units a polled parcel, with all that the poll touches."""


def tables(client: Any) -> tuple[str, str]:
    """The two tables of tracking, by the keys that the template gives them."""
    stamp = f"{time.time_ns():x}"
    made = []
    for name, keys in (("shipments", ("waybill",)), ("due", ("due_shard", "due_key"))):
        client.create_table(
            TableName=f"{name}-{stamp}",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
            KeySchema=[
                {"AttributeName": key, "KeyType": kind}
                for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
            ],
        )
        made.append(f"{name}-{stamp}")
    return made[0], made[1]


def fill(store: DynamoShipments, due_table: str, client: Any, count: int) -> None:
    """So many parcels due by now; those that are polled as parcels, the rest as due rows alone."""
    for place in range(POLLED):
        due = _due(place, at=AT - EARLIER)
        made = new_shipment(_wanted(place), channels=(CODE,), at=AT)
        store.add(replace(made, token=due.token, watchers=frozenset({"shp_1"})), due)

    def write(start: int) -> None:
        places = range(start, min(start + AT_ONCE, count))
        rows = [{"PutRequest": {"Item": _row(_due(place, at=AT))}} for place in places]
        while rows:
            answer = client.batch_write_item(RequestItems={due_table: rows})
            rows = answer.get("UnprocessedItems", {}).get(due_table, [])

    with ThreadPoolExecutor(max_workers=WRITERS) as pool:
        for done, _ in enumerate(pool.map(write, range(POLLED, count, AT_ONCE)), start=1):
            if done % 4_000 == 0:
                print(f"{done * AT_ONCE:,} due rows written", file=sys.stderr, flush=True)


def _wanted(place: int) -> Wanted:
    return Wanted(number=str(FIRST + place), carrier=CODE)


def _due(place: int, *, at: datetime) -> Due:
    waybill = waybill_of(str(FIRST + place), CODE, None)
    return Due(waybill=waybill, due_at=at, channel=CODE, token=token_of(waybill, AT))


def _row(due: Due) -> dict[str, Any]:
    return {
        "due_shard": {"S": f"{due.shard:02d}"},
        "due_key": {"S": due.key},
        "channel": {"S": CODE},
        "token": {"S": due.token},
        "asked": {"S": "{}"},
    }


def polled(tracker: Tracker, units: Units, rows: Sequence[Due], at: datetime) -> dict[str, float]:
    """Poll these due rows as a sweep would send them; units and seconds a parcel."""
    told = [
        message
        for shard in range(DUE_SHARDS)
        for message in sweeping.messages(tracker, [row for row in rows if row.shard == shard])
    ]
    units.spent.clear()
    began = time.process_time()
    changed = 0
    for message in told:
        changed += polling.poll(tracker, message, Occasion(at=at, by="bench", because="b")).changed
    spent = time.process_time() - began
    return {
        "parcels": len(rows),
        "messages": len(told),
        "rows": len({row.key for row in rows}),
        "changed": changed,
        "write": units.spent["write"] / len(rows),
        "read": units.spent["read"] / len(rows),
        "a_second": len(rows) / spent,
    }


def all_due(store: DynamoShipments, *, after: str, until: datetime) -> list[Due]:
    """Due rows over all shards with keys after the one and up to the other."""
    return [
        row
        for shard in range(DUE_SHARDS)
        for row in store.due(shard=shard, after=after, until=f"{stamp(until)}~", limit=POLLED)
    ]


def main() -> int:
    """Print the figures; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    options = parser.parse_args()
    url = os.environ.get("AMENDS_DYNAMODB_LOCAL")
    if not url:
        print("AMENDS_DYNAMODB_LOCAL is not set: run it by `make bench-poller`")
        return 2
    client = boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="bench",
        aws_secret_access_key="bench",  # noqa: S106 - an engine on loopback
    )
    units = Units(client)
    table, due_table = tables(client)
    store, queue = DynamoShipments(client, table=table, due_table=due_table), Silent()
    clock, started = [AT], time.monotonic()
    tokens: dict[str, tuple[str, datetime]] = {}
    leases: dict[str, Lease] = {}
    fill(store, due_table, client, options.count)

    def tracker(scans: int) -> Tracker:
        deaf: dict[str, Any] = {
            one.name: lambda *_: None for one in fields(Tracker) if one.name == "news"
        }
        return Tracker(
            **deaf,
            shipments=store,
            watches=DynamoWatches(client, table=table),
            channels=Channels(
                settings={"channels": {CODE: {}}, "early_discovery": False},
                secrets=queue,
                http=channel(scans),
                gates=DynamoGates(client, table=table),
                tokens=tokens,
                now=lambda: clock[0] + timedelta(seconds=time.monotonic() - started),
                wait=lambda span: time.sleep(span.total_seconds()),
                leases=leases,
            ),
            queue=queue,
            cases=NoCases(),  # type: ignore[arg-type]  # only asked for open cases
            strange=DynamoStrangeCodes(client, table=table),
        )

    units.spent.clear()
    began, swept = time.process_time(), 0
    for shard in range(DUE_SHARDS):
        while sent := sweeping.sweep(tracker(3), shard, at=AT):
            swept += sent
    spent = time.process_time() - began
    print(
        f"sweep     {swept:>9,} parcels, {units.spent['read'] / max(swept, 1):.3f} read and "
        f"{units.spent['write'] / max(swept, 1):.4f} write units each, "
        f"{swept / spent:,.0f} a second on one core"
    )
    rows = all_due(store, after="", until=AT - EARLIER)
    figures = {}
    polled(tracker(3), units, rows, AT)
    for name, scans, days in (
        ("changed", 4, 3),
        ("unchanged", 4, 6),
        ("unchanged once more", 4, 9),
    ):
        clock[0] = AT + timedelta(days=days)
        rows = all_due(store, after=f"{stamp(AT)}~", until=clock[0])
        figures[name] = polled(tracker(scans), units, rows, clock[0])
    missed = 0
    for name, told in figures.items():
        most_write, most_read = TARGETS[name.partition(" ")[0]]
        missed += told["write"] > most_write or told["read"] > most_read
        print(
            f"{name:<20}{told['parcels']:>7,} parcels from {told['rows']:,} due rows in "
            f"{told['messages']:,} messages, {told['changed']:,} changed, "
            f"{told['write']:.3f} write and {told['read']:.3f} read units each, "
            f"{told['a_second']:,.0f} a second on one core"
        )
    polls = ACTIVE * POLLS_A_DAY / 86_400
    print(
        f"ten million active: {polls:,.0f} polls a second, "
        f"{polls / figures['unchanged']['a_second']:.1f} cores, "
        f"{polls * 2:,.0f} writes a second if every due row were its own: "
        f"{polls * 2 / PARTITION_WRITES:.1f} partitions of {DUE_SHARDS}"
    )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
