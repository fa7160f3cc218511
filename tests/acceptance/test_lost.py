"""A parcel is lost: where, by whom, and who answers for it."""

from datetime import timedelta

import pytest

from amends.domain.case.state.custody import GapKind
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.state.liability import Cause
from amends.domain.case.vocabulary import Finding, Kind, Party, Stage, Status
from amends.domain.parcel.vocabulary import Milestone, Step
from tests.support.investigation_world import World

SUPERVISOR, INVESTIGATOR = "supervisor:anna", "investigator:bo"
LEFT_AT_STATION = (
    ("Hangzhou", Step.ARRIVED, 230),
    ("Hangzhou", Step.DEPARTED, 220),
    ("Shanghai", Step.ARRIVED, 210),
    ("Shanghai", Step.DEPARTED, 200),
    ("Hamburg", Step.ARRIVED, 100),
)
LEFT_ON_THE_ROAD = LEFT_AT_STATION[:4]


def lost(*stops: tuple[str, Step, float], **changes: object) -> World:
    """A lost parcel whose investigation has opened by itself."""
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"}, **changes)
    world.scanned(*stops)
    world.wait(hours=0.1)
    return world


def conclude_and_share(world: World, party: Party, rule: str, ground: str) -> None:
    world.staff(
        INVESTIGATOR,
        "conclusion",
        {"finding": "lost", "ground": ground, "rule": "searched", "evidence": ["the chain"]},
    )
    share = {"party": party, "share": "1", "ground": ground, "rule": rule, "name": "Hamburg"}
    world.staff(INVESTIGATOR, "liability", {"shares": [share], "evidence": ["the chain"]})


@pytest.mark.requirement(
    *("000-5", "000-6", "000-7", "000-8", "002-4", "002-5", "002-6", "002-7", "002-22"),
    *("004-7", "004-8", "004-9", "004-10", "004-11", "004-12", "004-13", "004-17", "004-18"),
)
def test_lost_at_a_station_by_negligence() -> None:
    world = lost(*LEFT_AT_STATION)
    found = world.case().investigation
    assert world.case().stage is Stage.INVESTIGATING
    assert [(gap.kind, gap.node) for gap in found.gaps] == [(GapKind.NO_STOCK_OUT, "Hamburg")]
    assert [(stay.node, stay.hours > 68) for stay in found.stays] == [("Hamburg", True)]
    asked = {(task.role, task.node) for task in found.open_tasks}
    assert asked == {
        (TaskRole.STATION, "Hangzhou"),
        (TaskRole.STATION, "Hamburg"),
        (TaskRole.HUB, "Shanghai"),
        (TaskRole.WAREHOUSE, "Hamburg"),
        (TaskRole.STAFF_STATEMENT, "Hamburg"),
        (TaskRole.DELIVERY, None),
        (TaskRole.CUSTOMS, None),
    }

    world.answer(
        INVESTIGATOR,
        world.task(TaskRole.STATION, "Hamburg"),
        loading_normal=False,
        parcel_seen=True,
        camera_anomaly=True,
        camera="dock 4",
        stock_in_at="2026-02-25T22:00:00Z",
        document="BAG-7",
        rule_broken="the cage was left open",
    )
    world.answer(
        INVESTIGATOR,
        world.task(TaskRole.WAREHOUSE, "Hamburg"),
        searched=True,
        found=False,
        stock_agrees=False,
    )
    statement = world.task(TaskRole.STAFF_STATEMENT, "Hamburg")
    world.answer(SUPERVISOR, statement, statement="I left at noon.", present=False)
    assert "I left at noon." not in str(world.cases.history(world.id))
    window = {"from_at": "2026-02-25T22:00:00Z", "to_at": "2026-02-26T02:00:00Z"}
    world.staff(INVESTIGATOR, "cctv", {"node": "Hamburg", "camera": "dock 4", **window})
    (clip,) = world.case().investigation.cctv
    world.staff(INVESTIGATOR, f"cctv/{clip.id}/hold")
    world.staff(INVESTIGATOR, f"cctv/{clip.id}/clip", {"sha256": "c" * 64})
    seen = {"shows_anomaly": True, "seen": "the bag lies beside the belt"}
    world.staff(INVESTIGATOR, f"cctv/{clip.id}/viewings", seen)
    (clip,) = world.case().investigation.cctv
    assert clip.is_held
    assert [viewing.by for viewing in clip.viewings] == ["staff:bo"]

    conclude_and_share(world, Party.OUR_STATION, "rules of safekeeping 4.2", "the cage stood open")
    world.staff(INVESTIGATOR, "cause", {"cause": "negligence", "because": "the cage stood open"})
    world.staff(SUPERVISOR, "referrals", {"matter": "left the cage open", "outcome": "a warning"})

    case = world.case()
    assert case.conclusion is not None
    assert case.conclusion.evidence == ("the chain",)
    assert [(part.party, part.share) for part in case.liability] == [(Party.OUR_STATION, "1")]
    assert case.answering.cause is Cause.NEGLIGENCE
    assert case.status is Status.OFFERED
    assert "cage open" not in str(world.cases.history(world.id))


@pytest.mark.requirement("004-14", "004-15", "004-16", "004-19", "004-20", "000-2")
def test_lost_in_an_accident_that_no_force_majeure_excuses() -> None:
    world = lost(*LEFT_ON_THE_ROAD)
    assert [gap.kind for gap in world.case().investigation.gaps] == [GapKind.NO_ARRIVAL]
    driver = world.task(TaskRole.DRIVER, "Shanghai")
    world.answer(
        INVESTIGATOR,
        driver,
        handed_over_complete=True,
        breakdown=False,
        accident=True,
        accident_at="2026-02-22T03:00:00Z",
        police_reference="SH-0222-17",
    )
    world.answer(
        INVESTIGATOR, world.task(TaskRole.ESCORT, "Shanghai"), seal_kept=False, left_vehicle=True
    )
    world.answer(
        INVESTIGATOR,
        world.task(TaskRole.VEHICLE, "Shanghai"),
        locks=True,
        alarm=False,
        gps=True,
        extinguisher=True,
        load_secured=False,
    )
    (accident,) = world.case().investigation.accidents
    assert accident.reference == "SH-0222-17"
    test = {"event": "traffic accident", "proof": ["police SH-0222-17"]}
    world.staff(INVESTIGATOR, "force-majeure", {**test, "causal_link": "the truck burnt"})
    assert world.case().answering.force_majeure is not None
    share = {"party": "force_majeure", "share": "1", "ground": "accident", "rule": "art. 180"}
    refused = world.refused(
        INVESTIGATOR, "liability", {"shares": [share], "evidence": ["police SH-0222-17"]}
    )
    assert "force majeure" in str(refused["errors"])

    conclude_and_share(world, Party.SUBCONTRACTOR, "contract of carriage 9", "the truck burnt out")

    (plan,) = world.case().answering.recoveries
    assert (plan.party, plan.share) == ("Hamburg", "1")
    assert world.case().status is Status.OFFERED


@pytest.mark.requirement("004-19")
def test_lost_in_a_flood_that_is_force_majeure() -> None:
    world = lost(*LEFT_ON_THE_ROAD)
    for incomplete in (
        {"event": "flood", "proof": ["gauge 7"]},
        {"event": "flood", "causal_link": "the road was under water"},
        {"proof": ["gauge 7"], "causal_link": "the road was under water"},
    ):
        assert world.refused(INVESTIGATOR, "force-majeure", incomplete)["status"] == 422
    complete = {"event": "flood", "proof": ["gauge 7"], "causal_link": "the road was under water"}
    world.staff(INVESTIGATOR, "force-majeure", complete)

    conclude_and_share(world, Party.FORCE_MAJEURE, "Civil Code art. 180", "the flood took the van")

    case = world.case()
    assert [part.party for part in case.liability] == [Party.FORCE_MAJEURE]
    assert not case.answering.recoveries
    assert case.assessed is not None
    assert case.assessed.denied is None or case.assessed.total.is_zero


@pytest.mark.requirement("001-5", "001-6", "002-10")
def test_lost_abroad_with_an_inquiry_unanswered_until_the_date() -> None:
    world = lost(*LEFT_ON_THE_ROAD)
    world.read(Milestone.IN_TRANSIT, last_movement_at=world.now - timedelta(days=8))
    world.staff(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})
    (inquiry,) = world.case().investigation.inquiries
    assert {fact.code for fact in inquiry.form} >= {"tracking_number", "posted_on", "contents"}
    claim = world.case()
    assert claim.conclusion is None

    world.wait(days=200)

    (inquiry,) = world.case().investigation.inquiries
    assert inquiry.state == "expired"
    case = world.case()
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.LOST
    assert case.conclusion.presumed_from is not None
    assert "OfferMade" in world.events()


@pytest.mark.requirement("001-6")
def test_an_inquiry_is_sent_acknowledged_and_answered_with_a_clock_of_its_own() -> None:
    world = lost(*LEFT_ON_THE_ROAD)
    world.staff(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})
    (inquiry,) = world.case().investigation.inquiries
    assert f"inquiry:{inquiry.id}" in world.case().waits
    world.staff(INVESTIGATOR, f"inquiries/{inquiry.id}/acknowledgement", {"reference": "DE-88120"})
    world.staff(
        INVESTIGATOR,
        f"inquiries/{inquiry.id}/reply",
        {"finding": "no_trace", "detail": "never received here"},
    )

    (inquiry,) = world.case().investigation.inquiries
    assert (inquiry.state, inquiry.reference, inquiry.finding) == (
        "replied",
        "DE-88120",
        "no_trace",
    )
    assert f"inquiry:{inquiry.id}" not in world.case().waits


def test_an_inquiry_that_lacks_a_field_of_the_form_is_refused_by_name() -> None:
    world = lost(*LEFT_ON_THE_ROAD, shipment={"shipped_on": None}, items=[])

    refused = world.refused(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})

    assert {error["field"] for error in refused["errors"]} == {"form.posted_on", "form.contents"}
