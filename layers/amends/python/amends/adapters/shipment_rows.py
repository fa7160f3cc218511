"""Shipment rows: a parcel and its due row as DynamoDB keeps them, and back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from amends.adapters.shipment_codec import pack, unpack, unpack_times
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


def due_of(item: Mapping[str, Any]) -> Due:
    """A due row as it is kept."""
    at, _, waybill = item["due_key"]["S"].partition("#")
    return Due(
        waybill=waybill,
        due_at=datetime.fromisoformat(at),
        channel=item["channel"]["S"],
        token=item["token"]["S"],
        asked=unpack_times(item["asked"]["S"]),
        empty_polls=int(item.get("empty_polls", {}).get("N", "0")),
        failures=int(item.get("failures", {}).get("N", "0")),
    )
