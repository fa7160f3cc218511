"""Parcels on the way, as the simulated channels tell of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.support.tracking_cloud import TrackingCloud

NUMBER = "RR123456785CN"
PARCEL = "SF1540782316094"
SHOP = "shop-1"
NOW = datetime.now(UTC).replace(microsecond=0)


def scan(hours_ago: float, milestone: str = "in_transit", step: str = "") -> dict[str, str]:
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    told = {"at": at, "milestone": milestone, "location": "SHANGHAI"}
    return {**told, "step": step} if step else told


def registered(cloud: TrackingCloud, number: str = NUMBER, **more: str) -> Any:
    body = {"tracking_number": number, "carrier": "china_post", **more}
    return cloud.call("POST", "/v1/shipments", body=body, merchant=SHOP)
