"""What is wrong with a parcel."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel import checksums
from amends.domain.parcel.anomaly import find_anomalies, next_alarm_at
from amends.domain.parcel.merging import empty, heard
from amends.domain.parcel.reading import Reading, Scan
from amends.domain.parcel.state import Lane, ParcelState
from amends.domain.parcel.thresholds import THRESHOLDS, AnomalyKind
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Reason, Step
from tests.support.readings import NUMBER, hours, reading, scan, scans

DOMESTIC = Lane(origin="CN", destination="CN")
ABROAD = Lane(origin="CN", destination="DE")


def _state(*told: Scan) -> ParcelState:
    return heard(reading(*told), at=hours(1000))


def _kinds(
    state: ParcelState, hour: float, lane: Lane = ABROAD, service: str | None = None
) -> list[str]:
    found = find_anomalies(state, lane=lane, service=service, now=hours(hour))
    return [one.kind.value for one in found]


@pytest.mark.requirement("004-8")
@pytest.mark.parametrize(
    ("lane", "service", "limit"),
    [(DOMESTIC, None, 72), (DOMESTIC, "express", 36), (ABROAD, None, 168), (ABROAD, "express", 72)],
)
def test_a_parcel_that_stays_too_long_is_told_by_its_lane_and_service(
    lane: Lane, service: str | None, limit: int
) -> None:
    state = _state(scan(0, step=Step.ARRIVED, place="Hub A"))

    assert _kinds(state, limit - 1, lane, service) == []
    assert _kinds(state, limit, lane, service) == ["dwell"]
    found = find_anomalies(state, lane=lane, service=service, now=hours(limit))
    assert (found[0].node, found[0].since) == ("Hub A", hours(0))
    assert found[0].source


def test_a_notice_of_no_change_does_not_hide_a_dwell() -> None:
    state = _state(scan(0, step=Step.ARRIVED), scan(70, Milestone.NO_CHANGE))

    assert _kinds(state, 73, DOMESTIC) == ["dwell"]


@pytest.mark.requirement("004-8")
def test_a_handover_without_a_later_arrival_is_a_missed_transfer() -> None:
    handed = _state(scan(0, step=Step.HANDED_OVER))
    left = _state(scan(0, step=Step.LEFT_ORIGIN_COUNTRY))
    came = _state(scan(0, step=Step.LEFT_ORIGIN_COUNTRY), scan(99, step=Step.ARRIVED_DEST_COUNTRY))

    assert _kinds(handed, 120) == ["missed_transfer"]
    assert _kinds(left, 269) == []
    assert _kinds(left, 270) == ["missed_transfer"]
    assert _kinds(came, 266) == []


def test_a_guessed_zone_widens_by_fourteen_hours() -> None:
    state = _state(scan(0, step=Step.ARRIVED, offset_source=OffsetSource.GUESSED))

    assert _kinds(state, 72 + 13, DOMESTIC) == []
    assert _kinds(state, 72 + 14, DOMESTIC) == ["dwell"]


@pytest.mark.requirement("003-5")
def test_customs_without_release_is_told_apart_by_what_customs_wants() -> None:
    presented = _state(scan(0, Milestone.CUSTOMS, step=Step.PRESENTED))
    asked = _state(scan(0, Milestone.CUSTOMS, step=Step.HELD, reason=Reason.CUSTOMS_DOCUMENTS))
    released = _state(
        scan(0, Milestone.CUSTOMS, step=Step.HELD), scan(5, Milestone.CUSTOMS, step=Step.RELEASED)
    )

    assert _kinds(presented, 71) == []
    assert _kinds(presented, 72) == ["customs_presented"]
    assert _kinds(asked, 24) == ["customs_held"]
    assert _kinds(released, 80) == []


def test_a_second_look_by_customs_starts_no_new_stay() -> None:
    state = _state(
        scan(0, Milestone.CUSTOMS, step=Step.PRESENTED),
        scan(60, Milestone.CUSTOMS, step=Step.PRESENTED),
    )

    assert _kinds(state, 72) == ["customs_presented"]


def test_what_the_scans_say_outright_is_told_at_once() -> None:
    missorted = _state(scan(0), scan(5, Milestone.EXCEPTION, reason=Reason.MISSORT))
    back = _state(scan(0), scan(5, Milestone.RETURNING))
    put_right = _state(scan(5, Milestone.EXCEPTION, reason=Reason.MISSORT), scan(9))

    assert _kinds(missorted, 6) == ["missort"]
    assert _kinds(back, 6) == ["returned"]
    assert _kinds(put_right, 10) == []


def test_delivered_but_disputed_and_contradictory_endings_are_flagged() -> None:
    disputed = _state(
        scan(0, Milestone.DELIVERED),
        scan(30, Milestone.EXCEPTION, reason=Reason.NOT_RECEIVED),
    )
    torn = _state(scan(0, Milestone.CANCELLED), scan(9, Milestone.DELIVERED, channel="usps"))

    assert _kinds(disputed, 31) == ["disputed"]
    assert "contradiction" in _kinds(torn, 10)


@pytest.mark.requirement("000-12")
def test_a_number_never_found_and_a_label_never_posted_are_told_apart() -> None:
    nothing = heard(reading(), at=hours(0))
    label = _state(scan(0, Milestone.INFO_RECEIVED))

    assert _kinds(nothing, 120, DOMESTIC) == ["never_found"]
    assert _kinds(nothing, 335) == []
    assert _kinds(nothing, 336) == ["never_found"]
    assert _kinds(label, 168) == ["never_posted"]


def test_untracked_letters_are_never_missed() -> None:
    number = "UA12345678" + checksums.s10("12345678") + "CN"
    nothing = Reading(number=number, channel="upu", found=False, milestone=Milestone.NOT_FOUND)

    assert _kinds(heard(nothing, at=hours(0)), 2000) == []


def test_a_delivered_parcel_grows_no_older() -> None:
    assert _kinds(_state(scan(0, Milestone.DELIVERED)), 5000) == []
    assert _kinds(_state(scan(0)), 800) == ["dwell", "stale"]


@settings(max_examples=100)
@given(st.lists(scans("usps"), min_size=1, max_size=5))
def test_an_alarm_comes_due_exactly_when_it_was_announced(told: list[Scan]) -> None:
    state = _state(*told)
    now = hours(0)
    due = next_alarm_at(state, lane=ABROAD, now=now)

    if due is not None:
        before = find_anomalies(state, lane=ABROAD, now=due - timedelta(seconds=1))
        after = find_anomalies(state, lane=ABROAD, now=due)
        assert len(after) > len(before)
    assert next_alarm_at(empty(NUMBER), lane=ABROAD, now=now) is None


def test_every_threshold_says_where_it_comes_from() -> None:
    assert all(row.source and row.after > timedelta(0) for row in THRESHOLDS)
    assert {row.kind for row in THRESHOLDS} < set(AnomalyKind)
