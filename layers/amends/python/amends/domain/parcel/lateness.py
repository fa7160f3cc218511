"""Lateness: the promised day against the clock, and against what the carrier now expects."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from amends.domain.parcel.standing import STRENGTH
from amends.domain.parcel.state import Lane, ParcelState
from amends.domain.parcel.thresholds import Anomaly, AnomalyKind
from amends.domain.parcel.times import zone_of

_LAST_PLACE = timedelta(hours=12)
"""The day ends nowhere later than twelve hours after it has ended in Greenwich."""


def promised_until(expected_on: date, country: str | None) -> datetime:
    """The end of the promised day where the addressee is, aware UTC.

    A country of several zones is taken as the last place where the day ends: nobody is told that
    a parcel is late who might still get it in time.
    """
    next_day = datetime.combine(expected_on + timedelta(days=1), time())
    name = zone_of(country)
    if name is None:
        return next_day.replace(tzinfo=UTC) + _LAST_PLACE
    try:
        return next_day.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a runtime without the tz database
        return next_day.replace(tzinfo=UTC) + _LAST_PLACE


def late(state: ParcelState, lane: Lane, expected_on: date | None) -> Iterator[Anomaly]:
    """That the promised day ends, for a parcel that has not arrived."""
    if expected_on is not None and state.milestone not in STRENGTH:
        yield _missed(AnomalyKind.LATE, state, lane, expected_on)


def foreseen(
    state: ParcelState, lane: Lane, expected_on: date | None, now: datetime
) -> Iterator[Anomaly]:
    """That the carrier itself expects to miss the promised day, which is not over yet."""
    estimated = state.estimated_delivery_at
    if expected_on is None or estimated is None or state.milestone in STRENGTH:
        return
    until = promised_until(expected_on, lane.destination)
    if now < until <= estimated:
        yield _missed(AnomalyKind.WILL_BE_LATE, state, lane, expected_on)


def _missed(kind: AnomalyKind, state: ParcelState, lane: Lane, expected_on: date) -> Anomaly:
    until, estimated = promised_until(expected_on, lane.destination), state.estimated_delivery_at
    now_said = f"now estimated for {estimated:%Y-%m-%dT%H:%MZ}" if estimated else "no estimate"
    return Anomaly(
        kind=kind,
        since=until,
        due_at=until,
        evidence=(f"promised for {expected_on}", now_said),
        source="the day that was promised to the addressee",
        promised_on=expected_on,
        estimated_at=estimated,
    )
