"""Verdicts: what several kinds of incident conclude in the same way."""

from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, KindChanged
from amends.domain.case.incident import Verdict, WaitUntil
from amends.domain.case.vocabulary import Finding, Kind
from amends.domain.parcel.vocabulary import Milestone

LOOK_AGAIN_AFTER = timedelta(days=1)
_WORDS = {
    Milestone.LOST: (Finding.LOST, "the carrier says that the parcel is lost"),
    Milestone.DESTROYED: (Finding.DESTROYED, "the carrier says that the parcel was destroyed"),
    Milestone.RETURNED: (Finding.RETURNED, "the parcel came back to its sender"),
}


def told_by_carrier(case: Case) -> Concluded | None:
    """What a channel says outright: lost, destroyed, returned, or delivered since the report."""
    reading = case.reading
    if reading is None:
        return None
    source = ", ".join(reading.channels)
    if reading.milestone in _WORDS:
        finding, ground = _WORDS[reading.milestone]
        return Concluded(finding=finding, ground=ground, rule="carrier.statement", source=source)
    if reading.milestone is Milestone.DELIVERED and moved_since_report(case):
        return Concluded(
            finding=Finding.DELIVERED,
            ground="the parcel was delivered after the report",
            rule="carrier.statement",
            source=source,
        )
    return None


def moved_since_report(case: Case) -> bool:
    """Whether the last movement is later than the report."""
    moved = case.reading.last_movement_at if case.reading else None
    return moved is not None and moved >= case.opened_at


def becomes_lost(case: Case, because: str) -> KindChanged:
    """It turns out to be lost; the dates of a lost parcel count from here."""
    return KindChanged(before=case.report.kind, after=Kind.LOST, because=because)


def lost_if_said(case: Case) -> KindChanged | None:
    """A carrier's word that it is lost makes any other kind a lost parcel."""
    reading = case.reading
    if reading is not None and reading.milestone in (Milestone.LOST, Milestone.DESTROYED):
        return becomes_lost(case, f"the carrier says: {reading.milestone}")
    return None


def look_again(at: datetime, *ends: datetime) -> Verdict:
    """Tomorrow, or at the earliest of the ends that still lie ahead."""
    ahead = [end for end in ends if end > at]
    return WaitUntil(at=min([*ahead, at + LOOK_AGAIN_AFTER]))


def crosses_borders(case: Case) -> bool:
    """Whether the ends lie in different countries; unknown ends count as such."""
    shipment = case.report.shipment
    ends = (shipment.origin_country, shipment.destination_country)
    return None in ends or ends[0] != ends[1]
