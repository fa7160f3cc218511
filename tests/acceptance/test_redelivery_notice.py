"""The right recipient is told: an apology, and when the parcel will come."""

import pytest

from amends.domain.case.events import Redelivering
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, World


@pytest.mark.requirement("004-42")
def test_whose_parcel_went_elsewhere_is_told_when_it_comes_with_an_apology() -> None:
    world = World()
    case = world.open({**ERIKA, "language": "en"})
    world.told(case)
    before = len(world.messenger.sent)

    world.told(world.happen(case, sample(Redelivering)))
    world.told(world.cases.load(case.id))

    told = [one["text"] for one in world.messenger.sent[before:]]
    (text,) = [one for one in told if "2026" in one and "26" in one]
    assert "sorry" in text.casefold() or "抱歉" in text or "歉" in text
    assert world.codes().count("redelivery_notice") == 1
