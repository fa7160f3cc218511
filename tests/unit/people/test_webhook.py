"""Merchants hear of each event, in order, signed, and nobody uses us to knock at inner doors."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from amends.domain.exchange import Response
from amends.domain.money import Money
from amends.domain.people.webhook import (
    OLD_SECRET_FOR,
    BadEndpoint,
    Endpoint,
    register,
    rotate,
    sign,
    signed_request,
)
from amends.domain.people.webhook_address import BadAddress, check_addresses, check_url, is_public
from amends.domain.people.webhook_delivery import (
    PAUSE_AFTER,
    PAUSE_FAILURES,
    RETRY_AFTER,
    Delivery,
    Health,
    State,
    attempted,
    deliverable,
    judged,
    send_again,
    wait_after,
)
from amends.domain.people.webhook_event import FIELDS, BadEvent, EventType, OutgoingEvent, outgoing

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
OK, DOWN, GONE = Response(status=204), Response(status=503), Response(status=410)


def endpoint(url: str = "https://shop.example/hooks") -> Endpoint:
    return register(at=NOW, endpoint_id="whk_1", merchant="shop", url=url, types=[],
                    random_bytes=lambda n: bytes(range(n)), is_local=False)  # fmt: skip


def event(kind: EventType = EventType.CASE_CLOSED) -> OutgoingEvent:
    data: dict[str, object] = dict.fromkeys(FIELDS[kind], "值")
    return outgoing(kind, data, event_id="evt_1", subject="case_1", sequence=3, occurred_at=NOW)


def delivery(sequence: int = 1, subject: str = "case_1") -> Delivery:
    return Delivery(event_id=f"evt_{subject}_{sequence}", endpoint_id="whk_1", subject=subject,
                    sequence=sequence, due_at=NOW)  # fmt: skip


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


@pytest.mark.parametrize(
    "url",
    ["http://shop.example/", "ftp://shop.example/", "https://localhost/", "https://127.0.0.1/",
     "https://10.1.2.3/", "https://169.254.169.254/latest", "https://[::1]/", "https://[fd00::1]/",
     "https://[::ffff:10.0.0.1]/", "https://100.64.0.1/", "https://0/", "https://127.1/",
     "https://0x7f.0.0.1/", "https://2130706433/", "https://db.internal/", "https://intranet/",
     "https://user:pw@shop.example/", "https://shop.example:22/", "https://shop.example:99999/",
     "https://shop.example/#x", "https://shop.example/ x", "https://例子.example/", "https://",
     "https://[::1", "https://shop.local./", "https://shop.example/" + "x" * 2048,
     "https://shop.example\\@10.0.0.1/", "//shop.example/", "https://224.0.0.1/"],
)  # fmt: skip
def test_an_endpoint_that_is_not_public_https_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        endpoint(url)


@pytest.mark.parametrize(
    "url",
    ["https://shop.example/hooks?x=1", "https://shop.example:8443/", "https://93.184.215.14/",
     "https://[2606:4700:4700::1111]/"],
)  # fmt: skip
def test_a_public_https_endpoint_is_accepted(url: str) -> None:
    assert endpoint(url).url == url


def test_loopback_is_for_the_local_target_only() -> None:
    check_url("http://127.0.0.1:8080/hooks", is_local=True)
    check_url("http://localhost:8080/hooks", is_local=True)
    with pytest.raises(BadAddress):
        check_url("http://127.0.0.1:8080/hooks", is_local=False)
    with pytest.raises(BadAddress):
        check_url("http://10.0.0.1/hooks", is_local=True)


def test_an_unknown_type_is_refused_and_a_named_one_filters() -> None:
    with pytest.raises(BadEndpoint):
        register(at=NOW, endpoint_id="w", merchant="m", url="https://shop.example/",
                 types=["case.eaten"],
                 random_bytes=bytes, is_local=False)  # fmt: skip
    some = register(at=NOW, endpoint_id="w", merchant="m", url="https://shop.example/",
                    types=["case.closed"], random_bytes=bytes, is_local=False)  # fmt: skip

    assert some.wants(event(EventType.CASE_CLOSED))
    assert not some.wants(event(EventType.CASE_REPORTED))


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("10.0.0.1", False), ("172.16.0.1", False), ("192.168.1.1", False),
     ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),  # noqa: S104 - an address to refuse
     ("255.255.255.255", False), ("192.0.2.1", False), ("::", False), ("::1", False),
     ("fe80::1", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
     ("2001:db8::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True),
     ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("2002:a00:1::", False),
     ("::127.0.0.1", False), ("2606:4700:4700::1111", True), ("shop.example", False), ("", False)],
)  # fmt: skip
def test_an_address_is_public_or_it_is_not(address: str, *, public: bool) -> None:
    assert is_public(address) is public


def test_a_name_that_leads_inside_at_delivery_is_refused() -> None:
    assert check_addresses(["8.8.8.8"], is_local=False) == ("8.8.8.8",)
    for inside in (["8.8.8.8", "10.0.0.1"], [], ["127.0.0.1"]):
        with pytest.raises(BadAddress):
            check_addresses(inside, is_local=False)
    assert check_addresses(["127.0.0.1"], is_local=True) == ("127.0.0.1",)


def test_retries_grow_over_three_days_and_then_the_delivery_is_parked() -> None:
    now, one = NOW, delivery()
    waits = []
    while one.state is State.PENDING:
        one = attempted(one, DOWN, now)
        waits.append(one.due_at - now)
        now = max(now, one.due_at)

    assert len(one.log) == len(RETRY_AFTER) + 1
    assert all(a < b for a, b in pairwise(waits[:-1]))
    assert timedelta(days=2.6) < now - NOW < timedelta(days=3)
    assert one.state is State.PARKED
    assert send_again(one, now).state is State.PENDING
    assert attempted(send_again(one, now), OK, now).state is State.DELIVERED


@given(st.text(), st.integers(1, len(RETRY_AFTER)))
def test_a_wait_is_spread_yet_near_its_schedule(event_id: str, tries: int) -> None:
    wait = wait_after(event_id, tries)

    assert RETRY_AFTER[tries - 1] * 0.9 <= wait <= RETRY_AFTER[tries - 1]


def test_an_endpoint_that_fails_for_a_day_is_paused_and_one_that_is_gone_at_once() -> None:
    health = Health()
    for _ in range(PAUSE_FAILURES):
        health = judged(health, DOWN, NOW)

    assert not health.should_pause(NOW)
    assert health.should_pause(NOW + PAUSE_AFTER)
    assert not judged(health, OK, NOW).should_pause(NOW + PAUSE_AFTER)
    assert judged(Health(), GONE, NOW).should_pause(NOW)


def test_events_of_a_paused_endpoint_wait() -> None:
    assert deliverable([delivery()], NOW, frozenset({"whk_1"})) == []


@given(st.lists(st.sampled_from([OK, DOWN, GONE]), max_size=60), st.integers(1, 6))
def test_each_subject_is_told_in_order_and_no_event_is_lost(
    answers: list[Response], count: int
) -> None:
    pending = {d.event_id: d for n in range(count) for d in (delivery(n), delivery(n, "case_2"))}
    told: dict[str, list[int]] = {"case_1": [], "case_2": []}
    now, replies = NOW, iter(answers)
    while any(d.state is State.PENDING for d in pending.values()):
        for one in deliverable(pending.values(), now):
            after = attempted(one, next(replies, OK), now)
            pending[one.event_id] = after
            if after.state is State.DELIVERED:
                told[one.subject].append(one.sequence)
        now += timedelta(hours=1)

    for sequences in told.values():
        assert sequences == sorted(set(sequences))
    parked = sum(d.state is State.PARKED for d in pending.values())
    assert sum(map(len, told.values())) + parked == len(pending)


def test_money_in_an_event_has_the_form_of_the_api() -> None:
    amount = Money.of("12.30", "CNY")
    closed = outgoing(
        EventType.CASE_CLOSED,
        {"case_id": "case_1", "outcome": "compensated", "amount": amount},
        event_id="e", subject="s", sequence=1, occurred_at=NOW,
    )  # fmt: skip

    assert json.loads(closed.body())["data"]["amount"] == {"amount": "12.30", "currency": "CNY"}
