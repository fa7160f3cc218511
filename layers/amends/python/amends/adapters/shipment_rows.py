"""Shipment rows: a parcel and its due row, which others may share, as DynamoDB keeps them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from amends.adapters.shipment_codec import (
    pack,
    pack_times,
    seconds_of,
    squeeze,
    times_of,
    unpack,
    unpack_times,
    unsqueeze,
)
from amends.domain.parcel.shipment import Due, Shipment

Item = dict[str, Any]
_PLAIN = (
    "number",
    "carrier",
    "origin_country",
    "destination_country",
    "destination_postal_code",
    "phone_tail",
    "service",
    "token",
)
_DAYS = ("shipped_on", "expected_on")


def item_of(shipment: Shipment) -> Item:
    """A parcel as it is kept."""
    item: Item = {
        "waybill": {"S": shipment.waybill},
        "watched_since": {"S": shipment.watched_since.isoformat()},
        "state": {"B": pack(shipment.state)},
        "version": {"N": str(shipment.version)},
        "channels": {"S": "|".join(shipment.channels)},
    }
    for name in _PLAIN:
        if value := getattr(shipment, name):
            item[name] = {"S": value}
    for name in _DAYS:
        if day := getattr(shipment, name):
            item[name] = {"S": day.isoformat()}
    for name in ("watchers", "registered"):
        if members := getattr(shipment, name):
            item[name] = {"SS": sorted(members)}
    return item


def shipment_of(item: Mapping[str, Any]) -> Shipment:
    """A parcel as it was kept."""
    plain = {name: item[name]["S"] for name in _PLAIN if name in item}
    days = {name: date.fromisoformat(item[name]["S"]) for name in _DAYS if name in item}
    return Shipment(
        waybill=item["waybill"]["S"],
        watched_since=datetime.fromisoformat(item["watched_since"]["S"]),
        state=unpack(plain["number"], bytes(item["state"]["B"])),
        version=int(item["version"]["N"]),
        channels=tuple(filter(None, item["channels"]["S"].split("|"))),
        watchers=frozenset(item.get("watchers", {}).get("SS", ())),
        registered=frozenset(item.get("registered", {}).get("SS", ())),
        shipped_on=days.get("shipped_on"),
        expected_on=days.get("expected_on"),
        **plain,
    )


def due_items(pack: Sequence[Due]) -> Item:
    """A due row as it is kept: one parcel's, or one that several share."""
    first = pack[0]
    item: Item = {
        "due_shard": {"S": f"{first.shard:02d}"},
        "due_key": {"S": first.key},
        "channel": {"S": first.channel},
    }
    if first.packed:
        rows = [
            [one.waybill, one.token, one.empty_polls, one.failures, seconds_of(one.asked)]
            for one in pack
        ]
        return item | {"pack": {"B": squeeze(rows)}}
    item |= {"token": {"S": first.token}, "asked": {"S": pack_times(first.asked)}}
    for name, count in (("empty_polls", first.empty_polls), ("failures", first.failures)):
        if count:
            item[name] = {"N": str(count)}
    return item


def due_of(item: Mapping[str, Any]) -> list[Due]:
    """A due row as it was kept: all that share it."""
    key, channel = item["due_key"]["S"], item["channel"]["S"]
    at, _, waybill = key.partition("#")
    due_at = datetime.fromisoformat(at)
    if "pack" in item:
        return [
            Due(
                waybill=row[0],
                due_at=due_at,
                channel=channel,
                token=row[1],
                asked=times_of(row[4]),
                empty_polls=row[2],
                failures=row[3],
                packed=key,
            )
            for row in unsqueeze(bytes(item["pack"]["B"]))
        ]
    return [
        Due(
            waybill=waybill,
            due_at=due_at,
            channel=channel,
            token=item["token"]["S"],
            asked=unpack_times(item["asked"]["S"]),
            empty_polls=int(item.get("empty_polls", {}).get("N", "0")),
            failures=int(item.get("failures", {}).get("N", "0")),
        )
    ]
