"""USPS: how it is asked, and how it pushes."""

import hmac
import json
from base64 import b64encode
from datetime import date
from hashlib import sha256

import pytest

from amends.catalog.channels import usps
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from tests.support.channel_samples import lines, sample, track
from tests.unit.channels.usps_bodies import NUMBER, OTHER, SCANS, event


def test_a_push_of_one_event_is_that_event() -> None:
    body = {"trackingNumber": NUMBER, **event("OF", "Out for Delivery")}
    (reading,) = usps.read(json.dumps(body).encode())

    assert lines(reading) == ["2026-11-10T15:15:00Z paired out_for_delivery - - OF"]


def test_a_push_with_a_valid_digest_only_wakes_us_up() -> None:
    body = sample("usps_v3_detail.response.json")
    digest = b64encode(hmac.digest(b"S", body, sha256)).decode()
    push = usps.receive(body, {"x-hmac": digest}, {"webhook_secret": "S"})

    assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, (NUMBER,), ())
    for changed, secret in ((body + b" ", "S"), (body, "T"), (body, "")):
        with pytest.raises(BadSignature):
            usps.receive(changed, {"x-hmac": digest}, {"webhook_secret": secret})
    empty = b64encode(hmac.digest(b"S", b"{}", sha256)).decode()
    with pytest.raises(Malformed):
        usps.receive(b"{}", {"x-hmac": empty}, {"webhook_secret": "S"})


def test_thirty_five_are_asked_at_once_and_a_stale_token_is_replaced() -> None:
    sent: list[Request] = []
    answers = iter(
        [
            Response(status=401),
            Response(status=200, body=b'{"access_token":"T","expires_in":28799}'),
            Response(status=200, body=b"[" + sample("usps_v3_detail.response.json") + b"]"),
        ]
    )

    def send(request: Request) -> Response:
        sent.append(request)
        return next(answers)

    asked = [
        Asked(number=NUMBER),
        Asked(number=OTHER, shipped_on=date(2026, 11, 1), destination_postal_code="45402"),
    ]
    secrets = {"client_id": "I", "client_secret": "S"}
    account = Account(base_url="http://x", secrets=secrets, token="OLD")
    answer = converse(usps.track(asked, account), send)

    first, grant, second = sent
    assert first.url == second.url == "http://x/tracking/v3r2/tracking"
    assert first.headers["authorization"] == "Bearer OLD"
    assert second.headers["authorization"] == "Bearer T"
    assert grant.url == "http://x/oauth2/v3/token"
    assert json.loads(grant.body)["grant_type"] == "client_credentials"
    assert json.loads(second.body) == [
        {"trackingNumber": NUMBER},
        {
            "trackingNumber": OTHER,
            "destinationZIPCode": "45402",
            "mailingDate": "2026-11-01",
        },
    ]
    assert answer.token is not None
    assert answer.token.value == "T"
    assert answer.readings[NUMBER].milestone == "exception"
    assert answer.readings[OTHER].milestone == "not_found"


def test_a_number_asked_with_its_zip_code_is_answered_without() -> None:
    asked = Asked(number=f"42045402{NUMBER}")
    response = Response(status=200, body=sample("usps_v3_detail.response.json"))
    readings, _ = track(usps, [asked], response)

    assert lines(readings[asked.number]) == SCANS
