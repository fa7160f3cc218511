"""A channel in trouble: a batch that fails, a worker that fails, a channel that is down or full."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.exchange import Request, Response
from amends.domain.parcel.shipment import Wanted
from amends.domain.parcel.throttle import FAILURES_TO_OPEN
from amends.service.tracking.watching import watch_all
from tests.support.cut_tracking import Tracking
from tests.support.cutting import a_fire
from tests.support.fakes import MemoryCases
from tests.support.interleaving import Cut
from tests.support.tracking_fakes import Clock

MINUTE = timedelta(minutes=1)
NUMBERS = [str(700_000_000_000 + place) for place in range(12)]
BAD = NUMBERS[4]


@dataclass
class FedEx:
    """Answers for every number, until `spoil` says otherwise for those of one request."""

    clock: Clock
    spoil: Callable[[list[str]], Response | None] = lambda _: None
    asked: list[tuple[datetime, list[str]]] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        if request.url.endswith("/oauth/token"):
            return Response(status=200, body=b'{"access_token":"t","expires_in":3600}')
        infos = json.loads(request.body)["trackingInfo"]
        numbers = [one["trackingNumberInfo"]["trackingNumber"] for one in infos]
        self.asked.append((self.clock(), numbers))
        if spoilt := self.spoil(numbers):
            return spoilt
        event = {"date": "2026-11-19T10:00:00Z", "eventType": "DP"}
        rows = [{"trackingNumber": n, "trackResults": [{"scanEvents": [event]}]} for n in numbers]
        return Response(
            status=200, body=json.dumps({"output": {"completeTrackResults": rows}}).encode()
        )


def scene() -> tuple[Tracking, FedEx]:
    clock = Clock(datetime(2026, 11, 20, 8, tzinfo=UTC))
    channel = FedEx(clock)
    tracking = Tracking(
        fire=a_fire(),
        clock=clock,
        cases=MemoryCases(),
        send=channel,
        settings={"channels": {"fedex": {}}},
        secrets={"channels/fedex": {"client_id": "c", "client_secret": "s"}},
    )
    wanted = [Wanted(number=number, carrier="fedex") for number in NUMBERS]
    watch_all(tracking.tracker, wanted, tracking.occasion(), owner="mer_tea")
    return tracking, channel


def standing(tracking: Tracking) -> dict[str, str]:
    return {row.number: str(row.state.milestone) for row in tracking.shipments.rows.values()}


def due(tracking: Tracking) -> set[str]:
    return {row.waybill.partition("#")[0] for row in tracking.shipments.due_rows.values()}


@pytest.mark.requirement("000-10")
def test_a_number_that_spoils_its_batch_costs_the_others_nothing_and_is_not_forgotten() -> None:
    tracking, channel = scene()
    channel.spoil = lambda numbers: Response(status=200, body=b"{oops") if BAD in numbers else None

    tracking.run(8 * MINUTE)  # before any of them falls due

    assert {n for n, said in standing(tracking).items() if said == "in_transit"} == {*NUMBERS} - {
        BAD
    }
    assert due(tracking) == set(NUMBERS)
    channel.spoil = lambda _: None
    tracking.run(timedelta(hours=8))
    assert standing(tracking)[BAD] == "in_transit"


@pytest.mark.requirement("000-10", "003-7")
def test_what_fails_alone_is_parked_and_found_an_hour_later_by_the_slower_sweep() -> None:
    tracking, channel = scene()

    def die(numbers: list[str]) -> None:
        if BAD in numbers:
            raise Cut("a worker that cannot read this parcel")

    channel.spoil = die
    tracking.run(30 * MINUTE)

    assert {n for n, said in standing(tracking).items() if said == "in_transit"} == {*NUMBERS} - {
        BAD
    }
    parked = [item[0].partition("#")[0] for one in tracking.parked for item in one["items"]]
    assert set(parked) == {BAD}
    assert due(tracking) == set(NUMBERS)
    tracking.parked.clear()
    channel.spoil = lambda _: None
    since = len(channel.asked)
    tracking.run(30 * MINUTE)
    assert [n for _, numbers in channel.asked[since:] for n in numbers if n == BAD] == []
    tracking.run(60 * MINUTE)
    assert standing(tracking)[BAD] == "in_transit"


def test_a_channel_that_is_down_is_tried_by_one_request_at_a_time_and_hears_when_it_is_back() -> (
    None
):
    tracking, channel = scene()
    channel.spoil = lambda _: Response(status=503)
    tracking.run(timedelta(hours=2), step=MINUTE)

    moments = [at for at, _ in channel.asked]
    opened = moments[FAILURES_TO_OPEN:]
    apart = [one - other for one, other in zip(opened[1:], opened, strict=False)]
    assert len(moments) < 30
    assert len(opened) > 3
    assert min(apart) >= 2 * MINUTE
    assert due(tracking) == set(NUMBERS)
    channel.spoil = lambda _: None
    tracking.run(timedelta(hours=8))
    assert set(standing(tracking).values()) == {"in_transit"}


def test_a_429_shuts_the_channel_to_all_for_as_long_as_it_says() -> None:
    tracking, channel = scene()
    full = Response(status=429, headers={"retry-after": "1200"})
    channel.spoil = lambda _: full
    tracking.run(15 * MINUTE, step=MINUTE)

    assert len(channel.asked) == 1
    more = [Wanted(number="799999999999", carrier="fedex")]
    watch_all(tracking.tracker, more, tracking.occasion(), owner="mer_other")
    tracking.run(4 * MINUTE, step=MINUTE)
    assert len(channel.asked) == 1
    channel.spoil = lambda _: None
    tracking.run(timedelta(hours=8))
    assert set(standing(tracking).values()) == {"in_transit"}
    assert channel.asked[1][0] - channel.asked[0][0] >= 20 * MINUTE


def test_numbers_without_room_are_put_off_and_neither_failed_nor_taken_elsewhere() -> None:
    clock = Clock(datetime(2026, 11, 20, 8, tzinfo=UTC))
    numbers = [f"1Z9A83X403104729{place}" for place in range(10, 40)]
    moments: list[datetime] = []

    def ups(request: Request) -> Response:
        moments.append(clock())
        if request.url.endswith("/token"):
            return Response(status=200, body=b'{"access_token":"t","expires_in":14399}')
        line = {"date": "20261119", "time": "100000", "gmtOffset": "+00:00"}
        package = {"activity": [{**line, "status": {"type": "I", "statusCode": "005"}}]}
        shipment = {"inquiryNumber": request.url.rpartition("/")[2], "package": [package]}
        return Response(
            status=200, body=json.dumps({"trackResponse": {"shipment": [shipment]}}).encode()
        )

    tracking = Tracking(
        fire=a_fire(),
        clock=clock,
        cases=MemoryCases(),
        send=ups,
        settings={"channels": {"ups": {}, "seventeentrack": {}}},
        secrets={"channels/ups": {"client_id": "c", "client_secret": "s"}},
    )
    wanted = [Wanted(number=number, carrier="ups") for number in numbers]
    watch_all(tracking.tracker, wanted, tracking.occasion(), owner="mer_tea")

    tracking.run(8 * MINUTE, step=timedelta(seconds=1))

    assert set(standing(tracking).values()) == {"in_transit"}
    assert len(moments) == len(numbers) + 1  # each once, and the token
    assert not any(row.failures for row in tracking.shipments.due_rows.values())
    spans = [later - sooner for sooner, later in zip(moments, moments[5:], strict=False)]
    assert min(spans) >= timedelta(seconds=1)
