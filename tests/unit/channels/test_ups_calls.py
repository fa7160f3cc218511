"""UPS: how it is asked, and how it pushes."""

import json
from base64 import b64decode

import pytest

from amends.catalog.channels import ups
from amends.domain.exchange import Request, Response, converse
from amends.domain.parcel.channel import Account, Asked, BadSignature, Malformed, PushKind
from tests.support.channel_samples import lines, sample, status
from tests.unit.channels.ups_bodies import NUMBER, SCANS


def test_an_alert_carries_one_activity() -> None:
    (reading,) = ups.read(sample("ups_track_alert_webhook.body.json"))

    assert status(reading) == f"{NUMBER} ups found in_transit - forward active -"
    assert lines(reading) == ["2026-11-08T04:15:00Z paired in_transit departed - DP"]


def test_an_alert_may_name_the_number_of_its_status() -> None:
    body = json.loads(sample("ups_track_alert_webhook.body.json"))
    body["activityStatus"] |= {"type": "D", "code": "FS", "descriptionCode": "011"}
    (reading,) = ups.read(json.dumps(body).encode())

    assert (reading.milestone, reading.scans[0].code) == ("delivered", "011")


def test_an_alert_with_our_credential_wakes_us_up() -> None:
    body = sample("ups_track_alert_webhook.body.json")
    push = ups.receive(body, {"credential": "C"}, {"credential": "C"})

    assert (push.kind, push.numbers, push.readings) == (PushKind.WAKE_UP, (NUMBER,), ())
    for headers, secret in (({"credential": "D"}, "C"), ({}, "C"), ({"credential": ""}, "")):
        with pytest.raises(BadSignature):
            ups.receive(body, headers, {"credential": secret})
    with pytest.raises(Malformed):
        ups.receive(b"{}", {"credential": "C"}, {"credential": "C"})


def test_a_token_is_fetched_by_basic_and_kept() -> None:
    sent: list[Request] = []

    def send(request: Request) -> Response:
        sent.append(request)
        if "/oauth" in request.url:
            return Response(status=200, body=b'{"access_token":"T","expires_in":"14399"}')
        return Response(status=200, body=sample("ups_track_v1.response.json"))

    account = Account(base_url="http://x", secrets={"client_id": "I", "client_secret": "S"})
    answer = converse(ups.track([Asked(number=NUMBER), Asked(number="2")], account), send)

    grant, first, second = sent
    assert b64decode(grant.headers["authorization"].removeprefix("Basic ")) == b"I:S"
    assert grant.body == b"grant_type=client_credentials"
    assert first.url.startswith(f"http://x/api/track/v1/details/{NUMBER}?")
    assert first.headers["authorization"] == second.headers["authorization"] == "Bearer T"
    assert first.headers["transid"] != second.headers["transid"]
    assert answer.token is not None
    assert answer.token.lives_seconds == 14399
    assert lines(answer.readings[NUMBER]) == SCANS
    assert not answer.readings["2"].found or answer.readings["2"].scans


def test_a_failing_number_leaves_the_others_alone() -> None:
    answers = iter(
        [
            Response(status=500, body=b"<html>"),
            Response(status=200, body=sample("ups_track_v1.response.json")),
            Response(status=404, body=sample("ups_error_invalid.json")),
        ]
    )
    account = Account(
        base_url="http://x", secrets={"client_id": "I", "client_secret": "S"}, token="T"
    )
    asked = [Asked(number=one) for one in ("1", NUMBER, "3")]
    answer = converse(ups.track(asked, account), lambda _: next(answers))

    assert [answer.readings[one.number].error for one in asked] == [
        "unavailable",
        None,
        "bad_number",
    ]
