"""The promised day: when it ends, and what the carrier now expects instead."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from amends.catalog.channels import ups, usps
from amends.domain.parcel.anomaly import find_anomalies, next_alarm_at
from amends.domain.parcel.lateness import promised_until
from amends.domain.parcel.merging import absorb, empty
from amends.domain.parcel.state import Lane, ParcelState
from amends.domain.parcel.vocabulary import Milestone
from tests.support.readings import NUMBER, hours, reading, scan

PROMISED = date(2026, 11, 5)
TO_GERMANY = Lane(origin="CN", destination="DE")
END = datetime(2026, 11, 5, 23, 0, tzinfo=UTC)
"""Midnight in Germany."""


def told(estimated: datetime | None, milestone: Milestone = Milestone.IN_TRANSIT) -> ParcelState:
    said = reading(scan(1, milestone), estimated_delivery_at=estimated)
    return absorb(empty(NUMBER), said, at=hours(2))


def lateness(state: ParcelState, now: datetime, lane: Lane = TO_GERMANY) -> list[str]:
    found = find_anomalies(state, lane=lane, now=now, expected_on=PROMISED)
    return [one.kind for one in found if "late" in one.kind]


@pytest.mark.parametrize(
    ("country", "until"),
    [
        ("DE", "2026-11-05T23:00:00+00:00"),
        ("CN", "2026-11-05T16:00:00+00:00"),
        ("US", "2026-11-06T12:00:00+00:00"),
        (None, "2026-11-06T12:00:00+00:00"),
    ],
)
def test_a_day_ends_where_the_addressee_is_or_where_it_ends_last(
    country: str | None, until: str
) -> None:
    assert promised_until(PROMISED, country).isoformat() == until


@pytest.mark.requirement("000-12")
def test_an_estimate_after_the_promised_day_will_be_late_and_says_both_days() -> None:
    state = told(END + timedelta(hours=10))
    (found,) = (
        one
        for one in find_anomalies(state, lane=TO_GERMANY, now=hours(3), expected_on=PROMISED)
        if one.kind == "will_be_late"
    )

    assert (found.promised_on, found.estimated_at) == (PROMISED, END + timedelta(hours=10))
    assert found.evidence == ("promised for 2026-11-05", "now estimated for 2026-11-06T09:00Z")


def test_an_estimate_on_the_promised_day_is_in_time_and_no_promise_is_never_late() -> None:
    assert lateness(told(END - timedelta(minutes=1)), hours(3)) == []
    assert find_anomalies(told(END + timedelta(days=3)), lane=TO_GERMANY, now=hours(3)) == []


@pytest.mark.parametrize("estimated", [None, END - timedelta(hours=3), END + timedelta(days=2)])
def test_once_the_day_is_over_it_is_late_whatever_is_estimated(estimated: datetime | None) -> None:
    assert lateness(told(estimated), END) == ["late"]
    assert "late" not in lateness(told(estimated), END - timedelta(seconds=1))


@pytest.mark.parametrize("milestone", [Milestone.DELIVERED, Milestone.RETURNED])
def test_what_has_ended_is_late_no_more(milestone: Milestone) -> None:
    assert lateness(told(END + timedelta(days=2), milestone), END + timedelta(days=1)) == []


def test_the_end_of_the_promised_day_is_an_alarm_that_draws_a_poll() -> None:
    alarm = next_alarm_at(
        told(None, Milestone.AVAILABLE_FOR_PICKUP),
        lane=TO_GERMANY,
        now=END - timedelta(hours=1),
        expected_on=PROMISED,
    )

    assert alarm == END


def test_an_estimated_day_without_a_time_means_all_of_it() -> None:
    by_usps = {"trackingNumber": "1", "destinationState": "NY", "trackingEvents": []}
    by_ups = {"activity": [], "deliveryDate": [{"type": "SDD", "date": "20261105"}]}
    shipments = {"trackResponse": {"shipment": [{"package": [by_ups]}]}}

    (usps_says,) = usps.read(json.dumps({**by_usps, "expectedDeliveryDate": "2026-11-05"}).encode())
    (ups_says,) = ups.read(json.dumps(shipments).encode(), number="1")

    assert str(usps_says.estimated_delivery_at) == "2026-11-06 04:59:59+00:00"
    assert str(ups_says.estimated_delivery_at) == "2026-11-05 23:59:59+00:00"
