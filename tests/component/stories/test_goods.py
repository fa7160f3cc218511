"""Damaged and incomplete parcels: told to the deployed functions, on the template's tables."""

import pytest

from amends.domain.case.state.goods import Packaging
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Party, Status
from tests.support.story import Story

ADJUSTER = "adjuster:cy"
DAMAGE = {
    "noticed_when": "after_opening",
    "damage": "the spout is broken off",
    "item_class": "glass",
    "packing_kept": True,
}
TWO_CUPS = [
    {"name": "cup", "unit_value": {"amount": "200.00", "currency": "CNY"}},
    {"name": "saucer", "unit_value": {"amount": "60.00", "currency": "CNY"}},
]


def inspected(story: Story, **packing: bool) -> None:
    """A glass that is damaged; somebody looks at it and at its packing."""
    story.tell(Kind.DAMAGED, DAMAGE)
    story.wait(hours=0.1)
    until = story.case().goods.keep_until
    assert until is not None
    assert until > story.now
    story.staff(ADJUSTER, "inspections", {"at": "2026-03-04T02:00:00Z", "place": "Hamburg"})
    look = story.case().goods.inspection
    assert look is not None
    answers = {"damage": "the spout", "lost_share": "0.6", **packing}
    story.staff(ADJUSTER, f"inspections/{look.id}", {"answers": answers})


@pytest.mark.requirement("004-51", "001-21", "004-5")
def test_damaged_with_good_packing_is_paid_for(story: Story) -> None:
    inspected(story, outer_box=True, filling=True, inner_wrap=True)

    case = story.case()
    assert case.goods.inspection is not None
    assert case.goods.inspection.packaging is Packaging.ADEQUATE
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.DAMAGED
    assert [part.party for part in case.liability] == [Party.OTHER_CARRIER]
    assert case.status is Status.OFFERED
    assert case.assessed is not None
    assert '"actual_loss": {"amount": "156.00"' in case.assessed.facts


@pytest.mark.requirement("004-51", "001-21")
def test_damaged_with_poor_packing_is_the_senders_own(story: Story) -> None:
    inspected(story, outer_box=True, filling=False, inner_wrap=False)

    case = story.case()
    assert case.goods.inspection is not None
    assert case.goods.inspection.packaging is Packaging.POOR
    assert case.goods.inspection.lacking == ("filling", "inner_wrap")
    assert [part.party for part in case.liability] == [Party.SENDER]
    assert case.outcome is Outcome.DECLINED


@pytest.mark.requirement("004-51", "002-20")
def test_contents_are_missing_by_weight(story: Story) -> None:
    details = {"missing_items": "one of two cups", "seal": "broken"}
    story.tell(Kind.CONTENTS_MISSING, details, items=TWO_CUPS)
    story.wait(hours=0.1)
    loss = {"lines": ["saucer"], "amount": {"amount": "60.00", "currency": "CNY"}}
    story.staff(ADJUSTER, "part-loss", loss)

    weights = {"accepted_grams": 480, "delivered_grams": 310, "seal_intact": False}
    story.staff(ADJUSTER, "weights", weights)

    case = story.case()
    assert case.conclusion is not None
    assert (case.conclusion.finding, case.conclusion.rule) == (Finding.CONTENTS_MISSING, "weights")
    assert case.assessed is not None
    assert '"extent": "partial"' in case.assessed.facts
    assert '"actual_loss": {"amount": "60.00"' in case.assessed.facts
    assert '"weight_short_grams": 170' in case.assessed.facts
    assert case.status is Status.OFFERED
