"""What may not travel: told to the deployed functions, on the template's tables."""

import pytest

from amends.domain.case.vocabulary import Kind, Outcome, Stage
from tests.support.story import Story

INVESTIGATOR = "investigator:bo"


def quarantined(story: Story, category: str, contents: str) -> None:
    """Somebody reports it, and a person names what it is."""
    details = {"found_at": "sorting", "contents": contents, "leaking": False}
    story.tell(Kind.PROHIBITED_CONTENTS, details, channel="app")
    story.wait(hours=0.1)
    story.staff(INVESTIGATOR, "quarantine", {"category": category, "node": "Hangzhou"})


def notified(story: Story) -> None:
    apart = story.case().goods.quarantine
    assert apart is not None
    for authority in apart.must_notify:
        notice = {"authority": authority, "reference": f"ref of {authority}"}
        story.staff(INVESTIGATOR, "quarantine/notices", notice)
    handed = {"way": "handed_over", "receipt": "X-1"}
    untold = story.refused(INVESTIGATOR, "quarantine/disposal", handed)
    assert untold["code"] == "out_of_order"
    story.staff(INVESTIGATOR, "quarantine/sender-told")


@pytest.mark.requirement("004-52")
def test_fireworks_are_set_apart_reported_and_handed_over(story: Story) -> None:
    quarantined(story, "CN03", "烟花爆竹 fireworks")
    apart = story.case().goods.quarantine
    assert apart is not None
    assert (apart.steps, apart.must_notify) == (("STOP", "EVAC", "REP"), ("public security",))
    handed = {"way": "handed_over", "receipt": "HZ-R-11"}
    early = story.refused(INVESTIGATOR, "quarantine/disposal", handed)
    assert early["code"] == "out_of_order"
    status, _ = story.call("GET", f"/v1/staff/cases/{story.id}", bearer="agent:di")
    assert status == 404

    notified(story)
    back = story.refused(INVESTIGATOR, "quarantine/disposal", {**handed, "way": "returned"})
    assert back["code"] == "out_of_order"
    story.staff(INVESTIGATOR, "quarantine/disposal", handed)

    case = story.case()
    assert (case.stage, case.outcome) == (Stage.CLOSED, Outcome.DISPOSED)
    assert not case.offers
    assert case.assessed is None


@pytest.mark.requirement("004-52")
def test_lithium_batteries_go_back_to_whoever_may_have_them(story: Story) -> None:
    quarantined(story, "R01", "lithium battery")
    notified(story)

    story.staff(INVESTIGATOR, "quarantine/disposal", {"way": "returned", "receipt": "R-1"})

    assert story.case().outcome is Outcome.RETURNED_TO_SENDER


@pytest.mark.requirement("004-52", "001-3")
def test_a_protected_species_is_kept_for_both_authorities(story: Story) -> None:
    quarantined(story, "CN17", "象牙 ivory")
    apart = story.case().goods.quarantine
    assert apart is not None
    assert "HOLD" in apart.steps
    assert apart.must_notify == ("public security", "wildlife authority")
    notified(story)

    story.staff(INVESTIGATOR, "quarantine/disposal", {"way": "handed_over", "receipt": "W-3"})

    assert story.case().outcome is Outcome.DISPOSED
