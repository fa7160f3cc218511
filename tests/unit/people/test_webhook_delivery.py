"""Each event is tried for three days, in the order of its subject, and none is lost."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amends.domain.exchange import Response
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
from tests.unit.people.hooks import NOW

OK, DOWN, GONE = Response(status=204), Response(status=503), Response(status=410)


def delivery(sequence: int = 1, subject: str = "case_1") -> Delivery:
    return Delivery(event_id=f"evt_{subject}_{sequence}", endpoint_id="whk_1", subject=subject,
                    sequence=sequence, due_at=NOW)  # fmt: skip


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
