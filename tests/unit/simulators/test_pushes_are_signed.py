"""Pushes carry the signatures that the providers' own examples have."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from hmac import digest
from urllib.parse import parse_qsl

import pytest

from simulators.carriers import Handle, world
from simulators.channels.kuaidi100 import sign
from simulators.channels.sf import digest_of
from simulators.wire import Message
from tests.unit.simulators.sample_parcels import ALL
from tests.unit.simulators.shapes import SAMPLES as FOLDER
from tests.unit.simulators.shapes import differences, sample

NUMBERS = {wanted.channel: wanted for wanted in ALL}
BODIES = {
    "seventeentrack": "17track_webhook_updated.body.json",
    "aftership": "aftership_webhook.body.json",
    "trackingmore": "trackingmore_webhook_v4.body.json",
    "ups": "ups_track_alert_webhook.body.json",
    "fedex": "fedex_webhook.body.json",
    "sf": "sf_route_push.body.json",
}


def pushed(channel: str) -> tuple[Handle, Message]:
    wanted = NUMBERS[channel]
    with world(now=lambda: datetime(2026, 11, 12, tzinfo=UTC)) as w:
        w.put(wanted.number, *wanted.scans)
        return w, w.world.messages(channel, wanted.number)[0]


@pytest.mark.parametrize("channel", BODIES)
def test_a_push_has_the_shape_of_the_sample(channel: str) -> None:
    _, message = pushed(channel)

    assert differences(sample(BODIES[channel]), json.loads(message.body)) == []


def test_a_push_of_easypost_has_what_the_sample_has_and_the_whole_tracker() -> None:
    _, message = pushed("easypost")

    found = differences(sample("easypost_webhook.body.json"), json.loads(message.body))
    assert {line for line in found if not line.startswith("$.result.")} == set()


def test_a_push_of_kuaidi100_has_the_shape_of_the_sample() -> None:
    _, message = pushed("kuaidi100")

    param = dict(parse_qsl(message.body.decode()))["param"]
    assert differences(sample("kuaidi100_push.param.json"), json.loads(param)) == []


def test_the_published_vectors_come_out() -> None:
    form = dict(parse_qsl((FOLDER / "kuaidi100_push.form").read_text(), keep_blank_values=True))
    vectors = sample("signatures.json")
    assert isinstance(vectors, list)
    sf = next(row for row in vectors if row["provider"].startswith("SF"))

    assert sign(form["param"] + "SALT-EXAMPLE-32-CHARACTERS-LONG!") == form["sign"]
    assert digest_of(sf["message"], sf["timestamp"], sf["key"]) == sf["expected"]


def _seventeentrack(held: dict[str, str], message: Message) -> str:
    return sha256(message.body + b"/" + held["token"].encode()).hexdigest()


def _aftership(held: dict[str, str], message: Message) -> str:
    secret = held["webhook_secret"].encode()
    return b64encode(digest(secret, message.body, "sha256")).decode()


def _trackingmore(held: dict[str, str], message: Message) -> str:
    stamp = message.headers["timestamp"].encode()
    return digest(held["webhook_secret"].encode(), stamp, "sha256").hex()


def _fedex(held: dict[str, str], message: Message) -> str:
    return b64encode(digest(held["security_token"].encode(), message.body, "sha256")).decode()


def _easypost(held: dict[str, str], message: Message) -> str:
    secret = held["webhook_secret"].encode()
    return f"hmac-sha256-hex={digest(secret, message.body, 'sha256').hex()}"


Signer = Callable[[dict[str, str], Message], str]
SIGNED: dict[str, tuple[str, Signer]] = {
    "seventeentrack": ("sign", _seventeentrack),
    "aftership": ("aftership-hmac-sha256", _aftership),
    "trackingmore": ("signature", _trackingmore),
    "fedex": ("fdx-signature", _fedex),
    "easypost": ("X-Hmac-Signature", _easypost),
}


@pytest.mark.parametrize("channel", SIGNED)
def test_a_push_is_signed_over_its_own_bytes(channel: str) -> None:
    header, expected = SIGNED[channel]
    w, message = pushed(channel)
    held = dict(w.secrets(channel))

    assert message.headers[header] == expected(held, message)
    if channel != "trackingmore":
        forged = replace(message, body=message.body + b" ")
        assert message.headers[header] != expected(held, forged)
