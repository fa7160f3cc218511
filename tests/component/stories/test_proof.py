"""What papers and records decide: customs, theft, a signature; told to the deployed functions."""

import pytest

from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Party, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.intake_world import PDF
from tests.support.story import Story

INVESTIGATOR = "investigator:bo"
DHL = "JJD000390007827811111"
LEFT = (
    ("Hangzhou", Step.ARRIVED, 230),
    ("Hangzhou", Step.DEPARTED, 220),
    ("Shanghai", Step.ARRIVED, 210),
)


@pytest.mark.requirement("001-3", "000-19")
def test_customs_hold_it_for_papers_which_come_and_then_send_it_back(story: Story) -> None:
    parcel = {"tracking_number": DHL, "carrier": "dhl_paket"}
    story.scripted(*LEFT, number=DHL)
    story.tell(Kind.LOST, {"noticed_how": "not_arrived"}, shipment=parcel)
    customs = story.task(TaskRole.CUSTOMS)
    said = {"presented": True, "held": True, "reason": "documents", "reference": "HZG-7"}
    story.answer(INVESTIGATOR, customs, **said)
    case = story.case()
    assert (case.asked_for, case.status) == (("customs.papers",), Status.NEEDS_INFORMATION)
    assert story.reads(INVESTIGATOR, "investigation")["suggested_cause"] == Cause.CUSTOMS

    story.sends("commercial_invoice", PDF)
    assert story.case().asked_for == ()
    assert story.case().is_open
    story.wait(days=1)
    assert story.events().count("InformationRequested") == 1  # asked once
    case = story.says(Milestone.RETURNED, node="Hangzhou", number=DHL)

    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.RETURNED
    assert case.outcome is Outcome.RETURNED_TO_SENDER


@pytest.mark.requirement("001-2", "000-2")
def test_it_was_stolen_and_the_report_to_the_police_is_evidence_of_it(story: Story) -> None:
    story.scripted(*LEFT)
    theft = {"noticed_how": "not_arrived", "theft_suspected": True, "police_reference": "B-17"}
    story.tell(Kind.LOST, theft)
    report = story.sends("police_report", PDF)
    seen = story.reads(INVESTIGATOR, "investigation")
    assert (seen["suggested_cause"], seen["conclusion"]) == (Cause.THEFT, None)

    finding = {"finding": "lost", "ground": "taken from the cage", "rule": "4.2"}
    story.staff(INVESTIGATOR, "conclusion", {**finding, "evidence": [report]})
    share = {"party": "our_station", "share": "1", "ground": "theft", "rule": "safekeeping 4.2"}
    story.staff(INVESTIGATOR, "liability", {"shares": [share], "evidence": [report]})
    story.staff(INVESTIGATOR, "cause", {"cause": "theft", "node": "Shanghai", "because": "B-17"})

    case = story.case()
    assert case.conclusion is not None
    assert case.conclusion.evidence == (report,)
    assert [part.party for part in case.liability] == [Party.OUR_STATION]
    assert (case.answering.cause, case.status) == (Cause.THEFT, Status.OFFERED)
    suggested = story.reads(INVESTIGATOR, "investigation")["suggested_actions"]
    assert suggested == ["site_security", "camera"]


@pytest.mark.requirement("000-7", "002-8")
def test_a_delivery_that_was_signed_for_is_held_against_what_everybody_else_says(
    story: Story,
) -> None:
    story.scripted(*LEFT)
    story.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    assert story.reads(INVESTIGATOR, "investigation")["sign_off"] is None

    delivery = story.task(TaskRole.DELIVERY)
    said = {"signed_by_relation": "neighbour", "delivered_at": "2026-03-01T09:00:00Z"}
    kept = {"place": "the door opposite", "signature_kept": True, "photo_kept": False}
    story.answer(INVESTIGATOR, delivery, **said, **kept)

    found = story.reads(INVESTIGATOR, "investigation")["sign_off"]
    assert (found["signed_by"], found["at"]) == ("neighbour", "2026-03-01T09:00:00Z")
    assert (found["place"], found["has_signature"]) == ("the door opposite", True)
    assert found["doubts"] == ["signed_by_somebody_else", "channel_knows_no_delivery"]
    (record,) = [r for r in story.case().investigation.records if r.kind == "sign_off"]
    assert record.signed_by == "neighbour"
