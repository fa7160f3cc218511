"""Faults and limits: drawn as scripted, told in each channel's words, written down."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from simulators.carriers import Handle, world
from simulators.faults import Fault, plan_from, spoiled
from simulators.limits import Terms
from simulators.server import Loopback
from simulators.wire import Ask, as_json
from simulators.world import Outcome
from tests.unit.simulators.callers import call, exchange, register, track
from tests.unit.simulators.sample_parcels import ALL, UPS, USPS, Sample

SCAN = {"at": "2026-11-01T10:00:00+08:00", "milestone": "accepted", "step": "accepted"}
LATER = {"at": "2026-11-02T10:00:00+08:00", "milestone": "delivered"}
CHANNELS = {sample.channel: sample for sample in ALL}


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 11, 12, 12, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def listening() -> Iterator[tuple[str, list[Ask]]]:
    heard: list[Ask] = []

    def respond(ask: Ask) -> Outcome:
        heard.append(ask)
        return Outcome(answer=as_json({}))

    with Loopback(respond) as server:
        yield server.url, heard


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_server_error_is_a_five_hundred_and_passes(channel: str) -> None:
    wanted = CHANNELS[channel]
    with world(now=Clock()) as w:
        w.put(wanted.number, *wanted.scans)
        register(w, channel, [wanted.number])
        w.fault(channel, "server_error")
        statuses = [track(w, channel, [wanted.number])[0]]
        w.world.posts[channel].terms = _lenient(w, channel)
        statuses.append(track(w, channel, [wanted.number])[0])

    assert statuses == [500, 200]


def _lenient(w: Handle, channel: str) -> Terms:
    return replace(w.world.posts[channel].terms, rates=(), refresh_seconds=0)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_malformed_answer_is_no_json(channel: str) -> None:
    wanted = CHANNELS[channel]
    with world(now=Clock()) as w:
        w.put(wanted.number, *wanted.scans)
        register(w, channel, [wanted.number])
        w.fault(channel, "malformed")
        _, body = track(w, channel, [wanted.number])

    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(body)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_known_parcel_can_be_lost_from_sight(channel: str) -> None:
    wanted = CHANNELS[channel]
    with world(now=Clock()) as w:
        w.put(wanted.number, *wanted.scans)
        register(w, channel, [wanted.number])
        w.fault(channel, "not_found")
        _, blind = track(w, channel, [wanted.number])
        w.world.posts[channel].terms = _lenient(w, channel)
        _, seeing = track(w, channel, [wanted.number])

    assert len(blind) < len(seeing)


def test_a_timeout_drops_the_connection_without_an_answer() -> None:
    with world(now=Clock()) as w:
        w.fault("royal_mail", "timeout", hold_seconds=0.05)
        with pytest.raises(ConnectionError):
            track(w, "royal_mail", ["FQ618402757GB"])


def test_a_slow_answer_is_still_the_answer() -> None:
    with world(now=Clock()) as w:
        w.put(UPS.number, *UPS.scans)
        w.fault("ups", "slow", slow_seconds=0.05)
        status, body = track(w, "ups", [UPS.number])

    assert (status, UPS.number.encode() in body) == (200, True)


@pytest.mark.parametrize("channel", ["seventeentrack", "fedex", "sf", "trackingmore"])
def test_a_partial_failure_spares_the_other_numbers(channel: str) -> None:
    numbers = [f"{index:012d}" for index in range(700, 710)]
    good = [number for number in numbers if not spoiled(number)]
    with world(now=Clock()) as w:
        for number in numbers:
            w.put(number, SCAN)
        register(w, channel, numbers)
        w.fault(channel, "partial_failure")
        _, body = track(w, channel, numbers)

    text = body.decode().replace('\\"', '"')
    marks = {"fedex": '"eventType"', "sf": '"opCode"'}
    mark = marks.get(channel, '"track_info"' if channel == "seventeentrack" else '"substatus"')
    assert 0 < len(good) < len(numbers)
    assert text.count(mark) == len(good)


def test_odds_draw_the_same_faults_from_the_same_seed() -> None:
    script: dict[str, object] = {"faults": {"server_error": 0.2, "push_lost": 0.5}, "seed": 7}
    first, second = plan_from(script), plan_from(script)

    drawn = [first.draw() for _ in range(200)]

    assert drawn == [second.draw() for _ in range(200)]
    assert set(drawn) == {None, Fault.SERVER_ERROR}
    assert 20 < drawn.count(Fault.SERVER_ERROR) < 60


def test_one_request_too_many_is_refused_and_written_down() -> None:
    clock = Clock()
    with world(now=clock) as w:
        w.put("4827319501", SCAN)
        statuses = [track(w, "dhl_unified", ["4827319501"])[0] for _ in range(2)]
        clock.at += timedelta(seconds=1)
        statuses.append(track(w, "dhl_unified", ["4827319501"])[0])
        ledger = w.world.posts["dhl_unified"].ledger

    assert statuses == [200, 429, 200]
    assert ledger.violations == {"rate": 1}


def test_asking_again_within_half_an_hour_is_written_down_at_kuaidi100_alone() -> None:
    clock = Clock()
    with world(now=clock) as w:
        for channel in ("kuaidi100", "upu"):
            track(w, channel, ["EA409173653CN"])
            clock.at += timedelta(minutes=29)
            track(w, channel, ["EA409173653CN"])
            clock.at += timedelta(minutes=30)
            track(w, channel, ["EA409173653CN"])
        broken = {code: post.ledger.violations for code, post in w.world.posts.items()}

    assert broken["kuaidi100"] == {"refresh": 1}
    assert broken["upu"] == {}


def test_a_batch_too_large_is_refused_and_written_down() -> None:
    with world(now=Clock()) as w:
        _, body = track(w, "seventeentrack", [f"{index:012d}" for index in range(41)])

        assert json.loads(body)["code"] == -18010014
        assert w.world.posts["seventeentrack"].ledger.violations == {"batch_size": 1}


PUSHING = [code for code in CHANNELS if code not in {"royal_mail", "upu"}]


@pytest.mark.parametrize("channel", PUSHING)
def test_a_push_reaches_the_callback(channel: str) -> None:
    wanted: Sample = CHANNELS[channel]
    with listening() as (url, heard), world(now=Clock()) as w:
        w.put(wanted.number, *wanted.scans)
        w.callback(channel, f"{url}/hook")
        told = w.push(wanted.number, channel)

    assert told["sent"] == [{"channel": channel, "status": 200, "answer": "{}"}]
    assert wanted.number.encode() in heard[0].body


@pytest.mark.parametrize(
    ("fault", "seen"),
    [("push_lost", []), ("push_repeated", [2, 2]), ("push_out_of_order", [2, 1])],
)
def test_pushes_are_lost_repeated_or_late(fault: str, seen: list[int]) -> None:
    with listening() as (url, heard), world(now=Clock()) as w:
        w.put(USPS.number, SCAN, LATER)
        w.callback("usps", url)
        w.fault("usps", fault)
        w.push(USPS.number)

    assert [len(json.loads(ask.body)["trackingEvents"]) for ask in heard] == seen


def test_a_parcel_is_put_read_and_logged_over_http() -> None:
    with world(now=Clock()) as w:
        base = f"{w.url}/_world"
        number = USPS.number
        call(f"{base}/parcels/{number}", method="PUT", body={"scans": [SCAN], "unique_id": "u1"})
        call(f"{base}/parcels/{number}", method="PUT", body={"scans": [LATER], "unique_id": "u2"})
        bad, _ = call(f"{base}/parcels/1", method="PUT", body={"scans": [{"at": "noon"}]})
        _, parcel = call(f"{base}/parcels/{number}")
        call(f"{base}/faults/usps", method="PUT", body={"faults": ["server_error"]})
        track(w, "usps", [number])
        _, told = call(f"{base}/log")

    assert bad == 400
    assert [use["unique_id"] for use in json.loads(parcel)["uses"]] == ["u1", "u2"]
    assert json.loads(told)["channels"]["usps"]["faults"] == {"server_error": 1}


def test_a_recycled_number_has_two_uses_at_fedex() -> None:
    with world(now=Clock()) as w:
        w.put("781209456319", SCAN, unique_id="old")
        w.put("781209456319", LATER, unique_id="new")
        _, body = track(w, "fedex", ["781209456319"])

    results = json.loads(body)["output"]["completeTrackResults"][0]["trackResults"]
    assert [r["trackingNumberInfo"]["trackingNumberUniqueId"] for r in results] == ["old", "new"]


def test_a_carrier_tells_its_own_scans_only() -> None:
    with world(now=Clock()) as w:
        w.put("9400159901744839206151", {**SCAN, "carrier": "china-post"})

        assert track(w, "usps", ["9400159901744839206151"])[0] == 404


def test_a_callback_beyond_this_machine_is_refused() -> None:
    with world(now=Clock()) as w:
        url = f"{w.url}/_world/callbacks/usps"
        status, _, _ = exchange(url, method="PUT", body={"url": "http://198.51.100.1/"})

    assert status == 400
