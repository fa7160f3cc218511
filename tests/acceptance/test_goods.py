"""Damaged and incomplete parcels: kept, photographed, inspected, weighed."""

import pytest

from amends.catalog.incidents.damaged import PHOTO_ROLES
from amends.domain.case.vocabulary import Finding, Kind, Outcome
from tests.support.investigation_world import World

INVESTIGATOR, ADJUSTER = "investigator:bo", "adjuster:cy"
DAMAGE = {
    "noticed_when": "after_opening",
    "damage": "the spout is broken off",
    "item_class": "glass",
    "packing_kept": True,
}
MISSING = {"missing_items": "one of two cups", "seal": "broken"}
GOOD = {"outer_box": True, "filling": True, "inner_wrap": True}


def damaged() -> World:
    world = World()
    world.tell(Kind.DAMAGED, DAMAGE)
    world.wait(hours=0.1)
    return world


def inspect(world: World, lost_share: str, **packing: bool) -> None:
    booked = {"at": "2026-03-04T02:00:00Z", "place": "station Hamburg"}
    world.staff(ADJUSTER, "inspections", booked)
    look = world.case().goods.inspection
    assert look is not None
    answers = {"damage": "the spout", "lost_share": lost_share, **packing}
    world.staff(ADJUSTER, f"inspections/{look.id}", {"answers": answers})


@pytest.mark.requirement("004-51")
def test_a_repair_and_what_is_left_are_reckoned_with() -> None:
    world = damaged()
    world.staff(ADJUSTER, "repair", {"amount": {"amount": "45.00", "currency": "CNY"}})
    world.staff(ADJUSTER, "salvage", {"amount": {"amount": "12.00", "currency": "CNY"}})

    inspect(world, "0.6", **GOOD)

    case = world.case()
    assert case.assessed is not None
    assert '"repair_cost": {"amount": "45.00"' in case.assessed.facts
    assert '"salvage": {"amount": "12.00"' in case.assessed.facts


@pytest.mark.requirement("004-51", "000-17")
def test_photos_of_every_role_show_the_damage_where_nobody_inspects() -> None:
    world = damaged()
    roles = [code for code, _, _ in PHOTO_ROLES]
    world.upload(*roles[:-1])
    assert world.wait(days=8).conclusion is None

    world.upload(roles[-1])

    case = world.wait(days=1)
    assert case.conclusion is not None
    assert (case.conclusion.finding, case.conclusion.rule) == (Finding.DAMAGED, "photos")


def test_weights_that_agree_under_a_whole_seal_show_nothing_missing() -> None:
    world = World()
    world.tell(Kind.CONTENTS_MISSING, {**MISSING, "seal": "intact"})
    world.wait(hours=0.1)

    world.staff(ADJUSTER, "weights", {"accepted_grams": 480, "delivered_grams": 470})

    assert world.case().outcome is Outcome.FOUND
