"""What merchants hear says what its type promises, and is signed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from amends.domain.money import Money
from amends.domain.people.webhook import (
    OLD_SECRET_FOR,
    BadEndpoint,
    register,
    rotate,
    sign,
    signed_request,
)
from amends.domain.people.webhook_event import FIELDS, BadEvent, EventType, outgoing
from tests.unit.people.hooks import NOW, endpoint, event


@pytest.mark.parametrize("kind", EventType)
def test_the_official_library_verifies_what_we_sign(kind: EventType) -> None:
    now = datetime.now(UTC)
    request = signed_request(endpoint(), event(kind), now)

    told = Webhook(endpoint().secrets[0].value).verify(request.body, dict(request.headers))

    assert told["type"] == kind
    assert told["timestamp"] == "2026-11-29T08:00:00.000Z"
    assert set(told["data"]) == FIELDS[kind]


def test_while_a_secret_rotates_both_receivers_verify_and_afterwards_only_the_new_one() -> None:
    now = datetime.now(UTC)
    old = endpoint()
    new = rotate(old, now, lambda n: b"\x07" * n)
    request = signed_request(new, event(), now)

    assert request.headers["webhook-signature"].count("v1,") == 2
    for secret in (old.secrets[0].value, new.secrets[0].value):
        Webhook(secret).verify(request.body, dict(request.headers))

    later = signed_request(new, event(), now + OLD_SECRET_FOR)
    assert later.headers["webhook-signature"].count("v1,") == 1
    with pytest.raises(WebhookVerificationError):
        Webhook(old.secrets[0].value).verify(request.body + b" ", dict(request.headers))


def test_rotating_often_keeps_a_bounded_number_of_secrets_and_shows_none_of_them() -> None:
    turned = endpoint()
    for day in range(10):
        turned = rotate(turned, NOW + timedelta(minutes=day), lambda n: b"\x07" * n)

    assert len(turned.secrets) == 5
    assert "whsec_" not in repr(turned)


def test_a_known_vector_is_reproduced() -> None:
    # the example of the Standard Webhooks specification
    signature = sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )

    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.text(min_size=1), st.text())
def test_the_body_is_the_same_at_every_attempt(key: str, value: str) -> None:
    closed = outgoing(EventType.CASE_CLOSED, {"case_id": key, "outcome": value},
                      event_id="evt_1", subject="case_1", sequence=1, occurred_at=NOW)  # fmt: skip

    assert closed.body() == closed.body()
    assert json.loads(closed.body())["data"] == {"case_id": key, "outcome": value}


def test_an_event_tells_what_its_type_says_and_nothing_else() -> None:
    with pytest.raises(BadEvent):
        outgoing(EventType.CASE_CLOSED, {"case_id": "1"}, event_id="e", subject="s", sequence=1,
                 occurred_at=NOW)  # fmt: skip
    with pytest.raises(BadEvent):
        outgoing(EventType.CASE_CLOSED, {"case_id": "1", "outcome": "x", "claimant_name": "x"},
                 event_id="e", subject="s", sequence=1, occurred_at=NOW)  # fmt: skip


def test_an_unknown_type_is_refused_and_a_named_one_filters() -> None:
    with pytest.raises(BadEndpoint):
        register(at=NOW, endpoint_id="w", merchant="m", url="https://shop.example/",
                 types=["case.eaten"],
                 random_bytes=bytes, is_local=False)  # fmt: skip
    some = register(at=NOW, endpoint_id="w", merchant="m", url="https://shop.example/",
                    types=["case.closed"], random_bytes=bytes, is_local=False)  # fmt: skip

    assert some.wants(event(EventType.CASE_CLOSED))
    assert not some.wants(event(EventType.CASE_REPORTED))


def test_money_in_an_event_has_the_form_of_the_api() -> None:
    amount = Money.of("12.30", "CNY")
    closed = outgoing(
        EventType.CASE_CLOSED,
        {"case_id": "case_1", "outcome": "compensated", "amount": amount},
        event_id="e", subject="s", sequence=1, occurred_at=NOW,
    )  # fmt: skip

    assert json.loads(closed.body())["data"]["amount"] == {"amount": "12.30", "currency": "CNY"}
