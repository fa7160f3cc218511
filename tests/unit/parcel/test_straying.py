"""A parcel that is scanned where it has no business has strayed, whether its carrier says so."""

import pytest

from amends.domain.parcel.anomaly import find_anomalies
from amends.domain.parcel.merging import heard
from amends.domain.parcel.reading import Scan
from amends.domain.parcel.state import Lane
from amends.domain.parcel.vocabulary import Direction, Milestone, Step
from tests.support.readings import hours, reading, scan

HOME, ABROAD = Lane(origin="CN", destination="CN"), Lane(origin="CN", destination="DE")


def strays(lane: Lane, *told: Scan, direction: Direction = Direction.FORWARD) -> bool:
    state = heard(reading(*told, direction=direction), at=hours(9))
    found = find_anomalies(state, lane=lane, now=hours(9))
    return "missort" in {one.kind for one in found}


@pytest.mark.requirement("001-1", "004-7")
def test_a_domestic_parcel_abroad_has_strayed() -> None:
    assert strays(HOME, scan(0, country="CN"), scan(5, country="JP"))
    assert not strays(HOME, scan(0, country="CN"), scan(5))
    assert not strays(Lane(origin="US", destination="US"), scan(5, country="PR"))


@pytest.mark.requirement("001-1", "004-7")
@pytest.mark.parametrize(
    "arrival",
    [
        scan(5, step=Step.ARRIVED_DEST_COUNTRY, country="FR"),
        scan(5, step=Step.DELIVERY_DEPOT, country="FR"),
        scan(5, Milestone.OUT_FOR_DELIVERY, country="FR"),
        scan(5, Milestone.AVAILABLE_FOR_PICKUP, country="FR"),
    ],
)
def test_an_arrival_where_nobody_waits_for_it_is_a_missort(arrival: Scan) -> None:
    assert strays(ABROAD, scan(0, country="CN"), arrival)
    assert not strays(Lane(origin="CN"), scan(0, country="CN"), arrival)


def test_a_third_country_on_the_way_is_no_missort_nor_what_has_been_put_right() -> None:
    passing = scan(5, step=Step.PROCESSED, country="NL")
    wrong = scan(5, step=Step.ARRIVED_DEST_COUNTRY, country="FR")

    assert not strays(ABROAD, scan(0, country="CN"), passing)
    assert not strays(ABROAD, wrong, scan(7, step=Step.ARRIVED, country="DE"))
    assert not strays(HOME, scan(5, country="JP"), direction=Direction.RETURN)


def test_the_evidence_names_the_country() -> None:
    state = heard(reading(scan(0, country="CN"), scan(5, country="JP")), at=hours(9))
    (found,) = find_anomalies(state, lane=HOME, now=hours(9))

    assert "in JP" in found.evidence
