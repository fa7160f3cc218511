"""Limits shared by several workers, as arithmetic."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel.channel import Limits
from amends.domain.parcel.throttle import (
    Breaker,
    Bucket,
    Circuit,
    after_answer,
    backoff,
    chance,
    circuit,
    take,
    trying,
)

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def _limits(requests: int, per: timedelta, daily: int | None = None) -> Limits:
    return Limits(batch_size=1, requests=requests, per=per, refresh_after=SECOND, daily=daily)


@settings(max_examples=200)
@given(
    st.integers(1, 60),
    st.sampled_from([SECOND, 10 * SECOND, 3600 * SECOND]),
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 5)), min_size=1, max_size=60),
    st.sampled_from([0, 1, 3]),
)
def test_no_span_ever_sees_more_requests_than_its_limit(
    requests: int, per: timedelta, asks: list[tuple[int, int]], spans: int
) -> None:
    limits = _limits(requests, per)
    bucket, now = Bucket(full_at=NOON), NOON
    sent: list[datetime] = []
    for wait, wanted in asks:
        now += per * wait / 1000
        grant = take(bucket, limits=limits, now=now, wanted=wanted, patience=per * spans)
        bucket = grant.bucket
        sent += grant.slots
        assert all(now <= slot <= now + per * spans for slot in grant.slots)
        assert (len(grant.slots) < wanted) == (grant.retry_at is not None)

    for start in sent:
        assert sum(start <= at < start + per for at in sent) <= requests


@given(st.integers(1, 60), st.integers(1, 80))
def test_a_refused_worker_is_told_when_to_come_back(requests: int, wanted: int) -> None:
    limits = _limits(requests, SECOND)
    first = take(Bucket(full_at=NOON), limits=limits, now=NOON, wanted=wanted)

    assert first.slots
    if first.retry_at is not None:
        later = take(first.bucket, limits=limits, now=first.retry_at, wanted=1)
        assert len(later.slots) == 1


def test_a_daily_quota_ends_at_midnight_utc() -> None:
    limits = _limits(100, SECOND, daily=3)
    first = take(Bucket(full_at=NOON), limits=limits, now=NOON, wanted=5)

    assert (len(first.slots), first.retry_at) == (3, datetime(2026, 11, 2, tzinfo=UTC))
    again = take(first.bucket, limits=limits, now=datetime(2026, 11, 2, tzinfo=UTC), wanted=2)
    assert len(again.slots) == 2


def test_what_might_be_sent_after_midnight_is_not_taken_of_this_days_quota() -> None:
    limits, late = _limits(100, SECOND, daily=3), datetime(2026, 11, 1, 23, 59, 58, tzinfo=UTC)
    midnight = datetime(2026, 11, 2, tzinfo=UTC)

    assert len(take(Bucket(full_at=NOON), limits=limits, now=late).slots) == 1
    shy = take(Bucket(full_at=NOON), limits=limits, now=late, lives=2 * SECOND)
    assert (shy.slots, shy.retry_at) == ((), midnight)


def test_what_was_taken_and_never_sent_comes_back_to_the_day_but_not_to_the_rate() -> None:
    limits = _limits(10, SECOND, daily=3)
    first = take(Bucket(full_at=NOON), limits=limits, now=NOON, wanted=3, patience=SECOND)
    again = take(first.bucket, limits=limits, now=NOON, wanted=3, patience=SECOND, unused=2)

    assert (len(first.slots), len(again.slots), again.bucket.used) == (3, 2, 3)
    assert min(again.slots) > max(first.slots)


def test_a_breaker_opens_tries_once_and_closes() -> None:
    breaker = Breaker()
    for _ in range(5):
        assert circuit(breaker, now=NOON) is Circuit.CLOSED
        breaker = after_answer(breaker, is_ok=False, now=NOON)

    later = NOON + timedelta(minutes=2)
    assert circuit(breaker, now=NOON) is Circuit.OPEN
    assert circuit(breaker, now=later) is Circuit.HALF_OPEN
    assert circuit(trying(breaker, now=later), now=later) is Circuit.OPEN
    assert circuit(after_answer(breaker, is_ok=True, now=later), now=later) is Circuit.CLOSED
    longer = after_answer(breaker, is_ok=False, now=later)
    assert longer.open_until is not None
    assert longer.open_until - later == timedelta(minutes=2)


def test_a_channel_that_names_its_pause_is_left_alone_for_it() -> None:
    told = after_answer(Breaker(), is_ok=False, now=NOON, retry_after=timedelta(hours=1))

    assert circuit(told, now=NOON + timedelta(minutes=59)) is Circuit.OPEN


@given(st.integers(1, 100), st.text(max_size=5), st.integers(0, 100_000))
def test_backing_off_grows_is_bounded_and_honours_the_channel(
    attempt: int, seed: str, seconds: int
) -> None:
    plain = backoff(attempt=attempt, seed=seed)

    assert timedelta(minutes=1) <= plain <= timedelta(hours=6)
    assert backoff(attempt=attempt, seed=seed, retry_after=seconds * SECOND) >= seconds * SECOND
    assert 0 <= chance(seed) < 1
