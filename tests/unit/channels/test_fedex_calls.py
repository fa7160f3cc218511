"""FedEx: how it is asked, and a push that is signed."""

import hmac
import json
from base64 import b64encode
from datetime import date
from hashlib import sha256

import pytest

from amends.catalog.channels import fedex
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from tests.support.channel_samples import lines, sample
from tests.unit.channels.fedex_bodies import NUMBER, SCANS


def test_the_signature_vector_is_accepted_and_a_changed_body_is_not() -> None:
    vector = json.loads(sample("signatures.json"))[5]
    body, secrets = sample("fedex_webhook.body.json"), {"security_token": vector["key"]}
    push = fedex.receive(body, {"fdx-signature": vector["expected"]}, secrets)

    assert push.kind is PushKind.READINGS
    assert [lines(one) for one in push.readings] == [SCANS[2:]]
    for changed, key in ((body.replace(b"CD", b"DL"), vector["key"]), (body, "T"), (body, "")):
        with pytest.raises(BadSignature):
            fedex.receive(changed, {"fdx-signature": vector["expected"]}, {"security_token": key})


def test_a_signed_push_about_nothing_is_malformed() -> None:
    empty = b64encode(hmac.digest(b"S", b"{}", sha256)).decode()
    with pytest.raises(Malformed):
        fedex.receive(b"{}", {"fdx-signature": empty}, {"security_token": "S"})


def test_thirty_are_asked_at_once() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        if "/oauth" in request.url:
            return Response(status=200, body=b'{"access_token":"T","expires_in":3599}')
        return Response(status=200, body=sample("fedex_track_v1.response.json"))

    secrets = {"client_id": "I", "client_secret": "S"}
    asked = [Asked(number=NUMBER, shipped_on=date(2026, 11, 4), unique_id="U"), Asked(number="2")]
    answer = converse(fedex.track(asked, Account(base_url="http://x", secrets=secrets)), send)

    grant, request = sent
    assert grant.body == b"grant_type=client_credentials&client_id=I&client_secret=S"
    assert request.url == "http://x/track/v1/trackingnumbers"
    assert request.headers["authorization"] == "Bearer T"
    assert json.loads(request.body) == {
        "includeDetailedScans": True,
        "trackingInfo": [
            {
                "shipDateBegin": "2026-11-01",
                "shipDateEnd": "2027-01-03",
                "trackingNumberInfo": {"trackingNumber": NUMBER, "trackingNumberUniqueId": "U"},
            },
            {"trackingNumberInfo": {"trackingNumber": "2"}},
        ],
    }
    assert answer.token is not None
    assert lines(answer.readings[NUMBER]) == SCANS
    assert answer.readings["2"].milestone == "not_found"
