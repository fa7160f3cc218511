"""What papers and records decide: customs, theft, a signature; told to the deployed functions."""

import pytest

from amends.domain.case.state.investigation import Match, TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Outcome, Party, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.domain.people.likeness import FIELDS as PEOPLE
from tests.support.intake_world import PDF
from tests.support.investigation_reports import SHIPMENT
from tests.support.story import NUMBER, Story
from tests.support.token_house import merchant_token

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


@pytest.mark.requirement("002-2", "004-2")
def test_sender_and_addressee_are_held_against_what_the_seller_registered_and_nobody_knows(
    story: Story,
) -> None:
    home = {"country": "DE", "postal_code": "20095", "city": "Hamburg", "lines": ["Elbchaussee 2"]}
    wrong = {**home, "lines": ["Elbchaussee 20"]}
    parcel = {
        "tracking_number": NUMBER,
        "carrier": "china_post",
        "shipped_on": SHIPMENT["shipped_on"],
        "sender": {"name": "李 雷", "phone": "0571-88001234"},
        "addressee": {"name": "Erika Muster", "phone": "+49 40 999999", "address": home},
    }
    story.scripted(("Hangzhou", Step.ARRIVED, 20))  # not silent yet, so nobody discovers it
    shop = merchant_token("shop-a", at=story.now)
    status, watched = story.call("POST", "/v1/shipments", parcel, bearer=shop)
    assert (status, "addressee" in watched) == (201, False)

    told = {"name": "ERIKA MUSTER", "phone": "+49 40 123456", "address": wrong}
    story.tell(Kind.LOST, {"noticed_how": "not_arrived"}, addressee=told)
    story.wait(hours=0.1)

    found = {check.field: check.result for check in story.case().investigation.checks}
    assert {name: found[name] for name in PEOPLE} == {
        "sender.name": Match.MATCH,
        "sender.phone": Match.MATCH,
        "sender.address": Match.UNKNOWN,
        "addressee.name": Match.MATCH,
        "addressee.phone": Match.MISMATCH,
        "addressee.address": Match.MISMATCH,
    }
    assert story.case().asked_for == ()  # whoever knows a number could try names on us
    for table in ("ShipmentsTable", "EventsTable"):
        kept = str(story.cloud.rows(table))
        assert not [word for word in ("李", "88001234", "999999", "Elbchaussee") if word in kept]
