"""Bodies as FedEx writes them, made from what a test cares about."""

import json

from amends.catalog.channels import fedex
from amends.domain.parcel.reading import Reading

NUMBER = "781209456319"


SCANS = [
    "2026-11-04T16:20:00Z explicit accepted accepted - PU",
    "2026-11-06T09:11:00Z explicit in_transit arrived - AR",
    "2026-11-06T14:41:00Z explicit customs held customs_delay CD",
]


def event(
    kind: str = "AR", words: str = "", *, at: str = "2026-11-06T10:00:00-06:00", **more: object
) -> dict[str, object]:
    return {"date": at, "eventType": kind, "eventDescription": words, **more}


def result(*events: object, unique: str = "", **more: object) -> dict[str, object]:
    info = {"trackingNumber": NUMBER, "trackingNumberUniqueId": unique}
    return {"trackingNumberInfo": info, "scanEvents": list(events), **more}


def answer(*results: object, number: str = NUMBER) -> bytes:
    complete = {"trackingNumber": number, "trackResults": list(results)}
    return json.dumps({"output": {"completeTrackResults": [complete]}}).encode()


def told(*events: object, **more: object) -> Reading:
    (reading,) = fedex.read(answer(result(*events) | more))
    return reading
