"""A parcel is lost: told to the deployed functions, on the template's tables."""

import pytest

from amends.domain.case.state.custody import GapKind
from amends.domain.case.state.investigation import Inquiry, TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Party, Stage, Status
from amends.domain.parcel.vocabulary import Step
from tests.support.story import Story

SUPERVISOR, INVESTIGATOR = "supervisor:anna", "investigator:bo"
LEFT_AT_STATION = (
    ("Hangzhou", Step.ARRIVED, 230),
    ("Hangzhou", Step.DEPARTED, 220),
    ("Shanghai", Step.ARRIVED, 210),
    ("Shanghai", Step.DEPARTED, 200),
    ("Hamburg", Step.ARRIVED, 100),
)
LEFT_ON_THE_ROAD = LEFT_AT_STATION[:4]


def lost(story: Story, *stops: tuple[str, Step, float]) -> None:
    story.scripted(*stops)
    story.tell(Kind.LOST, {"noticed_how": "not_arrived"})


def conclude_and_share(story: Story, party: Party, rule: str, ground: str) -> None:
    finding = {"finding": "lost", "ground": ground, "rule": "searched", "evidence": ["the chain"]}
    story.staff(INVESTIGATOR, "conclusion", finding)
    share = {"party": party, "share": "1", "ground": ground, "rule": rule, "name": "Hamburg"}
    story.staff(INVESTIGATOR, "liability", {"shares": [share], "evidence": ["the chain"]})


@pytest.mark.requirement(
    *("000-2", "000-5", "000-6", "000-8", "002-4", "002-5", "002-6", "002-7", "002-9", "002-22"),
    *("004-7", "004-8", "004-9", "004-10", "004-11", "004-12", "004-13", "004-17", "004-18"),
)
def test_at_a_station_by_negligence(story: Story) -> None:
    lost(story, *LEFT_AT_STATION)
    found = story.case().investigation
    assert story.case().stage is Stage.INVESTIGATING
    assert [(gap.kind, gap.node) for gap in found.gaps] == [(GapKind.NO_STOCK_OUT, "Hamburg")]
    assert [(stay.node, stay.hours > 68) for stay in found.stays] == [("Hamburg", True)]
    assert {(task.role, task.node) for task in found.open_tasks} == {
        (TaskRole.STATION, "Hangzhou"),
        (TaskRole.STATION, "Hamburg"),
        (TaskRole.HUB, "Shanghai"),
        (TaskRole.WAREHOUSE, "Hamburg"),
        (TaskRole.STAFF_STATEMENT, "Hamburg"),
        (TaskRole.DELIVERY, None),
        (TaskRole.CUSTOMS, None),
    }

    answers: dict[str, object] = {"loading_normal": False, "parcel_seen": True}
    answers |= {"camera_anomaly": True, "camera": "dock 4", "document": "BAG-7"}
    answers |= {"stock_in_at": "2026-02-25T22:00:00Z", "rule_broken": "the cage was left open"}
    story.answer(INVESTIGATOR, story.task(TaskRole.STATION, "Hamburg"), **answers)
    warehouse = story.task(TaskRole.WAREHOUSE, "Hamburg")
    story.answer(INVESTIGATOR, warehouse, searched=True, found=False, stock_agrees=False)
    statement = story.task(TaskRole.STAFF_STATEMENT, "Hamburg")
    story.answer(SUPERVISOR, statement, statement="I left at noon.", present=False)
    (part,) = story.case().investigation.statements
    part = part.partition("#")[2]
    assert story.reads(SUPERVISOR, f"statements/{part}")
    window = {"from_at": "2026-02-25T22:00:00Z", "to_at": "2026-02-26T02:00:00Z"}
    story.staff(INVESTIGATOR, "cctv", {"node": "Hamburg", "camera": "dock 4", **window})
    (clip,) = story.case().investigation.cctv
    story.staff(INVESTIGATOR, f"cctv/{clip.id}/hold")
    story.staff(INVESTIGATOR, f"cctv/{clip.id}/clip", {"sha256": "c" * 64})
    seen = {"shows_anomaly": True, "seen": "the bag lies beside the belt"}
    story.staff(INVESTIGATOR, f"cctv/{clip.id}/viewings", seen)
    (clip,) = story.case().investigation.cctv
    assert (clip.is_held, [viewing.by for viewing in clip.viewings]) == (True, ["staff:bo"])
    conclude_and_share(story, Party.OUR_STATION, "rules of safekeeping 4.2", "the cage stood open")
    story.staff(INVESTIGATOR, "cause", {"cause": "negligence", "because": "the cage stood open"})
    story.staff(SUPERVISOR, "referrals", {"matter": "left the cage open", "outcome": "a warning"})

    case = story.case()
    assert case.conclusion is not None
    assert case.conclusion.evidence == ("the chain",)
    assert [(part.party, part.share) for part in case.liability] == [(Party.OUR_STATION, "1")]
    assert (case.answering.cause, case.status) == (Cause.NEGLIGENCE, Status.OFFERED)
    kept = str(story.cloud.rows("EventsTable"))
    assert "I left at noon." not in kept
    assert "left the cage open" not in kept


@pytest.mark.requirement("004-14", "004-15", "004-16", "004-19", "004-20", "000-2")
def test_in_an_accident_that_no_force_majeure_excuses(story: Story) -> None:
    lost(story, *LEFT_ON_THE_ROAD)
    assert [gap.kind for gap in story.case().investigation.gaps] == [GapKind.NO_ARRIVAL]
    told: dict[str, object] = {"handed_over_complete": True, "breakdown": False, "accident": True}
    told |= {"accident_at": "2026-02-22T03:00:00Z", "police_reference": "SH-0222-17"}
    story.answer(INVESTIGATOR, story.task(TaskRole.DRIVER, "Shanghai"), **told)
    seen = dict.fromkeys(("locks", "gps", "extinguisher"), True)
    escort = story.task(TaskRole.ESCORT, "Shanghai")
    story.answer(INVESTIGATOR, escort, seal_kept=False, left_vehicle=True)
    vehicle = story.task(TaskRole.VEHICLE, "Shanghai")
    story.answer(INVESTIGATOR, vehicle, **seen, alarm=False, load_secured=False)
    (accident,) = story.case().investigation.accidents
    assert accident.reference == "SH-0222-17"
    test = {"event": "traffic accident", "proof": ["police SH-0222-17"]}
    story.staff(INVESTIGATOR, "force-majeure", {**test, "causal_link": "the truck burnt"})
    share = {"party": "force_majeure", "share": "1", "ground": "accident", "rule": "art. 180"}
    refused = story.refused(
        INVESTIGATOR, "liability", {"shares": [share], "evidence": ["police SH-0222-17"]}
    )
    assert "force majeure" in str(refused["errors"])

    conclude_and_share(story, Party.SUBCONTRACTOR, "contract of carriage 9", "the truck burnt out")

    (plan,) = story.case().answering.recoveries
    assert (plan.party, plan.share) == ("Hamburg", "1")
    assert story.case().status is Status.OFFERED


@pytest.mark.requirement("004-19")
def test_in_a_flood_that_is_force_majeure(story: Story) -> None:
    lost(story, *LEFT_ON_THE_ROAD)
    flood = {"event": "flood", "proof": ["gauge 7"], "causal_link": "the road was cut"}
    for missing in flood:
        told = {name: value for name, value in flood.items() if name != missing}
        assert story.refused(INVESTIGATOR, "force-majeure", told)["status"] == 422
    story.staff(INVESTIGATOR, "force-majeure", flood)

    conclude_and_share(story, Party.FORCE_MAJEURE, "Civil Code art. 180", "the flood took the van")

    case = story.case()
    assert [part.party for part in case.liability] == [Party.FORCE_MAJEURE]
    assert not case.answering.recoveries
    assert case.assessed is not None
    assert case.assessed.denied is None or case.assessed.total.is_zero


def asked(story: Story, carrier: str) -> Inquiry:
    """What staff sent; the case asks its own carrier by itself beside it."""
    return next(one for one in story.case().investigation.inquiries if one.to == carrier)


@pytest.mark.requirement("001-5", "001-6", "002-10")
def test_abroad_with_an_inquiry_that_nobody_answers_until_the_date(story: Story) -> None:
    lost(story, *LEFT_ON_THE_ROAD)
    story.staff(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})
    inquiry = asked(story, "deutsche_post")
    assert {fact.code for fact in inquiry.form} >= {"tracking_number", "posted_on", "contents"}
    assert story.case().conclusion is None

    due = story.case().waits[f"inquiry:{inquiry.id}"]
    story.wait(days=(due - story.now).total_seconds() / 86_400)
    case = story.wait(days=160)

    inquiry = asked(story, "deutsche_post")
    assert inquiry.state == "expired"
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.LOST
    assert case.conclusion.presumed_from is not None
    assert "OfferMade" in story.events()
