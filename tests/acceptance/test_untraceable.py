"""Nobody can say where it is: a typing error, too early, late, or truly lost."""

from datetime import timedelta

import pytest

from amends.domain.case.events import KindChanged
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Stage, Status
from amends.domain.parcel.vocabulary import Milestone
from tests.support.investigation_world import World

MISTYPED = {"tracking_number": "RR123456775CN"}


def untraceable(**shipment: object) -> World:
    world = World()
    world.tell(Kind.UNTRACEABLE, {"searched_where": "operator"}, shipment=shipment)
    return world


@pytest.mark.requirement("002-2", "000-19", "000-6")
def test_it_was_a_typing_error() -> None:
    world = untraceable(**MISTYPED)
    world.read(Milestone.NOT_FOUND, found=False, scans=0, last_movement_at=None)
    case = world.case()
    assert case.number_valid is False
    assert case.status is Status.NEEDS_INFORMATION
    assert "shipment.tracking_number" in case.asked_for

    right = {"shipment": {"tracking_number": "RR123456785CN"}}
    world.claimant("POST", "/information", right)
    world.wait(hours=0.1)
    assert world.case().number_valid is True
    assert "RR123456785CN" in world.watched
    assert world.case().reading is None
    world.read(Milestone.DELIVERED, last_movement_at=world.now - timedelta(days=2))

    assert world.case().outcome is Outcome.FOUND


@pytest.mark.requirement("000-3")
def test_it_was_only_too_early() -> None:
    world = untraceable()
    world.read(Milestone.NOT_FOUND, found=False, scans=0, last_movement_at=None)
    world.wait(days=2)
    assert world.case().stage is Stage.TRACING

    world.read(Milestone.IN_TRANSIT, scans=2)

    assert world.case().report.kind is Kind.DELAYED
    world.wait(days=1)
    world.read(Milestone.DELIVERED, scans=5)
    assert world.case().outcome is Outcome.FOUND


@pytest.mark.requirement("000-5", "001-2")
def test_it_is_truly_lost() -> None:
    world = untraceable()
    world.read(Milestone.NOT_FOUND, found=False, scans=0, last_movement_at=None)

    world.wait(days=15)
    case = world.case()
    assert (case.report.kind, case.id) == (Kind.LOST, world.id)
    assert case.stage is Stage.INVESTIGATING
    changed = [e for e in world.cases.history(world.id) if type(e.event).__name__ == "KindChanged"]
    assert isinstance(changed[0].event, KindChanged)
    assert "14 days" in changed[0].event.because

    world.wait(days=200)
    case = world.case()
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.LOST
    assert "OfferMade" in world.events()


@pytest.mark.requirement("000-3")
def test_a_delay_turns_into_a_loss_when_its_day_is_long_past() -> None:
    world = World()
    world.tell(Kind.DELAYED, {"impact": "moderate"})
    world.read(Milestone.IN_TRANSIT)
    world.wait(days=20)
    assert world.case().report.kind is Kind.DELAYED

    world.wait(days=25)

    assert world.case().report.kind is Kind.LOST


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
