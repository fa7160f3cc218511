"""The simulators say what the sample payloads say, to the letter."""

import json
from datetime import UTC, datetime

import pytest

from simulators.carriers import Handle, world
from simulators.wire import Ask
from tests.unit.simulators.callers import (
    bearer,
    call,
    exchange,
    kuaidi100_form,
    register,
    sf_form,
    track,
)
from tests.unit.simulators.sample_parcels import EASYPOST, SAMPLES, SEVENTEENTRACK, USPS, Sample
from tests.unit.simulators.shapes import differences, opened, sample, values

NAMES = [sample.file for sample in SAMPLES]


def now() -> datetime:
    return datetime(2026, 11, 12, 12, tzinfo=UTC)


def answered(w: Handle, wanted: Sample) -> object:
    w.put(wanted.number, *wanted.scans)
    register(w, wanted.channel, [wanted.number])
    status, body = track(w, wanted.channel, [wanted.number])
    assert status == 200
    return opened(json.loads(body))


@pytest.mark.parametrize("wanted", SAMPLES, ids=NAMES)
def test_an_answer_has_the_shape_of_the_sample(wanted: Sample) -> None:
    with world(now=now) as w:
        assert differences(opened(sample(wanted.file)), answered(w, wanted), wanted.but) == []


@pytest.mark.parametrize("wanted", SAMPLES, ids=NAMES)
def test_an_answer_tells_the_scans_of_the_sample(wanted: Sample) -> None:
    with world(now=now) as w:
        ours, theirs = answered(w, wanted), opened(sample(wanted.file))

    for key in wanted.told:
        skipped = {"origin", "destination"} & set(wanted.but)
        clean = _without(theirs, skipped)
        assert list(values(_without(ours, skipped), key)) == list(values(clean, key)), key


def _without(document: object, keys: set[str]) -> object:
    if isinstance(document, dict):
        return {name: _without(v, keys) for name, v in document.items() if name not in keys}
    if isinstance(document, list):
        return [_without(value, keys) for value in document]
    return document


def test_a_tracker_of_easypost_tells_the_details_of_its_sample_push() -> None:
    push = _as_dict(sample(EASYPOST.file))["result"]
    with world(now=now) as w:
        trackers = _as_dict(answered(w, EASYPOST))["trackers"]

    assert isinstance(trackers, list)
    tracker, theirs = _as_dict(trackers[0]), _as_dict(push)
    assert differences(theirs["tracking_details"], tracker["tracking_details"]) == []
    for key in EASYPOST.told:
        assert list(values(tracker, key)) == list(values(theirs, key)), key


NOT_FOUND = {
    "dhl_unified": (404, "dhl_unified_404.json"),
    "usps": (404, "usps_v3_error_404.json"),
    "ups": (200, "ups_track_v1_not_found.json"),
    "fedex": (200, "fedex_track_v1_not_found.json"),
    "royal_mail": (404, "royalmail_error_404.json"),
    "kuaidi100": (200, "kuaidi100_query_no_result.json"),
}


@pytest.mark.parametrize("channel", NOT_FOUND)
def test_each_channel_says_not_found_in_its_own_way(channel: str) -> None:
    status, file = NOT_FOUND[channel]
    with world(now=now) as w:
        answer = track(w, channel, ["781209456319"])

    assert answer[0] == status
    assert differences(sample(file), json.loads(answer[1])) == []


def test_two_channels_answer_an_unknown_number_with_nothing() -> None:
    with world(now=now) as w:
        _, upu = track(w, "upu", ["EA409173653CN"])
        _, sf = track(w, "sf", ["SF1540782316094"])

    assert upu == b"1"
    routes = json.loads(json.loads(sf)["apiResultData"])["msgData"]["routeResps"]
    assert routes == [{"mailNo": "SF1540782316094", "routes": []}]


def test_seventeentrack_tells_unregistered_from_known_and_from_not_yet_seen() -> None:
    with world(now=now) as w:
        w.put(SEVENTEENTRACK.number, *SEVENTEENTRACK.scans)
        register(w, "seventeentrack", [SEVENTEENTRACK.number, "LZ000000001CN"])
        numbers = [SEVENTEENTRACK.number, "LZ000000000CN", "LZ000000001CN"]
        _, body = track(w, "seventeentrack", numbers)

    data = json.loads(body)["data"]
    assert [row["number"] for row in data["accepted"]] == [SEVENTEENTRACK.number]
    assert [row["error"]["code"] for row in data["rejected"]] == [-18019902, -18019909]


RATE_LIMITED = {
    "dhl_unified": "dhl_unified_429.json",
    "seventeentrack": "17track_error_429.json",
    "aftership": "aftership_error_429.json",
    "trackingmore": "trackingmore_error_429.json",
    "usps": "usps_v3_error_429.json",
    "ups": "ups_error_429.json",
}


@pytest.mark.parametrize("channel", RATE_LIMITED)
def test_a_rate_limit_is_the_sample_with_a_time_to_wait(channel: str) -> None:
    with world(now=now) as w:
        w.fault(channel, "rate_limited", retry_after_seconds=7)
        outcome = w.world.ask(channel, _plain())

    assert outcome.answer is not None
    assert (outcome.answer.status, outcome.answer.headers["Retry-After"]) == (429, "7")
    assert json.loads(outcome.answer.body) == sample(RATE_LIMITED[channel])


def _plain() -> Ask:
    return Ask(method="GET", path="/")


REFUSED = {
    "seventeentrack": "17track_error_auth.json",
    "fedex": "fedex_error_401.json",
    "kuaidi100": "kuaidi100_query_bad_sign.json",
}


@pytest.mark.parametrize("channel", REFUSED)
def test_a_stranger_is_refused_as_in_the_sample(channel: str) -> None:
    with world(now=now) as w:
        w.fault(channel, "unauthorised")
        outcome = w.world.ask(channel, _plain())

    assert outcome.answer is not None
    assert json.loads(outcome.answer.body) == sample(REFUSED[channel])


def test_a_wrong_signature_is_refused_and_recorded() -> None:
    with world(now=now) as w:
        kuaidi = f"{w.base_url('kuaidi100')}/poll/query.do"
        _, first = call(kuaidi, method="POST", body=kuaidi100_form(w, "1" * 10, key="wrong"))
        sf = f"{w.base_url('sf')}/std/service"
        _, second = call(sf, method="POST", body=sf_form(w, ["SF1"], checkword="wrong"))
        told = w.world.posts

    assert json.loads(first)["returnCode"] == "503"
    assert opened(json.loads(second)) == {
        **_as_dict(sample("sf_error_sign.json")),
        "apiResponseID": "00019A2B3C4D5E6F",
    }
    for channel in ("kuaidi100", "sf"):
        assert told[channel].ledger.violations == {"bad_signature": 1}


def _as_dict(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


def test_registering_twice_is_told_as_in_the_samples() -> None:
    with world(now=now) as w:
        register(w, "aftership", [USPS.number])
        url = f"{w.base_url('aftership')}/tracking/2026-07/trackings"
        key = {"as-api-key": w.secrets("aftership")["api_key"]}
        body = {"tracking_number": USPS.number, "slug": "usps"}
        status, _, answer = exchange(url, method="POST", headers=key, body=body)
        url = f"{w.base_url('trackingmore')}/v4/trackings/create"
        key = {"Tracking-Api-Key": w.secrets("trackingmore")["api_key"]}
        body = {"tracking_number": "RS095814731NL", "courier_code": "postnl-parcels"}
        call(url, method="POST", headers=key, body=body)
        _, more = call(url, method="POST", headers=key, body=body)

    assert status == 400
    assert differences(sample("aftership_error_4003_exists.json"), json.loads(answer)) == []
    assert json.loads(more) == sample("trackingmore_error_4101.json")


def test_a_mixed_registration_is_accepted_and_rejected_as_in_the_sample() -> None:
    with world(now=now) as w:
        w.put(SEVENTEENTRACK.number, *SEVENTEENTRACK.scans)
        _, body = call(
            f"{w.base_url('seventeentrack')}/track/v2.4/register",
            method="POST",
            headers={"17token": w.secrets("seventeentrack")["token"]},
            body=sample("17track_register.request.json"),
        )

    assert json.loads(body) == sample("17track_register.response.json")


def test_a_batch_at_usps_answers_the_good_number_beside_the_bad_one() -> None:
    with world(now=now) as w:
        w.put(USPS.number, *USPS.scans)
        url = f"{w.base_url('usps')}/tracking/v3r2/tracking"
        rows = sample("usps_v3r2_batch.request.json")
        _, body = call(url, method="POST", headers=bearer(w, "usps"), body=rows)

    good, bad = json.loads(body)
    assert len(good["trackingEvents"]) == 3
    assert bad["error"]["code"] == "404"
