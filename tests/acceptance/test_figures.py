"""What all cases and parcels together say: to staff, to a merchant, as a table."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from followup.api import router as people
from simulators.carriers import world
from tests.support.arriving import request_of
from tests.support.token_house import staff_token
from tests.support.tracking_cloud import TrackingCloud, tracking_cloud

NOW = datetime.now(UTC).replace(microsecond=0)
SHOP = "shop-1"


@pytest.fixture(scope="module")
def cloud() -> Iterator[TrackingCloud]:
    routes = {"china_post": ["upu"], "sf": ["sf"]}
    with world() as handle, tracking_cloud(handle, carriers=routes) as made:
        sent = [("RR123456785CN", 20), *((f"SF154078231609{place}", 90) for place in range(3))]
        rows = [travelled(made, number, gap=gap) for number, gap in sent]
        body = {"shipments": rows}
        registered = made.call("POST", "/v1/shipments", body=body, merchant=SHOP)
        assert registered.status == 201, registered.body
        made.work()
        yield made


def travelled(cloud: TrackingCloud, number: str, *, gap: int) -> dict[str, str]:
    """A parcel from China to Germany that was delivered, scanned every so many hours."""
    steps = ("accepted", "in_transit", "in_transit", "out_for_delivery", "delivered")
    scans = [
        {"at": (NOW - timedelta(hours=gap * (5 - i))).isoformat(), "milestone": step}
        for i, step in enumerate(steps)
    ]
    post = number.startswith("RR")
    cloud.world.put(number, *scans, channels=["upu" if post else "sf"])
    return {
        "tracking_number": number,
        "carrier": "china_post" if post else "sf",
        "shipped_on": f"{NOW - timedelta(hours=gap * 5):%Y-%m-%d}",
        "origin_country": "CN",
        "destination_country": "DE",
        "phone_tail": "1234",
    }


def asked(path: str, group: str = "supervisor") -> dict[str, Any]:
    bearer = staff_token("anna", group)
    return dict(people(request_of("GET", path, number=1, bearer=bearer)))


@pytest.mark.requirement("001-15", "001-16", "003-13")
def test_carriers_are_ranked_by_record_and_by_how_well_their_parcels_can_be_followed(
    cloud: TrackingCloud,
) -> None:
    answer = asked("/v1/staff/carriers/scorecards?lane=CN-DE")
    told = json.loads(answer["body"])

    assert [card["carrier"] for card in told["data"]] == ["china_post", "sf"]
    shares = {
        card["carrier"]: {one["code"]: one["share"] for one in card["criteria"]}
        for card in told["data"]
    }
    assert (shares["china_post"]["tracking"]["hits"], shares["sf"]["tracking"]["hits"]) == (1, 0)
    assert shares["china_post"]["loss"]["of"] == 1
    assert all(card["is_thin"] for card in told["data"])
    assert float(shares["china_post"]["loss"]["at_most"]) > 0.5
    assert sum(one["weight"] for one in told["criteria"]) == 100
    nowhere = json.loads(asked("/v1/staff/carriers/scorecards?lane=CN-BR")["body"])
    assert nowhere["data"] == []
    assert asked("/v1/staff/carriers/scorecards?lane=there")["statusCode"] == 422
    assert asked("/v1/staff/carriers/scorecards", group="agent")["statusCode"] == 403

    table = asked("/v1/staff/carriers/scorecards/export")
    assert table["headers"]["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(table["body"])))
    assert {row["carrier"]: row["tracking_hits"] for row in rows} == {"china_post": "1", "sf": "0"}


@pytest.mark.requirement("000-1")
def test_a_parcel_that_was_delivered_counts_once_though_it_is_heard_of_again(
    cloud: TrackingCloud,
) -> None:
    def parcels() -> int:
        report = json.loads(asked("/v1/staff/analytics?by=product&months=2")["body"])
        (group,) = report["groups"]
        assert group["value"] == "international_small_parcel"
        return int(group["kpis"]["safety"]["parcels"])

    assert parcels() == 4
    cloud.world.push("RR123456785CN")
    cloud.sweep()
    cloud.work()
    assert parcels() == 4
