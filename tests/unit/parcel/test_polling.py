"""When to ask next."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel.anomaly import next_alarm_at
from amends.domain.parcel.merging import empty, heard, merged
from amends.domain.parcel.polling import Outcome, next_due
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.state import FINAL, Lane, ParcelState
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.readings import NUMBER, hours, reading, readings, scan
from tools.bench_polling import simulate
from tools.polling_tally import per_parcel, quantile

HOUR = timedelta(hours=1)
CHINA = timezone(8 * HOUR)


def _due(state: ParcelState, hour: float, **more: object) -> datetime | None:
    said: dict[str, object] = {
        "outcome": Outcome.NOTHING,
        "refresh_after": HOUR,
        "seed": NUMBER,
        **more,
    }
    return next_due(state, asked_at=hours(hour), **said)  # type: ignore[arg-type]  # keywords by name


@settings(max_examples=100)
@given(
    st.lists(readings(), max_size=4),
    st.integers(0, 3000),
    st.sampled_from([HOUR, 6 * HOUR, 12 * HOUR]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, CHINA]),
    st.sampled_from([None, timedelta(minutes=2), 30 * HOUR]),
)
def test_nothing_watched_is_dropped_and_no_channel_is_asked_below_its_period(
    told: list[tuple[Reading, datetime]],
    hour: int,
    refresh: timedelta,
    has_push: bool,  # noqa: FBT001 - drawn by hypothesis
    open_case: bool,  # noqa: FBT001 - drawn by hypothesis
    zone: timezone | None,
    retry_after: timedelta | None,
) -> None:
    state = merged(NUMBER, [heard(one, at=at) for one, at in told])
    lane = Lane(origin="CN", destination="DE")
    due = _due(
        state,
        hour,
        refresh_after=refresh,
        has_push=has_push,
        open_case=open_case,
        destination_zone=zone,
        retry_after=retry_after,
        alarm_at=next_alarm_at(state, lane=lane, now=hours(hour)),
    )

    if due is None:
        assert not open_case
        assert state.milestone in FINAL or state.milestone is Milestone.DELIVERED
    else:
        asked = hours(hour)
        assert asked + refresh <= due <= asked + max(refresh, retry_after or HOUR, 24 * 8 * HOUR)
        if retry_after is not None:
            assert due >= asked + retry_after


def test_the_longer_the_silence_the_longer_the_wait() -> None:
    state = heard(reading(scan(0, step=Step.ARRIVED)), at=hours(1))
    waits = [(_due(state, hour) or hours(hour)) - hours(hour) for hour in (1, 10, 50, 200)]

    assert waits == sorted(waits)
    assert waits[0] < 6 * HOUR
    assert waits[-1] <= 26 * HOUR


def test_where_a_parcel_stands_makes_its_pace() -> None:
    def wait(milestone: Milestone = Milestone.IN_TRANSIT, step: Step | None = None) -> timedelta:
        state = heard(reading(scan(0, milestone, step=step)), at=hours(0))
        return (_due(state, 8) or hours(0)) - hours(8)

    from_soon_to_late = [
        wait(Milestone.OUT_FOR_DELIVERY),
        wait(step=Step.ARRIVED),
        wait(Milestone.CUSTOMS, Step.PRESENTED),
        wait(step=Step.DEPARTED),
        wait(Milestone.CUSTOMS, Step.HELD),
        wait(Milestone.INFO_RECEIVED),
        wait(Milestone.LOST),
        wait(Milestone.DELIVERED),
    ]

    assert from_soon_to_late == sorted(from_soon_to_late)
    assert from_soon_to_late[0] < 4 * HOUR
    assert from_soon_to_late[-1] > 72 * HOUR


def test_a_parcel_that_goes_fast_is_asked_about_more_often() -> None:
    fast = heard(reading(*(scan(hour, step=Step.ARRIVED) for hour in range(6))), at=hours(6))
    slow = heard(reading(*(scan(hour * 50, step=Step.ARRIVED) for hour in range(6))), at=hours(300))

    assert (_due(fast, 15) or hours(0)) - hours(15) < (_due(slow, 260) or hours(0)) - hours(260)


def test_an_alarm_draws_the_poll_to_its_own_moment() -> None:
    state = heard(reading(scan(0, step=Step.ARRIVED)), at=hours(1))
    alarm = next_alarm_at(state, lane=Lane(origin="CN", destination="CN"), now=hours(60))

    assert alarm == hours(72)
    assert _due(state, 60, alarm_at=alarm) == alarm
    assert _due(state, 71.5, alarm_at=alarm) == hours(72.5)


def test_nobody_is_asked_by_night_whether_a_parcel_was_delivered() -> None:
    state = heard(reading(scan(0, Milestone.OUT_FOR_DELIVERY)), at=hours(0))

    due = _due(state, 15, destination_zone=CHINA)

    assert due is not None
    assert due.astimezone(CHINA).hour == 15


def test_a_case_makes_the_pace_and_keeps_an_ended_parcel_watched() -> None:
    delivered = heard(reading(scan(0, Milestone.DELIVERED)), at=hours(1))

    assert _due(delivered, 200) is None
    assert _due(delivered, 200, open_case=True) is not None
    assert (_due(delivered, 10, open_case=True) or hours(0)) < hours(17)
    assert _due(delivered, 10) is not None


def test_a_failure_is_tried_again_when_the_channel_allows_it() -> None:
    failed = _due(empty(NUMBER), 0, outcome=Outcome.FAILED, empty_polls=1)
    told = _due(
        empty(NUMBER), 0, outcome=Outcome.FAILED, empty_polls=1, retry_after=timedelta(hours=2)
    )

    assert failed == hours(0.5)
    assert told is not None
    assert hours(2) <= told <= hours(2.3)


def test_two_parcels_asked_at_one_moment_are_not_due_at_one_moment() -> None:
    state = heard(reading(scan(0, step=Step.ARRIVED)), at=hours(1))

    dues = {_due(state, 1, seed=f"parcel {place}") for place in range(20)}

    assert len(dues) == 20


@pytest.mark.requirement("000-12")
def test_a_small_world_is_watched_for_less_and_its_losses_found_no_later() -> None:
    tallies = simulate(400, seed=7)

    for pushed in (False, True):
        fixed, ladder, ours = (tallies[name, pushed] for name in ("fixed", "ladder", "ours"))
        assert per_parcel(ours) < per_parcel(fixed) / 5
        assert per_parcel(ours) < per_parcel(ladder)
        assert len(ours.loss_delays) == len(fixed.loss_delays) > 0
        assert len(ours.scan_delays) == len(fixed.scan_delays)
        assert quantile(ours.loss_delays, 0.95) <= quantile(fixed.loss_delays, 0.95)
