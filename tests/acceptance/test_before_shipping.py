"""Before it is shipped, and while it is late: what to mend, whom to send by, what is no loss."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from simulators.carriers import world
from tests.support.tracking_cloud import TrackingCloud, tracking_cloud
from tools.local.waiting import until

NOW = datetime.now(UTC).replace(microsecond=0)
SHOP = "shop-1"
CUP = {
    "name": "porcelain cup",
    "hs_code": "691110",
    "unit_value": {"amount": "20.00", "currency": "EUR"},
}
ADDRESS = {
    "DE": {"country": "DE", "postal_code": "50667", "city": "Köln", "lines": ["Domkloster 4"]},
    "BR": {"country": "BR", "postal_code": "01310-100", "city": "São Paulo", "lines": ["Rua 1"]},
    "US": {"country": "US", "postal_code": "10001", "city": "New York", "lines": ["5 Main St"]},
    "CN": {"country": "CN", "postal_code": "510000", "city": "广州", "lines": ["中山路1号"]},
}


@pytest.fixture(scope="module")
def cloud() -> Iterator[TrackingCloud]:
    routes = {"china_post": ["upu"], "sf": ["sf"]}
    with world() as handle, tracking_cloud(handle, carriers=routes) as made:
        yield made


def checked(cloud: TrackingCloud, to: str, *items: Any, language: str = "en", **more: Any) -> Any:
    body = {
        "shipment": {
            "tracking_number": "RR123456785CN",
            "origin": {"country": "CN"},
            "destination": ADDRESS[to],
            "weight_grams": 400,
        },
        "items": list(items),
        "sender": {"name": "李雷", "phone": "+86 755 1234 5678"},
        "addressee": {"name": "Erika", "phone": "+49 221 123456", **more},
    }
    answer = cloud.call("POST", "/v1/preflight", body=body, headers={"accept-language": language})
    assert answer.status == 200, answer.body
    return answer.json()


def errors(document: Any) -> dict[str, Any]:
    return {one["field"]: one for one in document["findings"] if one["severity"] == "error"}


@pytest.mark.requirement("001-18")
def test_a_vague_or_wrong_description_is_refused_with_what_to_mend(cloud: TrackingCloud) -> None:
    sample = {**CUP, "name": "sample"}
    shirt = {**CUP, "name": "shirts", "hs_code": "620520"}

    told = checked(cloud, "DE", sample, shirt)

    found = errors(told)
    assert told["is_ready"] is False
    assert set(found) == {"items.0.name", "items.1.name"}
    assert "polyester" in found["items.0.name"]["message"]
    assert found["items.1.name"]["code"] == "no_material"
    assert checked(cloud, "DE", CUP)["is_ready"] is True
    chinese = errors(checked(cloud, "DE", {**CUP, "name": "礼品"}, language="zh-CN"))
    assert "请写明" in chinese["items.0.name"]["message"]
    doll = checked(cloud, "DE", {**CUP, "name": "plastic doll"})["findings"]
    assert [(one["field"], one["code"]) for one in doll] == [
        ("items.0.hs_code", "hs_code_of_other_goods")
    ]


@pytest.mark.requirement("001-22")
def test_each_destination_asks_for_what_its_customs_ask_for_with_the_source(
    cloud: TrackingCloud,
) -> None:
    bare = {name: value for name, value in CUP.items() if name != "hs_code"}

    europe = errors(checked(cloud, "DE", bare))
    brazil = errors(checked(cloud, "BR", CUP))
    america = errors(checked(cloud, "US", CUP))
    at_home = errors(checked(cloud, "CN", bare))

    assert {name: one["code"] for name, one in europe.items()} == {
        "items.0.hs_code": "customs_hs_digits"
    }
    assert "2023" in europe["items.0.hs_code"]["source"]
    assert set(brazil) == {"addressee.tax_id"}
    assert "Postal Bulletin 22536" in brazil["addressee.tax_id"]["source"]
    assert set(america) == {"items.0.origin_country"}
    assert at_home == {}
    assert errors(checked(cloud, "BR", CUP, tax_id="123.456.789-09")) == {}
    warned = checked(cloud, "US", {**CUP, "origin_country": "CN"})["findings"]
    assert [one["code"] for one in warned] == ["customs_duty_always"]


def tracked(cloud: TrackingCloud, number: str, *scans: tuple[float, str, str]) -> Any:
    """What is told of a parcel whose scans were so many days ago."""
    told = [
        {"at": (NOW - timedelta(days=days)).isoformat(), "milestone": milestone, "step": step}
        for days, milestone, step in scans
    ]
    cloud.world.put(number, *({**one, "country": "CN"} for one in told), channels=["upu"])

    def looked_up() -> Any:
        """Nothing as long as the channel's own limit puts the look-up off."""
        told = cloud.call("GET", f"/v1/tracking/{number}", headers={"accept-language": "en"}).json()
        return told if told["found"] else None

    return until(looked_up, within=30)


@pytest.mark.requirement("003-1", "003-2", "003-3", "003-5", "003-6")
def test_late_news_is_told_apart_from_a_loss(cloud: TrackingCloud) -> None:
    begun = (12.0, "accepted", "accepted")
    held = tracked(cloud, "RR123456785CN", begun, (3.0, "customs", "presented"))
    passed = tracked(cloud, "RR987654326CN", begun, (4.0, "in_transit", "left_origin_country"))

    behind = tracked(cloud, "RR473124829CN", begun, (6.0, "in_transit", "arrived"))

    assert held["diagnosis"]["cause"] == "customs"
    assert behind["diagnosis"]["cause"] == "sync_lag"
    assert "late" in behind["diagnosis"]["message"]
    assert passed["diagnosis"]["cause"] == "transhipment"
    for told in (held, passed):
        diagnosis = told["diagnosis"]
        assert diagnosis["next_step"] == "wait"
        assert diagnosis["wait_until"] > NOW.isoformat()
        assert "until" in diagnosis["message"]
        assert told["milestone"] != "lost"


@pytest.mark.requirement("001-16")
def test_a_sender_is_told_which_carriers_do_well_on_the_lane(cloud: TrackingCloud) -> None:
    assert checked(cloud, "DE", CUP)["carriers"] == []
    steps = ("accepted", "in_transit", "delivered")
    scans = [
        {"at": (NOW - timedelta(hours=30 * (3 - i))).isoformat(), "milestone": step}
        for i, step in enumerate(steps)
    ]
    cloud.world.put("SF1540782316094", *scans, channels=["sf"])
    body = {
        "tracking_number": "SF1540782316094",
        "carrier": "sf",
        "origin_country": "CN",
        "destination_country": "DE",
        "phone_tail": "1234",
    }
    cloud.call("POST", "/v1/shipments", body=body, merchant=SHOP)
    cloud.work()

    (card,) = checked(cloud, "DE", CUP)["carriers"]

    assert (card["carrier"], card["parcels"], card["is_thin"]) == ("sf", 1, True)
    assert card["tracking"]["hits"] == 1
    assert float(card["loss"]["at_most"]) > 0.5
