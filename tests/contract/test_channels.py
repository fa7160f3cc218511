"""What every channel keeps, whichever there are or will be."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.catalog import codes, plugin
from amends.domain.exchange import Request, Response, Trouble, converse
from amends.domain.parcel.channel import (
    BadSignature,
    Channel,
    Malformed,
    PushKind,
)
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.vocabulary import Milestone
from tests.support.channel_samples import account, asked_of, samples_of, track

pytestmark = pytest.mark.requirement("000-10", "003-7")

CODES = codes("channels")
SECRET_IN_PATH = {"upu"}
"""The Global Track service takes its token as a part of the path and nowhere else."""
NUMBERS = ("LZ730192847CN", "9400159901744839206151")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from("data meta code number tracking_number status result error msg".split())
            | st.text(max_size=10),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.fixture(params=CODES)
def channel(request: pytest.FixtureRequest) -> Channel:
    return cast("Channel", plugin("channels", request.param))


def code_of(channel: Channel) -> str:
    return str(getattr(channel, "__name__", "")).rpartition(".channels.")[2]


def bodies(channel: Channel) -> Iterator[bytes]:
    yield from (body for _, body in samples_of(code_of(channel)))


def assert_honest(readings: tuple[Reading, ...], channel: Channel) -> None:
    for reading in readings:
        assert reading.channel == code_of(channel)
        moments = [scan.at for scan in reading.scans]
        assert moments == sorted(moments)
        assert all(moment.tzinfo is UTC for moment in moments)
        assert not (reading.error and reading.scans)
        for scan in reading.scans:
            assert scan.channel == reading.channel
            assert scan.at.year > 1


def test_a_channel_defines_what_the_contract_names(channel: Channel) -> None:
    assert channel.LIMITS.batch_size >= 1
    assert channel.LIMITS.source
    assert channel.BASE_URL.startswith("https://")
    assert all(isinstance(name, str) for name in channel.SECRETS)


def test_every_sample_reads_as_aware_and_sorted_scans(channel: Channel) -> None:
    for body in bodies(channel):
        assert_honest(channel.read(body), channel)


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"1"])
def test_404_and_empty_answers_are_no_scans(channel: Channel, body: bytes) -> None:
    for status in (404, 200):
        readings, _ = track(
            channel, asked_of(channel, *NUMBERS), Response(status=status, body=body)
        )
        assert set(readings) == set(NUMBERS)
        for reading in readings.values():
            assert not reading.found
            assert not reading.scans


@pytest.mark.parametrize(
    ("response", "error", "wait"),
    [
        (Response(status=429, headers={"retry-after": "7"}, body=b"{}"), "rate_limited", 7),
        (Response(status=401, body=b"{}"), "unauthorised", None),
        (Response(status=500, body=b"<html>"), "unavailable", None),
        (Response(status=503), "unavailable", None),
        (Response(status=0, trouble=Trouble.TIMEOUT), "timeout", None),
        (Response(status=0, trouble=Trouble.REFUSED), "unavailable", None),
        (Response(status=0, trouble=Trouble.BROKEN), "unavailable", None),
        (Response(status=200, body=b"<html>busy</html>"), "malformed", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_trouble_is_an_error_of_every_reading_and_no_exception(
    channel: Channel, response: Response, error: str, wait: int | None
) -> None:
    readings, _ = track(channel, asked_of(channel, *NUMBERS), response)

    assert set(readings) == set(NUMBERS)
    for reading in readings.values():
        assert reading.error == error
        assert not reading.found
        assert reading.milestone is Milestone.UNKNOWN
        if wait is not None:
            assert reading.retry_after_seconds == wait


def test_no_secret_stands_in_a_url(channel: Channel) -> None:
    if code_of(channel) in SECRET_IN_PATH:
        return
    asked = asked_of(channel, *NUMBERS)
    requests: list[Request] = []

    def send(request: Request) -> Response:
        requests.append(request)
        granted = b'{"access_token":"T","expires_in":"3600"}'
        return Response(status=200, body=granted)

    for token in (None, "TOKEN"):
        converse(channel.track(asked, account(channel, token=token)), send)
    converse(channel.register(asked, account(channel)), send)

    assert requests
    for request in requests:
        assert "SECRET" not in request.url
        assert "TOKEN" not in request.url


def saying(response: Response) -> Callable[[Request], Response]:
    return lambda _: response


def test_registering_tells_of_every_number_and_survives_any_answer(channel: Channel) -> None:
    for response in (
        Response(status=200, body=b"{}"),
        Response(status=500),
        Response(status=0, trouble=Trouble.TIMEOUT),
    ):
        exchange = channel.register(asked_of(channel, *NUMBERS), account(channel))
        outcome = converse(exchange, saying(response))
        assert set(outcome) == set(NUMBERS)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_arbitrary_bytes_are_malformed_or_readings(channel: Channel, body: bytes) -> None:
    try:
        readings = channel.read(body, number="1")
    except Malformed:
        return
    assert_honest(readings, channel)


ODD: tuple[object, ...] = (None, "", [], {}, 0, "x", -1.5, True, [None], {"a": None})


def spoiled(value: object) -> Iterator[object]:
    """Every document that differs from this one in one place: replaced by an odd value or gone."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {k: v for k, v in value.items() if k != key}
            for other in (*ODD, *spoiled(inner)):
                yield {**value, key: other}
    elif isinstance(value, list):
        for index, inner in enumerate(value[:2]):
            for other in (*ODD, *spoiled(inner)):
                yield [*value[:index], other, *value[index + 1 :]]
    elif isinstance(value, str) and value.startswith("{"):
        yield from (json.dumps(other) for other in spoiled(json.loads(value)))


def test_no_field_missing_null_or_of_another_type_breaks_the_reading(channel: Channel) -> None:
    for body in bodies(channel):
        try:
            content = json.loads(body)
        except ValueError:
            continue
        for other in spoiled(content):
            assert_honest(channel.read(json.dumps(other).encode(), number="1"), channel)


def test_a_push_without_a_good_signature_is_refused_or_only_wakes_us_up(channel: Channel) -> None:
    secrets = dict.fromkeys(channel.SECRETS, "another secret")
    wrong = "0" * 64
    headers = dict.fromkeys(("sign", "signature", "x-hmac-signature", "fdx-signature"), wrong)
    for body in (*bodies(channel), b"{}", b"", b"sign=1&param=%7B%7D"):
        for given_headers in ({}, headers):
            try:
                push = channel.receive(body, given_headers, secrets)
            except (BadSignature, Malformed):
                continue
            assert push.kind is PushKind.WAKE_UP
            assert push.readings == ()


UNKNOWN = {
    "seventeentrack": ("InTransit_Arrival", "InTransit_Tunnelled"),
    "aftership": ("InTransit_003", "InTransit_099"),
    "trackingmore": ("transit006", "transit099"),
    "easypost": ("departed_facility", "left_by_airship"),
    "kuaidi100": ('"1001"', '"1999"'),
    "sf": ('\\"30\\"', '\\"39\\"'),
    "dhl_unified": ('"transit"', '"teleported"'),
    "usps": ('"A1"', '"Z9"'),
    "royal_mail": ('"EVIMC"', '"EVZZZ"'),
    "fedex": ('"AR"', '"ZZ"'),
    "upu": ('"EMC"', '"EZZ"'),
}


def test_an_unknown_code_is_kept_and_counted_and_breaks_nothing(channel: Channel) -> None:
    if code_of(channel) not in UNKNOWN:
        return
    known, strange = UNKNOWN[code_of(channel)]
    code = strange.strip('\\"')
    seen = 0
    for body in bodies(channel):
        if known.encode() not in body:
            continue
        before = channel.read(body)
        after = channel.read(body.replace(known.encode(), strange.encode()))
        assert [len(one.scans) for one in after] == [len(one.scans) for one in before]
        seen += sum(code in one.unmapped for one in after)
        assert any(scan.code == code for one in after for scan in one.scans)
    assert seen
