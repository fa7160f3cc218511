"""Why a parcel cannot be tracked, and what then."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel.diagnosis import Diagnosis, Sure, diagnose
from amends.domain.parcel.diagnosis_text import Cause, NextStep, message
from amends.domain.parcel.merging import empty, heard, merged
from amends.domain.parcel.number import check
from amends.domain.parcel.question import ChannelReport
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.state import Lane, ParcelState
from amends.domain.parcel.vocabulary import Milestone, Reason, Step
from tests.support.readings import NUMBER, START, hours, reading, readings, scan

ABROAD = Lane(origin="CN", destination="DE")
CHANNELS = (ChannelReport(channel="seventeentrack"),)
SHIPPED = START.date()


def _diagnose(state: ParcelState, hour: float, number: str = NUMBER, **more: object) -> Diagnosis:
    given_: dict[str, object] = {"lane": ABROAD, "shipped_on": SHIPPED, **more}
    found = diagnose(check(number), state, CHANNELS, now=hours(hour), **given_)  # type: ignore[arg-type]  # keywords by name
    assert found is not None
    return found


@pytest.mark.requirement("003-8")
def test_a_mistyped_number_comes_with_the_likely_correction() -> None:
    found = _diagnose(empty("LZ730129847CN"), 10, number="LZ730129847CN")

    assert (found.cause, found.next_step) == (Cause.NUMBER_WRONG, NextStep.CORRECT_NUMBER)
    assert found.suggestion is not None
    assert found.suggestion in found.messages["zh-CN"]
    assert check(found.suggestion).valid
    assert found.sure is Sure.HIGH


@pytest.mark.requirement("003-6")
def test_too_early_says_until_when_to_wait() -> None:
    found = _diagnose(heard(reading(), at=hours(5)), 24)

    assert (found.cause, found.next_step) == (Cause.TOO_EARLY, NextStep.WAIT)
    assert found.wait_until is not None
    assert f"{found.wait_until:%Y-%m-%d}" in found.messages["en"]


def test_a_label_without_a_scan_was_not_posted() -> None:
    announced = heard(reading(scan(1, Milestone.INFO_RECEIVED)), at=hours(300))

    assert _diagnose(announced, 300).cause is Cause.NOT_POSTED
    assert _diagnose(announced, 300).next_step is NextStep.ASK_SENDER
    assert _diagnose(heard(reading(), at=hours(0)), 300).cause is Cause.NOT_POSTED


@pytest.mark.requirement("003-2")
def test_a_channel_that_has_not_looked_lately_lags() -> None:
    state = heard(reading(scan(20), fresh_at=hours(30)), at=hours(70))

    found = _diagnose(state, 70)

    assert found.cause is Cause.SYNC_LAG
    assert found.wait_until == hours(20) + timedelta(hours=72)


@pytest.mark.requirement("003-3")
def test_between_two_carriers_it_names_the_next_number() -> None:
    state = heard(
        reading(scan(20, step=Step.LEFT_ORIGIN_COUNTRY), successor=("dhl", "0034043")),
        at=hours(60),
    )

    found = _diagnose(state, 60)

    assert (found.cause, found.suggestion) == (Cause.TRANSHIPMENT, "0034043")
    assert found.next_step is NextStep.ASK_PARTNER


@pytest.mark.requirement("003-9")
def test_when_the_wait_is_over_the_carrier_is_asked() -> None:
    state = heard(reading(scan(20, step=Step.LEFT_ORIGIN_COUNTRY)), at=hours(400))

    assert _diagnose(state, 100).next_step is NextStep.WAIT
    over = _diagnose(state, 20 + 12 * 24)
    assert (over.next_step, over.wait_until) == (NextStep.ASK_CARRIER, None)


@pytest.mark.requirement("003-4")
def test_contradictory_data_is_told_as_such() -> None:
    state = merged(
        NUMBER,
        [
            heard(reading(scan(20, Milestone.CANCELLED)), at=hours(30)),
            heard(reading(scan(25, Milestone.DELIVERED, channel="usps")), at=hours(30)),
        ],
    )

    assert _diagnose(state, 40).cause is Cause.DATA_ERROR


@pytest.mark.requirement("003-5")
def test_customs_that_wants_papers_asks_for_them() -> None:
    state = heard(
        reading(scan(20, Milestone.CUSTOMS, step=Step.HELD, reason=Reason.CUSTOMS_DOCUMENTS)),
        at=hours(30),
    )

    found = _diagnose(state, 40)

    assert (found.cause, found.next_step) == (Cause.CUSTOMS, NextStep.PROVIDE_DOCUMENTS)


def test_silence_of_every_channel_is_the_channels_fault() -> None:
    failed = reading(error="unavailable", milestone=Milestone.UNKNOWN)

    found = _diagnose(heard(failed, at=hours(30)), 31)

    assert (found.cause, found.next_step) == (Cause.CHANNEL_DOWN, NextStep.RETRY_CHANNELS)


def test_scans_from_before_the_posting_belong_to_another_parcel() -> None:
    state = heard(reading(scan(-900, Milestone.DELIVERED)), at=hours(30))

    assert _diagnose(state, 40).cause is Cause.RECYCLED_NUMBER


def test_a_number_of_another_carrier_is_told() -> None:
    number = "1Z9A83X40310472914"
    nothing = Reading(number=number, channel="fedex", found=False, milestone=Milestone.NOT_FOUND)

    found = _diagnose(
        heard(nothing, at=hours(0)), 300, number=number, carrier="fedex", shipped_on=None
    )

    assert (found.cause, found.suggestion) == (Cause.WRONG_CARRIER, "ups")


def test_a_parcel_seen_an_hour_ago_needs_no_diagnosis() -> None:
    state = heard(reading(scan(20)), at=hours(21))

    assert (
        diagnose(check(NUMBER), state, CHANNELS, now=hours(21), lane=ABROAD, shipped_on=SHIPPED)
        is None
    )


@pytest.mark.requirement("003-11")
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_words_in_every_language(cause: Cause) -> None:
    told = message(cause, NextStep.WAIT, until=hours(0), suggestion="X1")

    assert set(told) == {"en", "zh-CN"}
    assert all("2026-11-01" in text for text in told.values())


@settings(max_examples=100)
@given(st.lists(readings(), max_size=4), st.integers(0, 900))
def test_any_state_is_diagnosed_soundly(told: list[tuple[Reading, datetime]], hour: int) -> None:
    state = merged(NUMBER, [heard(one, at=at) for one, at in told])
    now = hours(hour)
    found = diagnose(check(NUMBER), state, CHANNELS, now=now, lane=ABROAD, shipped_on=SHIPPED)

    if found is not None:
        assert 0 < found.confidence <= 1
        assert found.evidence
        assert found.wait_until is None or found.wait_until > now
        assert (found.next_step is not NextStep.WAIT) or found.wait_until is not None
