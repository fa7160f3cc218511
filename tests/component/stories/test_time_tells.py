"""Nobody can say where it is: told to the deployed functions, on the template's tables."""

import pytest

from amends.domain.case.state.recovery import ClawBack
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Stage, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.story import NUMBER, Story

AGENT, ADJUSTER, INVESTIGATOR = "agent:di", "adjuster:cy", "investigator:bo"
SEARCHED = {"searched_where": "operator"}


@pytest.mark.requirement("002-2", "000-19", "000-6")
def test_untraceable_was_a_typing_error(story: Story) -> None:
    story.tell(Kind.UNTRACEABLE, SEARCHED, shipment={"tracking_number": "RR123456775CN"})
    story.wait(hours=0.1)
    case = story.case()
    assert case.number_valid is False
    assert "shipment.tracking_number" in case.asked_for

    story.scripted(("HAMBURG", Step.ARRIVED, 30))
    story.claimant("POST", "/information", {"shipment": {"tracking_number": NUMBER}})
    story.says(Milestone.DELIVERED)

    assert story.case().number_valid is True
    assert story.case().outcome is Outcome.FOUND


@pytest.mark.requirement("000-3")
def test_untraceable_was_only_too_early(story: Story) -> None:
    story.tell(Kind.UNTRACEABLE, SEARCHED)
    story.wait(days=1)
    assert story.case().stage is Stage.TRACING

    story.says(Milestone.IN_TRANSIT, node="SHANGHAI")
    assert story.case().report.kind is Kind.DELAYED

    story.says(Milestone.DELIVERED)
    assert story.case().outcome is Outcome.FOUND


@pytest.mark.requirement("000-5", "001-2")
def test_untraceable_was_truly_lost(story: Story) -> None:
    story.tell(Kind.UNTRACEABLE, SEARCHED)
    story.wait(days=15)
    case = story.case()
    assert (case.report.kind, case.stage) == (Kind.LOST, Stage.INVESTIGATING)

    case = story.wait(days=200)

    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.LOST
    assert "OfferMade" in story.events()


@pytest.mark.requirement("000-3")
def test_delayed_turns_into_a_loss_when_its_day_is_long_past(story: Story) -> None:
    story.scripted(("SHANGHAI", Step.ARRIVED, 60))
    story.tell(Kind.DELAYED, {"impact": "moderate"})
    story.wait(days=20)
    assert story.case().report.kind is Kind.DELAYED

    story.wait(days=25)

    assert story.case().report.kind is Kind.LOST


@pytest.mark.requirement("000-5", "002-15")
def test_found_after_payment_somebody_chooses_between_money_and_parcel(story: Story) -> None:
    story.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    story.wait(hours=0.1)
    finding = {"finding": "lost", "ground": "searched", "rule": "4.2", "evidence": ["the chain"]}
    story.staff(INVESTIGATOR, "conclusion", finding)
    offer = story.case().open_offer
    assert offer is not None
    method = {"rail": "alipay", "account": "2088123456789012"}
    story.claimant("POST", f"/offers/{offer.id}/accept", {"payout_method": method})
    story.wait(hours=1)
    assert story.case().is_paid

    story.staff(AGENT, "found", {"place": "Hamburg", "is_sound": True})
    assert story.case().status is Status.SETTLED
    story.staff(ADJUSTER, "claw-back", {"choice": ClawBack.KEEP_MONEY})

    assert story.case().recovering.claw_back is ClawBack.KEEP_MONEY
    assert not story.wait(days=30).is_open
