"""Bodies as USPS writes them, made from what a test cares about."""

import json

from amends.catalog.channels import usps
from amends.domain.parcel.reading import Reading

NUMBER = "9400159901744839206151"


OTHER = "9400100000000000000000"


SCANS = [
    "2026-11-09T15:20:00Z paired accepted accepted - 03",
    "2026-11-11T03:02:00Z paired in_transit arrived - A1",
    "2026-11-11T14:12:00Z paired exception - missort 08",
]


def event(code: str = "A1", words: str = "", **more: object) -> dict[str, object]:
    when = {"eventTimestamp": "2026-11-10T10:15:00", "GMTOffset": "-05:00"}
    return {"eventType": words, "eventCode": code, **when, **more}


def piece(*events: object, number: str = NUMBER, **more: object) -> dict[str, object]:
    return {"trackingNumber": number, "trackingEvents": list(events), **more}


def told(*events: object, **more: object) -> Reading:
    (reading,) = usps.read(json.dumps({**piece(*events), **more}).encode())
    return reading
