"""A watched parcel against its promise, and what stands out by time alone: its merchant hears."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Shipment, Wanted
from amends.domain.parcel.vocabulary import Milestone
from amends.service.tracking.hearing import Item, hear
from amends.service.tracking.shipment_news import tell_watchers
from amends.service.tracking.tracker import Tracker
from amends.service.tracking.watching import watch
from simulators.carriers import world as carriers
from tests.support.people_world import World
from tests.support.readings import NUMBER, START, hours, reading, scan
from tests.support.tracking_fakes import Clock, MemoryShipments
from tests.support.tracking_world import parlour

SHOP = "shop-1"
PROMISED = date(2026, 11, 5)
END = datetime(2026, 11, 5, 23, 0, tzinfo=UTC)


@dataclass
class Shop:
    """A merchant with a webhook, who watches one parcel to Germany."""

    tracker: Tracker
    people: World = field(default_factory=World)

    def wish(self, expected_on: date | None = PROMISED) -> Shipment:
        wanted = Wanted(
            number=NUMBER,
            carrier="china_post",
            origin_country="CN",
            destination_country="DE",
            expected_on=expected_on,
        )
        return watch(self.tracker, wanted, self.occasion(START), owner=SHOP)

    def hears(self, at: datetime, *scans: Any, **said: Any) -> list[dict[str, Any]]:
        """What one poll makes the shop hear of anomalies."""
        (shipment,) = self.shipments()
        due = next(iter(self.memory.due_rows.values()))
        word = reading(*scans, number=shipment.number, channel="upu", found=True, **said)
        hear(self.tracker, Item(shipment=shipment, due=due), word, self.occasion(at))
        self.people.now = at
        self.people.drain()
        told = [json.loads(one.body) for one in self.people.requests]
        self.people.requests.clear()
        return [one["data"] for one in told if one["type"] == "shipment.anomaly_seen"]

    def shipments(self) -> list[Shipment]:
        found = (self.memory.get(one) for one in self.memory.under(NUMBER))
        return [one for one in found if one is not None]

    @property
    def memory(self) -> MemoryShipments:
        shipments = self.tracker.shipments
        assert isinstance(shipments, MemoryShipments)
        return shipments

    def occasion(self, at: datetime) -> Occasion:
        return Occasion(at=at, by="poller", because="a test")


@pytest.fixture
def shop() -> Iterator[Shop]:
    clock = Clock(START)
    people = World()
    people.now = START
    url = {"url": "https://hooks.shop.example/amends"}
    assert people.call("POST", "/v1/webhooks", url, merchant=SHOP)[0] == 201
    with carriers(now=clock) as handle:
        tracker = parlour(handle, clock, carriers={"china_post": ["upu"]}).tracker

        def news(shipment: Shipment, occasion: Occasion) -> None:
            tell_watchers(people.herald(), tracker.watches, shipment, occasion)

        yield Shop(tracker=replace(tracker, news=news), people=people)


@pytest.mark.requirement("000-12")
def test_the_merchant_hears_once_that_it_will_be_late_again_when_later_and_once_late(
    shop: Shop,
) -> None:
    shop.wish()
    moved = scan(1, channel="upu")

    assert shop.hears(hours(2), moved, estimated_delivery_at=END - timedelta(hours=5)) == []
    (told,) = shop.hears(hours(4), moved, estimated_delivery_at=END + timedelta(hours=10))
    assert told["anomaly"] == "will_be_late"
    assert told["promised_on"] == "2026-11-05"
    assert told["estimated_delivery_at"] == "2026-11-06T09:00:00.000Z"
    assert shop.hears(hours(6), moved, estimated_delivery_at=END + timedelta(hours=11)) == []
    (later,) = shop.hears(hours(8), moved, estimated_delivery_at=END + timedelta(hours=40))
    assert later["estimated_delivery_at"] == "2026-11-07T15:00:00.000Z"
    told_late = shop.hears(
        END + timedelta(hours=1), moved, estimated_delivery_at=END + timedelta(hours=40)
    )
    assert [one["anomaly"] for one in told_late] == ["late"]


@pytest.mark.requirement("000-12")
def test_silence_alone_is_told_at_the_poll_after_its_alarm_and_only_then(shop: Shop) -> None:
    shop.wish(expected_on=None)
    moved = scan(1, channel="upu")

    assert shop.hears(hours(2), moved) == []
    assert shop.hears(hours(160), moved) == []
    (told,) = shop.hears(hours(170), moved)
    assert told["anomaly"] == "dwell"
    assert shop.hears(hours(180), moved) == []


def test_a_promise_that_is_named_later_is_kept_and_the_first_one_stays(shop: Shop) -> None:
    shop.wish(expected_on=None)
    assert shop.wish().expected_on == PROMISED
    shop.wish(expected_on=date(2026, 12, 24))

    (shipment,) = shop.shipments()
    assert shipment.expected_on == PROMISED


@pytest.mark.requirement("000-10")
def test_a_code_that_no_table_knows_is_counted_once_for_each_news_with_its_last_entry(
    shop: Shop,
) -> None:
    shop.wish()
    strange = replace(scan(1, Milestone.UNKNOWN, channel="upu", text="Gone by airship"), code="EZZ")
    more = replace(strange, at=hours(3), text="Gone by tram")

    shop.hears(hours(2), strange, unmapped=("EZZ",))
    shop.hears(hours(4), strange, unmapped=("EZZ",))
    shop.hears(hours(6), strange, more, unmapped=("EZZ",))

    (found,) = shop.tracker.strange.all()
    assert (found.channel, found.code, found.count) == ("upu", "EZZ", 2)
    assert (found.first_seen_at, found.last_seen_at) == (hours(2), hours(6))
    assert (found.number, found.text) == (NUMBER, "Gone by tram")
