"""Damaged and incomplete parcels: kept, photographed, inspected, weighed."""

import pytest

from amends.catalog.incidents.damaged import PHOTO_ROLES
from amends.domain.case.state.goods import Packaging
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Party, Status
from tests.support.investigation_world import World

INVESTIGATOR, ADJUSTER = "investigator:bo", "adjuster:cy"
DAMAGE = {
    "noticed_when": "after_opening",
    "damage": "the spout is broken off",
    "item_class": "glass",
    "packing_kept": True,
}
MISSING = {"missing_items": "one of two cups", "seal": "broken"}
TWO_CUPS = [
    {"name": "cup", "unit_value": {"amount": "200.00", "currency": "CNY"}},
    {"name": "saucer", "unit_value": {"amount": "60.00", "currency": "CNY"}},
]
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


@pytest.mark.requirement("004-51", "001-21", "004-5")
def test_damaged_with_good_packing_is_paid_for() -> None:
    world = damaged()
    case = world.case()
    assert case.goods.keep_until is not None
    assert case.goods.keep_until > world.now

    inspect(world, "0.6", **GOOD)

    case = world.case()
    assert case.goods.inspection is not None
    assert case.goods.inspection.packaging is Packaging.ADEQUATE
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.DAMAGED
    assert [part.party for part in case.liability] == [Party.OTHER_CARRIER]
    assert case.status is Status.OFFERED
    assert case.assessed is not None
    assert '"actual_loss": {"amount": "156.00"' in case.assessed.facts


@pytest.mark.requirement("004-51", "001-21")
def test_damaged_with_poor_packing_is_the_senders_own() -> None:
    world = damaged()

    inspect(world, "0.6", outer_box=True, filling=False, inner_wrap=False)

    case = world.case()
    assert case.goods.inspection is not None
    assert case.goods.inspection.packaging is Packaging.POOR
    assert case.goods.inspection.lacking == ("filling", "inner_wrap")
    assert [part.party for part in case.liability] == [Party.SENDER]
    assert case.outcome is Outcome.DECLINED


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


@pytest.mark.requirement("004-51", "002-20")
def test_contents_are_missing_by_weight() -> None:
    world = World()
    world.tell(Kind.CONTENTS_MISSING, MISSING, items=TWO_CUPS)
    world.wait(hours=0.1)
    loss = {"lines": ["saucer"], "amount": {"amount": "60.00", "currency": "CNY"}}
    world.staff(ADJUSTER, "part-loss", loss)
    world.staff(
        ADJUSTER,
        "weights",
        {"accepted_grams": 480, "delivered_grams": 310, "seal_intact": False},
    )

    case = world.case()
    assert case.conclusion is not None
    assert (case.conclusion.finding, case.conclusion.rule) == (
        Finding.CONTENTS_MISSING,
        "weights",
    )
    assert case.assessed is not None
    assert '"extent": "partial"' in case.assessed.facts
    assert '"actual_loss": {"amount": "60.00"' in case.assessed.facts
    assert '"weight_short_grams": 170' in case.assessed.facts


def test_weights_that_agree_under_a_whole_seal_show_nothing_missing() -> None:
    world = World()
    world.tell(Kind.CONTENTS_MISSING, {**MISSING, "seal": "intact"})
    world.wait(hours=0.1)

    world.staff(ADJUSTER, "weights", {"accepted_grams": 480, "delivered_grams": 470})

    assert world.case().outcome is Outcome.FOUND
