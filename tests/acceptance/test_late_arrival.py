"""A parcel that arrives: late after the day that was promised, in time before it."""

import pytest

from amends.domain.case.vocabulary import Finding, Kind
from amends.domain.parcel.vocabulary import Milestone
from tests.support.investigation_world import World


@pytest.mark.requirement("000-3")
def test_a_parcel_that_arrives_after_its_day_is_late_and_one_before_it_is_not() -> None:
    outcomes = {}
    for day in (4, 9):
        world = World()
        world.tell(Kind.DELAYED)
        world.now = world.now.replace(day=day)
        case = world.read(Milestone.DELIVERED)
        assert case.conclusion is not None
        outcomes[day] = case.conclusion.finding

    assert outcomes == {4: Finding.DELIVERED, 9: Finding.DELAYED}
