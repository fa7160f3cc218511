"""DHL Unified: how it is asked, and who may push."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256

import pytest

from amends.catalog.channels import dhl_unified
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from tests.support.channel_samples import sample
from tests.unit.channels.dhl_unified_bodies import event, shipment


@pytest.mark.parametrize("wrap", ["shipments", "shipment", "data", "payload", "nested", "plain"])
def test_a_push_reads_however_it_is_wrapped(wrap: str) -> None:
    one = shipment(event("transit", "Arrived at X"))
    body: object = {
        "shipments": {"shipments": [one]},
        "shipment": {"subscriptionId": "s", "shipment": one},
        "data": {"data": one},
        "payload": {"payload": [one]},
        "nested": {"data": {"shipments": [one]}},
        "plain": one,
    }[wrap]

    assert [one.milestone for one in dhl_unified.read(json.dumps(body).encode())] == ["in_transit"]


def test_what_is_asked_narrows_the_division() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        return Response(status=404, body=sample("dhl_unified_404.json"))

    asked = [Asked(number="4827319501", carrier="dhl_express"), Asked(number="9", carrier="dhl")]
    account = Account(base_url="http://x", secrets={"api_key": "K"})
    answer = converse(dhl_unified.track(asked, account), send)

    assert sent[0].url == (
        "http://x/track/shipments?trackingNumber=4827319501&service=express&language=en"
    )
    assert sent[1].url == "http://x/track/shipments?trackingNumber=9&language=en"
    assert {one.headers["dhl-api-key"] for one in sent} == {"K"}
    assert [one.milestone for one in answer.readings.values()] == ["not_found", "not_found"]


def proofs(body: bytes) -> list[dict[str, str]]:
    digest = hmac.digest(b"S", body, sha256)
    return [
        {"dhl-push-secret": "S"},
        {"authorization": "Bearer S"},
        {"x-dhl-signature": digest.hex()},
        {"x-dhl-signature": f"sha256={digest.hex()}"},
        {"dhl-signature": b64encode(digest).decode()},
    ]


def test_whoever_knows_the_secret_wakes_us_up() -> None:
    body = sample("dhl_unified_shipments.json")
    for headers in proofs(body):
        push = dhl_unified.receive(body, headers, {"push_secret": "S"})
        assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, ("4827319501",), ())


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer"}, {"dhl-push-secret": "T"}])
def test_without_the_secret_a_push_is_refused(headers: dict[str, str]) -> None:
    body = sample("dhl_unified_shipments.json")
    for secrets in ({"push_secret": "S"}, {"push_secret": ""}):
        with pytest.raises(BadSignature):
            dhl_unified.receive(body, headers, secrets)


def test_a_push_about_nothing_is_malformed() -> None:
    with pytest.raises(Malformed):
        dhl_unified.receive(b"{}", {"dhl-push-secret": "S"}, {"push_secret": "S"})
