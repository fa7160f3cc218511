"""What scans and a provider's own status say together."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.parcel.derive import UNDATED, derive
from amends.domain.parcel.reading import Reading, Scan
from amends.domain.parcel.taxonomy import Meaning
from amends.domain.parcel.vocabulary import Direction, Milestone, OffsetSource, Reason

START = datetime(2026, 11, 1, tzinfo=UTC)
M = Milestone


def scan(milestone: Milestone, *, at: datetime, reason: Reason | None = None) -> Scan:
    return Scan(
        at=at,
        at_raw=at.isoformat(),
        offset_source=OffsetSource.EXPLICIT,
        milestone=milestone,
        reason=reason,
        channel="test",
    )


def told(*milestones: Milestone, current: Milestone | None = None, back: bool = False) -> Reading:
    scans = [scan(m, at=START + timedelta(hours=hour)) for hour, m in enumerate(milestones)]
    return derive(
        number="1",
        channel="test",
        carrier=None,
        scans=scans[::-1],
        current=Meaning(milestone=current) if current else None,
        is_return=back,
    )


@pytest.mark.parametrize(
    ("milestones", "current", "expected"),
    [
        ((M.ACCEPTED, M.IN_TRANSIT, M.CUSTOMS), M.IN_TRANSIT, M.CUSTOMS),
        ((M.OUT_FOR_DELIVERY,), M.DELIVERED, M.DELIVERED),
        ((M.OUT_FOR_DELIVERY, M.DELIVERED), M.OUT_FOR_DELIVERY, M.DELIVERED),
        ((M.DELIVERED, M.NO_CHANGE), None, M.DELIVERED),
        ((M.IN_TRANSIT, M.NO_CHANGE), M.NO_CHANGE, M.IN_TRANSIT),
        ((M.IN_TRANSIT, M.UNKNOWN), M.EXCEPTION, M.EXCEPTION),
        ((M.UNKNOWN,), None, M.UNKNOWN),
        ((), M.INFO_RECEIVED, M.INFO_RECEIVED),
        ((), M.NO_CHANGE, M.NOT_FOUND),
        ((), None, M.NOT_FOUND),
        ((M.LOST, M.IN_TRANSIT), None, M.IN_TRANSIT),
        ((M.DELIVERED,), M.RETURNING, M.RETURNING),
        ((M.DELIVERED, M.IN_TRANSIT), M.DELIVERED, M.DELIVERED),
        ((M.DELIVERED, M.RETURNING), M.DELIVERED, M.RETURNING),
        ((M.RETURNING,), M.DELIVERED, M.RETURNED),
        ((M.CUSTOMS,), M.EXCEPTION, M.CUSTOMS),
        ((M.EXCEPTION,), M.IN_TRANSIT, M.EXCEPTION),
    ],
)
def test_the_latest_scan_that_means_something_is_reconciled_with_the_status(
    milestones: tuple[Milestone, ...], current: Milestone | None, expected: Milestone
) -> None:
    assert told(*milestones, current=current).milestone is expected


def test_after_returning_a_delivered_scan_is_the_senders() -> None:
    reading = told(M.OUT_FOR_DELIVERY, M.RETURNING, M.IN_TRANSIT, M.DELIVERED, current=M.DELIVERED)

    assert (reading.milestone, reading.direction) == (M.RETURNED, Direction.RETURN)
    assert reading.scans[-1].milestone is M.RETURNED


def test_on_the_way_back_it_is_still_in_transit_but_in_the_other_direction() -> None:
    reading = told(M.RETURNING, M.IN_TRANSIT)

    assert (reading.milestone, reading.direction) == (M.IN_TRANSIT, Direction.RETURN)


def test_a_delivery_before_the_return_stays_a_delivery() -> None:
    assert told(M.DELIVERED, M.RETURNING).scans[0].milestone is M.DELIVERED


def test_a_providers_flag_turns_the_direction() -> None:
    assert told(M.DELIVERED, back=True).milestone is M.RETURNED


def test_scans_that_share_a_moment_keep_the_order_that_the_list_has() -> None:
    newest_first = [
        scan(M.DELIVERED, at=START + timedelta(hours=1)),
        scan(M.OUT_FOR_DELIVERY, at=START),
        scan(M.IN_TRANSIT, at=START),
    ]
    reading = derive(number="1", channel="test", carrier=None, scans=newest_first)

    assert [s.milestone for s in reading.scans] == [M.IN_TRANSIT, M.OUT_FOR_DELIVERY, M.DELIVERED]


def test_a_scan_without_a_time_stands_after_its_older_neighbour_as_a_guess() -> None:
    scans = [scan(M.DELIVERED, at=UNDATED), scan(M.IN_TRANSIT, at=START)]
    reading = derive(number="1", channel="test", carrier=None, scans=scans[::-1])

    assert [s.milestone for s in reading.scans] == [M.IN_TRANSIT, M.DELIVERED]
    assert reading.scans[1].at == START
    assert reading.scans[1].offset_source is OffsetSource.GUESSED
