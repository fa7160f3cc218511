"""Bodies as DHL Unified writes them, made from what a test cares about."""

import json

from amends.catalog.channels import dhl_unified
from amends.domain.parcel.reading import Reading

EXPRESS = [
    "2026-11-08T17:05:00Z explicit accepted accepted - transit",
    "2026-11-08T22:58:00Z explicit in_transit departed - transit",
    "2026-11-09T09:15:00Z explicit in_transit arrived - transit",
    "2026-11-09T16:42:00Z explicit customs presented - transit",
]


def event(
    code: str, words: str = "", *, at: str = "2026-11-10T10:00:00Z", **more: object
) -> dict[str, object]:
    return {"timestamp": at, "statusCode": code, "description": words, **more}


def shipment(*events: dict[str, object], **more: object) -> dict[str, object]:
    newest = events[0] if events else {}
    return {"id": "7", "service": "express", "status": newest, "events": list(events), **more}


def told(*events: dict[str, object], **more: object) -> Reading:
    (reading,) = dhl_unified.read(json.dumps({"shipments": [shipment(*events, **more)]}).encode())
    return reading
