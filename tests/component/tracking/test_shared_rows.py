"""Parcels that are due together share a row; what befalls one, or a worker, costs none its turn."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.exchange import Request, Response
from amends.domain.parcel.shipment import Due, Wanted, shard_of
from amends.service.tracking.sweeping import messages, sweep_overdue
from amends.service.tracking.watching import watch_all
from tests.support.cut_tracking import Tracking
from tests.support.cutting import Scene, a_fire, calmly, cuts
from tests.support.fakes import MemoryCases
from tests.support.tracking_fakes import Clock

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
NUMBERS = [str(700_000_000_000 + place * 16) for place in range(40)]
ALIKE = [str(700_000_000_000 + place) for place in range(200)]
ALIKE = [one for one in ALIKE if shard_of(f"{one}#fedex#") == 7][:5]
"""Of one partition."""
FIRST = {"date": "2026-11-19T10:00:00Z", "eventType": "DP"}
THEN = {"date": "2026-11-20T09:00:00Z", "eventType": "DL"}


def scene(
    news: Callable[[str], bool] = lambda _: False,
    spoil: Callable[[list[str]], Response | None] = lambda _: None,
    numbers: list[str] = NUMBERS,
) -> Tracking:
    """Forty parcels that were asked about once; later some have news, some spoil a request."""
    clock = Clock(START)

    def fedex(request: Request) -> Response:
        if request.url.endswith("/oauth/token"):
            return Response(status=200, body=b'{"access_token":"t","expires_in":3600}')
        infos = json.loads(request.body)["trackingInfo"]
        asked = [one["trackingNumberInfo"]["trackingNumber"] for one in infos]
        is_later = clock() > START + HOUR
        if is_later and (spoilt := spoil(asked)):
            return spoilt
        rows = [
            {
                "trackingNumber": one,
                "trackResults": [
                    {"scanEvents": [FIRST, THEN] if is_later and news(one) else [FIRST]}
                ],
            }
            for one in asked
        ]
        body = json.dumps({"output": {"completeTrackResults": rows}}).encode()
        return Response(status=200, body=body)

    tracking = Tracking(
        fire=a_fire(),
        clock=clock,
        cases=MemoryCases(),
        send=fedex,
        settings={"channels": {"fedex": {}}},
        secrets={"channels/fedex": {"client_id": "c", "client_secret": "s"}},
    )
    wanted = [Wanted(number=number, carrier="fedex") for number in numbers]
    watch_all(tracking.tracker, wanted, tracking.occasion(), owner="mer_tea")
    tracking.run(HOUR / 2)
    return tracking


def turns(tracking: Tracking) -> Counter[str]:
    """How often each parcel is due."""
    return Counter(row.waybill.partition("#")[0] for row in tracking.shipments.due_rows.values())


def rows(tracking: Tracking) -> int:
    return len({row.key for row in tracking.shipments.due_rows.values()})


def delivered(tracking: Tracking) -> set[str]:
    return {
        row.number
        for row in tracking.shipments.rows.values()
        if str(row.state.milestone) == "delivered"
    }


def test_parcels_asked_about_together_share_rows_and_come_up_together() -> None:
    tracking = scene()

    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)
    assert rows(tracking) <= 16
    due = list(tracking.shipments.due_rows.values())
    for told in messages(tracking.tracker, due):
        items = told["items"]
        assert isinstance(items, list)
        assert len(items) <= 30
    before = len(tracking.requests)
    tracking.run(12 * HOUR)
    assert len(tracking.requests) - before <= 2 * 17  # twice a request for each partition
    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)


def test_news_of_some_leaves_the_others_their_turn() -> None:
    some = set(NUMBERS[::7])
    tracking = scene(news=lambda number: number in some)

    tracking.run(12 * HOUR)

    assert delivered(tracking) == some
    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)


@pytest.mark.requirement("000-10")
def test_one_that_spoils_its_request_is_parted_from_those_it_shares_a_row_with() -> None:
    bad = NUMBERS[4]
    tracking = scene(
        news=lambda _: True,
        spoil=lambda told: Response(status=200, body=b"{oops") if bad in told else None,
    )

    tracking.run(12 * HOUR)

    assert delivered(tracking) == set(NUMBERS) - {bad}
    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)


def test_a_channel_without_room_puts_all_off_and_doubles_none() -> None:
    full = Response(status=429, headers={"retry-after": "1200"})
    clock_is_late = [True]
    tracking = scene(spoil=lambda _: full if clock_is_late else None)

    tracking.run(10 * HOUR)
    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)
    clock_is_late.clear()
    tracking.run(10 * HOUR)

    assert turns(tracking) == dict.fromkeys(NUMBERS, 1)
    assert not any(row.failures for row in tracking.shipments.due_rows.values())


@pytest.mark.requirement("000-10", "003-7")
def test_a_worker_that_dies_anywhere_leaves_each_parcel_of_a_shared_row_its_turn() -> None:
    def make() -> Scene:
        tracking = scene(news=lambda number: number == ALIKE[1], numbers=ALIKE)
        assert rows(tracking) == 1
        turn = next(iter(tracking.shipments.due_rows.values())).due_at
        tracking.clock.at = turn.replace(minute=0, second=0, microsecond=0) + HOUR
        tracking.times = 2

        def play() -> None:
            tracking.run(2 * HOUR)
            tracking.parked.clear()

        return Scene(fire=tracking.fire, play=play, told=tracking.told)

    calm, places = calmly(make)

    assert len(places) >= 20
    assert any("put_pack" in place for place in places)
    for played in cuts(make):
        assert played.told == calm, f"{played.way.__name__} {played.place}"


def test_what_is_overdue_for_ever_keeps_no_other_from_its_turn() -> None:
    tracking = scene(numbers=ALIKE)
    spread = [
        replace(due, packed="", due_at=START + place * timedelta(minutes=1))
        for place, due in enumerate(turns_of(tracking))
    ]
    shared = turns_of(tracking)[0]
    tracking.shipments.drop_due(shared.key, shared.waybill)
    for due in spread:
        tracking.shipments.put_due(due)
    tracking.queue.clear()

    sent = []
    for _ in range(3):
        sweep_overdue(tracking.tracker, 7, at=START + 3 * HOUR, limit=2)
        sent.append([item[0] for told in tracking.queue.waiting for item in told["items"]])
        tracking.queue.clear()
    sweep_overdue(tracking.tracker, 7, at=START + 3 * HOUR, limit=2)

    assert [len(told) for told in sent] == [2, 2, 1]
    assert sorted(one for told in sent for one in told) == sorted(due.waybill for due in spread)
    assert tracking.queue.waiting  # and from the beginning again


def turns_of(tracking: Tracking) -> list[Due]:
    return list(tracking.shipments.due_rows.values())
