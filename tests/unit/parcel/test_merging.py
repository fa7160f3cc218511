"""Several channels, one parcel."""

from dataclasses import replace
from datetime import datetime
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.parcel.merging import absorb, brings_news, empty, heard, merge, merged, since
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.state import Clash
from amends.domain.parcel.vocabulary import Direction, Milestone, OffsetSource, Reason, Step
from tests.support.readings import NUMBER, hours, reading, readings, scan

Heard = tuple[Reading, datetime]
ENDS = {
    Milestone.CANCELLED: {Milestone.CANCELLED, Milestone.DELIVERED, Milestone.DESTROYED},
    Milestone.DELIVERED: {Milestone.DELIVERED, Milestone.DESTROYED},
    Milestone.DESTROYED: {Milestone.DESTROYED},
    Milestone.RETURNED: set[Milestone](),
}


@settings(max_examples=80)
@given(st.lists(readings(), max_size=6), st.randoms(use_true_random=False))
def test_readings_merge_to_the_same_in_any_order_however_often(
    told: list[Heard], chance: object
) -> None:
    again = [*told, *told]
    chance.shuffle(again)  # type: ignore[attr-defined]  # hypothesis gives an untyped Random

    states = [heard(one, at=at) for one, at in told]
    assert merged(NUMBER, states) == merged(NUMBER, [heard(one, at=at) for one, at in again])


@settings(max_examples=80)
@given(readings(), readings(), readings())
def test_merging_is_commutative_associative_and_idempotent(a: Heard, b: Heard, c: Heard) -> None:
    x, y, z = (heard(one, at=at) for one, at in (a, b, c))

    assert merge(x, y) == merge(y, x)
    assert merge(merge(x, y), z) == merge(x, merge(y, z))
    assert merge(x, x) == x
    assert merge(x, empty(NUMBER)) == x


@pytest.mark.requirement("000-10", "003-7")
@settings(max_examples=100)
@given(st.lists(readings(), min_size=1, max_size=6), readings())
def test_no_reading_moves_an_ended_parcel_back(told: list[Heard], late: Heard) -> None:
    before = reduce(lambda state, one: absorb(state, one[0], at=one[1]), told, empty(NUMBER))
    after = absorb(before, late[0], at=late[1])

    if before.milestone in ENDS and after.milestone is not Milestone.RETURNED:
        went_back = (
            before.milestone is not Milestone.DESTROYED
            and before.milestone is not Milestone.RETURNED
            and any(one.scan.milestone is Milestone.RETURNING for one in after.events)
        )
        assert after.milestone in ENDS[before.milestone] or went_back


def test_two_channels_telling_one_scan_make_one_event() -> None:
    carrier = reading(scan(1, step=Step.ARRIVED, channel="usps", place="Chicago", country="US"))
    aggregator = reading(scan(1, channel="seventeentrack"), scan(9, channel="seventeentrack"))

    state = merged(NUMBER, [heard(one, at=hours(10)) for one in (carrier, aggregator)])

    assert [event.channels for event in state.events] == [
        ("seventeentrack", "usps"),
        ("seventeentrack",),
    ]
    assert state.events[0].scan.step is Step.ARRIVED


def test_a_scan_in_a_guessed_zone_meets_its_twin_hours_away() -> None:
    sure = scan(8, step=Step.ARRIVED, channel="usps", place="Chicago")
    naive = scan(
        2,
        step=Step.ARRIVED,
        channel="trackingmore",
        place="CHICAGO",
        offset_source=OffsetSource.GUESSED,
    )

    state = merged(NUMBER, [heard(reading(one), at=hours(9)) for one in (naive, sure)])

    assert [(event.scan.at, event.is_guessed) for event in state.events] == [(hours(8), False)]


def test_no_change_and_unknown_codes_move_nothing_and_reset_no_clock() -> None:
    state = heard(
        reading(
            scan(1, step=Step.DEPARTED),
            scan(30, Milestone.NO_CHANGE),
            scan(31, Milestone.UNKNOWN),
            scan(32, Milestone.EXCEPTION, reason=Reason.DELAY),
        ),
        at=hours(40),
    )

    assert state.last_movement_at == hours(1)
    assert state.milestone is Milestone.EXCEPTION


def test_a_channel_in_trouble_says_nothing_of_the_parcel() -> None:
    state = heard(reading(scan(1)), at=hours(2))
    after = absorb(state, reading(error="unavailable", milestone=Milestone.UNKNOWN), at=hours(3))

    assert after.milestone is Milestone.IN_TRANSIT
    assert [failure.error for failure in after.failing] == ["unavailable"]
    assert absorb(after, reading(scan(1)), at=hours(4)).failing == ()


def test_a_status_without_a_scan_counts_but_never_as_movement() -> None:
    said = reading(scan(5), milestone=Milestone.DELIVERED)

    state = absorb(heard(said, at=hours(6)), reading(scan(5)), at=hours(7))

    assert state.milestone is Milestone.DELIVERED
    assert state.last_movement_at == hours(5)
    assert len(absorb(state, said, at=hours(8)).scans) == len(state.scans)


def test_delivered_on_the_way_back_is_returned_whichever_channel_knew() -> None:
    knew = heard(reading(scan(1, Milestone.RETURNING, channel="usps")), at=hours(9))
    did_not = heard(reading(scan(8, Milestone.DELIVERED)), at=hours(9))

    state = merge(knew, did_not)

    assert (state.milestone, state.direction) == (Milestone.RETURNED, Direction.RETURN)


def test_a_lost_parcel_is_found_by_a_later_scan() -> None:
    lost = heard(reading(scan(1), scan(50, Milestone.LOST)), at=hours(60))

    assert lost.milestone is Milestone.LOST
    assert absorb(lost, reading(scan(70)), at=hours(71)).milestone is Milestone.IN_TRANSIT


def test_a_delivery_contradicted_is_kept_flagged_and_disputed() -> None:
    state = heard(
        reading(
            scan(1, Milestone.DELIVERED),
            scan(9, Milestone.OUT_FOR_DELIVERY),
            scan(12, Milestone.DELIVERY_FAILED),
        ),
        at=hours(13),
    )

    assert state.milestone is Milestone.DELIVERED
    assert state.disputed_at == hours(12)
    assert [one.clash for one in state.contradictions] == [Clash.MOVING_AFTER_END]


def test_a_label_announced_late_does_not_pull_the_parcel_back() -> None:
    state = heard(reading(scan(1), scan(2, Milestone.INFO_RECEIVED)), at=hours(3))

    assert state.milestone is Milestone.IN_TRANSIT


def test_an_unchanged_answer_brings_no_news() -> None:
    before = heard(reading(scan(1)), at=hours(2))
    same = absorb(before, reading(scan(1)), at=hours(8))

    assert not brings_news(before, same)
    assert same.fresh == {"seventeentrack": hours(8)}
    assert brings_news(before, absorb(before, reading(scan(1), scan(3)), at=hours(8)))


def test_what_an_earlier_parcel_of_the_same_number_did_can_be_left_out() -> None:
    state = heard(reading(scan(-2000, Milestone.DELIVERED), scan(5)), at=hours(6))

    assert since(state, hours(0)).milestone is Milestone.IN_TRANSIT


def test_an_entry_that_changed_its_meaning_unsays_no_ending() -> None:
    gone = replace(scan(5, Milestone.DESTROYED), provider_id="1")
    renamed = replace(scan(5, Milestone.IN_TRANSIT), provider_id="1")

    state = absorb(heard(reading(gone), at=hours(6)), reading(renamed), at=hours(7))

    assert state.milestone is Milestone.DESTROYED
    assert len(state.scans) == 2
