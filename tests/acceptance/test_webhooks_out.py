"""Merchants hear of their cases: signed, in order, for three days, and never at an inner door."""

import json
from datetime import datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from amends.domain.case.events import CaseClosed, OfferMade, PayoutConfirmed
from amends.domain.case.vocabulary import Outcome
from amends.domain.parcel.merging import absorb
from amends.domain.parcel.shipment import Shipment, Watch, watch_id, waybill_of
from amends.domain.parcel.state import ParcelState
from amends.service.tracking.shipment_news import tell_watchers
from tests.support.event_samples import sample
from tests.support.people_world import World
from tests.support.readings import NUMBER, hours, reading, scan
from tests.support.tracking_fakes import MemoryWatches

SHOP, OTHER = "mer_tea", "mer_other"
URL = "https://shop.example.com/hooks"


def registered(world: World, **more: object) -> dict[str, str]:
    status, hook = world.call("POST", "/v1/webhooks", {"url": URL, **more}, merchant=SHOP)
    assert status == 201, hook
    made: dict[str, str] = hook
    return made


def test_a_merchant_hears_of_a_case_in_order_as_the_official_library_verifies() -> None:
    world = World(now=datetime.now(World().now.tzinfo))
    hook = registered(world)
    case = world.open(merchant=SHOP)
    world.happen(case, sample(OfferMade), sample(PayoutConfirmed))
    world.happen(case, CaseClosed(outcome=Outcome.COMPENSATED))

    world.told(case)
    world.told(case)

    told = [Webhook(hook["secret"]).verify(one.body, dict(one.headers)) for one in world.requests]
    assert [one["type"] for one in told] == [
        "case.reported", "case.stage_changed", "case.offer_made", "case.stage_changed",
        "case.payout_confirmed", "case.stage_changed", "case.closed",
    ]  # fmt: skip
    assert "李娜" not in str(told)
    assert len({one.headers["webhook-id"] for one in world.requests}) == len(world.requests)


def test_what_fails_is_tried_again_for_three_days_and_the_next_waits_its_turn() -> None:
    world = World()
    registered(world)
    case = world.open(merchant=SHOP)
    world.merchant_answers = [503] * 4
    world.happen(case, sample(OfferMade))
    world.told(case)
    assert len(world.requests) == 1
    for _ in range(400):
        world.now += timedelta(minutes=5)
        world.sweep()

    ids = [one.headers["webhook-id"] for one in world.requests]
    assert ids[:5] == [ids[0]] * 5
    assert ids[5] != ids[0]


def test_an_endpoint_that_fails_for_a_day_is_paused_told_of_and_woken_again() -> None:
    world = World(merchants={SHOP: {"email": "it@shop.example", "language": "en"}})
    hook = registered(world)
    case = world.open(merchant=SHOP)
    world.merchant_answers = [500] * 100
    world.told(case)
    for _ in range(100):
        world.now += timedelta(hours=1)
        world.sweep()
        world.happen(case, sample(OfferMade)) if world.now.hour == 3 else None
        world.stream(case)
        world.drain()

    _, told = world.call("GET", f"/v1/webhooks/{hook['id']}", merchant=SHOP)
    assert told["is_paused"] is True
    _, events = world.call("GET", "/v1/events?limit=100", merchant=SHOP)
    assert "endpoint.paused" in {one["type"] for one in events["data"]}
    (mail,) = [one for one in world.messenger.sent if one["to"] == "it@shop.example"]
    assert "We have stopped calling your endpoint" in mail["text"]
    assert f"PATCH /v1/webhooks/{hook['id']}" in mail["text"]
    calls = len(world.requests)
    world.now += timedelta(hours=1)
    world.sweep()
    assert len(world.requests) == calls
    world.merchant_answers = []
    path = f"/v1/webhooks/{hook['id']}"
    assert world.call("PATCH", path, {"is_paused": False}, merchant=SHOP)[1]["failures"] == 0
    world.now += timedelta(minutes=15)
    world.sweep()
    assert len(world.requests) > calls


def test_an_event_is_sent_again_by_hand_and_its_log_is_kept() -> None:
    world = World()
    registered(world)
    case = world.open(merchant=SHOP)
    world.told(case)
    _, page = world.call("GET", "/v1/events", merchant=SHOP)
    event_id = page["data"][0]["id"]

    assert world.call("POST", f"/v1/events/{event_id}/resend", merchant=SHOP)[0] == 202
    world.drain()

    _, event = world.call("GET", f"/v1/events/{event_id}", merchant=SHOP)
    (delivery,) = event["deliveries"]
    assert [one["status"] for one in delivery["attempts"]] == [204, 204]
    assert {one.headers["webhook-id"] for one in world.requests} == {event_id}


def test_a_secret_is_shown_once_and_both_sign_while_it_changes() -> None:
    world = World()
    hook = registered(world)
    path = f"/v1/webhooks/{hook['id']}"
    assert "secret" not in str(world.call("GET", path, merchant=SHOP)[1])

    _, rotated = world.call("POST", f"{path}/rotate", {}, merchant=SHOP)
    world.told(world.open(merchant=SHOP))

    assert rotated["secret"].startswith("whsec_")
    assert len(world.requests[0].headers["webhook-signature"].split(" ")) == 2


def test_the_same_key_registers_once_and_shows_the_secret_again_without_keeping_it() -> None:
    world = World()
    key = {"idempotency-key": "k"}
    first = world.call("POST", "/v1/webhooks", {"url": URL}, merchant=SHOP, headers=key)
    again = world.call("POST", "/v1/webhooks", {"url": URL}, merchant=SHOP, headers=key)

    assert first == again
    assert first[1]["secret"] not in str(vars(world.idempotency))
    assert len(world.call("GET", "/v1/webhooks", merchant=SHOP)[1]["data"]) == 1


def test_an_endpoint_hears_what_it_asked_for_from_then_on() -> None:
    world = World()
    case = world.open(merchant=SHOP)
    world.told(case)
    world.now += timedelta(hours=1)
    registered(world, types=["case.offer_made"])
    world.happen(case, sample(OfferMade))
    world.told(case)
    world.told(case)

    assert [one.body.split(b'"')[3] for one in world.requests] == [b"case.offer_made"]


def test_another_merchants_endpoint_and_events_do_not_exist() -> None:
    world = World()
    hook = registered(world)
    world.told(world.open(merchant=SHOP))
    _, page = world.call("GET", "/v1/events", merchant=SHOP)
    event = page["data"][0]["id"]

    assert world.call("GET", f"/v1/webhooks/{hook['id']}", merchant=OTHER)[0] == 404
    assert world.call("DELETE", f"/v1/webhooks/{hook['id']}", merchant=OTHER)[0] == 404
    assert world.call("GET", f"/v1/events/{event}", merchant=OTHER)[0] == 404
    assert world.call("POST", f"/v1/events/{event}/resend", merchant=OTHER)[0] == 404
    assert world.call("GET", "/v1/events", merchant=OTHER)[1]["data"] == []
    assert world.call("GET", "/v1/webhooks")[0] == 401


@pytest.mark.parametrize(
    "url",
    ["http://shop.example.com/", "https://127.0.0.1/", "https://10.0.0.8/", "https://localhost/",
     "https://169.254.169.254/latest", "https://[::1]/", "https://u:p@shop.example.com/",
     "https://db.internal/"],
)  # fmt: skip
def test_an_inner_or_open_address_is_refused(url: str) -> None:
    world = World()

    assert world.call("POST", "/v1/webhooks", {"url": url}, merchant=SHOP)[0] == 422
    hook = registered(world)
    path = f"/v1/webhooks/{hook['id']}"
    assert world.call("PATCH", path, {"url": url}, merchant=SHOP)[0] == 422


def test_a_removed_endpoint_is_not_called_any_more() -> None:
    world = World()
    hook = registered(world)
    case = world.open(merchant=SHOP)
    world.stream(case)
    status, _ = world.call("DELETE", f"/v1/webhooks/{hook['id']}", merchant=SHOP)
    world.drain()
    world.now += timedelta(hours=1)
    world.sweep()

    assert status == 204
    assert world.requests == []


def test_who_watches_a_parcel_hears_of_each_milestone_and_anomaly_once() -> None:
    world, watches = World(), MemoryWatches()
    registered(world)
    shipment = watched(watches)

    for _ in range(2):
        tell_watchers(world.herald(), watches, shipment, world.occasion())
        world.drain()
        world.now += timedelta(minutes=1)

    told = [json.loads(one.body) for one in world.requests]
    assert [one["type"] for one in told].count("shipment.milestone_reached") == 1
    assert told[0]["data"]["tracking_number"] == NUMBER
    assert told[0]["data"]["milestone"] == "in_transit"


def watched(watches: MemoryWatches) -> Shipment:
    waybill = waybill_of(NUMBER, None, None)
    watch = Watch(
        id=watch_id(SHOP, waybill), owner=SHOP, waybill=waybill, number=NUMBER, created_at=hours(0)
    )
    watches.put(watch)
    state = absorb(ParcelState(number=NUMBER), reading(scan(1)), at=hours(2))
    return Shipment(
        waybill=waybill,
        number=NUMBER,
        watched_since=hours(0),
        watchers=frozenset({watch.id, "case@2026-11-20T02"}),
        state=state,
    )
