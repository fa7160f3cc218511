"""Bodies as UPS writes them, made from what a test cares about."""

import json

from amends.catalog.channels import ups
from amends.domain.parcel.reading import Reading

NUMBER = "1Z9A83X40310472914"


SCANS = [
    "2026-11-06T15:03:00Z paired info_received - - 003",
    "2026-11-06T23:10:00Z paired accepted accepted - 160",
    "2026-11-07T21:41:00Z paired in_transit arrived - 010",
    "2026-11-08T04:15:00Z paired in_transit departed - 005",
    "2026-11-12T06:30:00Z paired exception - under_investigation 129",
]


def activity(
    kind: str = "I",
    number: str = "",
    letters: str = "",
    words: str = "",
    **more: object,
) -> dict[str, object]:
    said = {"type": kind, "statusCode": number, "code": letters, "description": words}
    when = {"date": "20261110", "time": "101500", "gmtDate": "20261110", "gmtTime": "15:15:00"}
    return {"status": said, **when, "gmtOffset": "-05:00", **more}


def package(*activities: object, number: str = "1Z", **more: object) -> dict[str, object]:
    return {"trackingNumber": number, "activity": list(activities), **more}


def answer(*packages: object, inquiry: str = "1Z") -> bytes:
    shipment = {"inquiryNumber": inquiry, "package": list(packages)}
    return json.dumps({"trackResponse": {"shipment": [shipment]}}).encode()


def told(*activities: object, **more: object) -> Reading:
    (reading,) = ups.read(answer({**package(*activities), **more}))
    return reading
