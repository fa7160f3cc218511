"""Shipments that merchants register: asked about at once, when due, and on a push."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.component.tracking.parcels import NUMBER, SHOP, registered, scan
from tests.support.tracking_cloud import TrackingCloud


@pytest.mark.requirement("000-10", "001-19")
def test_a_registered_shipment_is_asked_about_at_once_and_shows_its_scans(
    cloud: TrackingCloud,
) -> None:
    cloud.world.put(NUMBER, scan(50, "accepted", "accepted"), scan(20), channels=["upu"])

    made = registered(cloud, order_reference="A-1")
    cloud.work()

    assert made.status == 201
    shown = cloud.call("GET", made.headers["location"], merchant=SHOP).json()
    assert (shown["milestone"], shown["order_reference"]) == ("in_transit", "A-1")
    assert [one["milestone"] for one in shown["scans"]] == ["accepted", "in_transit"]
    assert len(cloud.rows("DUE_TABLE")) == 1
    assert cloud.call("GET", made.headers["location"], merchant="shop-2").status == 404


@pytest.mark.requirement("000-10")
def test_a_hundred_shipments_are_registered_at_once_listed_in_pages_and_stopped(
    cloud: TrackingCloud,
) -> None:
    rows = [{"tracking_number": f"SF{1540782316094 + i}", "carrier": "usps"} for i in range(100)]
    headers = {"idempotency-key": "batch-1"}
    body = {"shipments": rows}

    first = cloud.call("POST", "/v1/shipments", body=body, merchant=SHOP, headers=headers)
    again = cloud.call("POST", "/v1/shipments", body=body, merchant=SHOP, headers=headers)

    assert (first.status, len(first.json()["data"])) == (201, 100)
    assert (again.body, again.headers["idempotency-replayed"]) == (first.body, "true")
    pages, cursor = [], None
    while True:
        query = {"limit": "40", **({"cursor": cursor} if cursor else {})}
        page = cloud.call("GET", "/v1/shipments", merchant=SHOP, query=query).json()
        pages.append(page["data"])
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    ids = [row["id"] for page in pages for row in page]
    assert [len(page) for page in pages] == [40, 40, 20]
    assert len(set(ids)) == 100
    assert cloud.call("DELETE", f"/v1/shipments/{ids[0]}", merchant="shop-2").status == 404
    assert cloud.call("DELETE", f"/v1/shipments/{ids[0]}", merchant=SHOP).status == 204
    assert cloud.call("GET", f"/v1/shipments/{ids[0]}", merchant=SHOP).status == 404


def test_a_batch_with_numbers_that_are_nobodys_says_which_and_watches_none(
    cloud: TrackingCloud,
) -> None:
    rows = [
        {"tracking_number": NUMBER},
        {"tracking_number": "RR123456780CN"},
        {"tracking_number": "what?!"},
        {"tracking_number": "ZTO773112233"},
    ]

    told = cloud.call("POST", "/v1/shipments", body={"shipments": rows}, merchant=SHOP)

    assert told.status == 422
    assert [(one["field"], one["code"]) for one in told.json()["errors"]] == [
        ("shipments.1.tracking_number", "s10_check_digit"),
        ("shipments.2.tracking_number", "alphabet"),
    ]
    assert cloud.rows("SHIPMENTS_TABLE") == []
    assert cloud.call("POST", "/v1/shipments", body={"shipments": []}, merchant=SHOP).status == 422
    assert cloud.call("POST", "/v1/shipments", body={"shipments": rows}).status == 401


@pytest.mark.requirement("000-11")
def test_a_push_is_believed_by_its_signature_and_a_repeat_changes_nothing(
    cloud: TrackingCloud,
) -> None:
    number = "1540782316094"
    cloud.world.put(number, scan(20), channels=["aftership"])
    made = registered(cloud, number, carrier="aftership_only")
    line = {"checkpoint_time": scan(1)["at"], "tag": "Delivered", "subtag": "Delivered_001"}
    told = {"tracking_number": number, "tag": "Delivered", "checkpoints": [line]}
    pushed = {"event": "tracking_update", "event_id": "e1", "msg": told}
    body = json.dumps(pushed).encode()
    path = "/v1/tracking/webhooks/aftership"
    good = {"aftership-hmac-sha256": _signed(cloud, body)}

    refused = cloud.call("POST", path, body=body, headers={"aftership-hmac-sha256": "AAAA"})
    answers = [cloud.call("POST", path, body=body, headers=good).status for _ in range(2)]

    assert refused.status == 401
    assert answers == [200, 200]
    shown = cloud.call("GET", made.headers["location"], merchant=SHOP).json()
    assert (shown["milestone"], len(shown["scans"])) == ("delivered", 1)
    assert cloud.call("POST", "/v1/tracking/webhooks/nobody", body=body).status == 404


def _signed(cloud: TrackingCloud, body: bytes) -> str:
    import hmac
    from base64 import b64encode
    from hashlib import sha256

    secret = cloud.world.secrets("aftership")["webhook_secret"].encode()
    return b64encode(hmac.digest(secret, body, sha256)).decode()


@pytest.mark.requirement("000-10")
def test_what_falls_due_is_swept_to_the_queue_once_and_asked_about(cloud: TrackingCloud) -> None:
    cloud.world.put(NUMBER, scan(20), channels=["upu"])
    registered(cloud)
    cloud.work()
    (row,) = cloud.rows("DUE_TABLE")
    _make_due(cloud, row, minutes_ago=5)
    cloud.world.put(NUMBER, scan(20), scan(1, "delivered"), channels=["upu"])

    cloud.sweep()
    cloud.sweep()
    taken = cloud.work()

    assert [message["channel"] for message in taken] == ["upu"]


def _make_due(cloud: TrackingCloud, row: Any, *, minutes_ago: int) -> None:
    """The same due row, as if it had been written for some minutes ago; the parcel unasked."""
    table = cloud.names["DUE_TABLE"]
    key = {name: row[name] for name in ("due_shard", "due_key")}
    at = (datetime.now(UTC) - timedelta(minutes=minutes_ago)).isoformat(timespec="milliseconds")
    waybill = row["due_key"]["S"].partition("#")[2]
    moved = {"S": f"{at.replace('+00:00', 'Z')}#{waybill}"}
    cloud.dynamodb.delete_item(TableName=table, Key=key)
    cloud.dynamodb.put_item(TableName=table, Item={**row, "due_key": moved, "asked": {"S": "{}"}})
