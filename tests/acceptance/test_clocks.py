"""Clocks that nobody minds: levels, replies, tasks and signatures remind and escalate."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.calendar import after
from amends.domain.case.state.investigation import TaskRole, TaskState
from amends.domain.case.vocabulary import Kind, Outcome, Stage, Status
from amends.domain.parcel.vocabulary import Step
from amends.service.hours import business_calendar
from tests.support.investigation_world import World

INVESTIGATOR, SUPERVISOR = "investigator:bo", "supervisor:anna"
STOPS = (("Hangzhou", Step.ARRIVED, 60), ("Hangzhou", Step.DEPARTED, 50))
SHARE = {"party": "hub", "share": "1", "ground": "unguarded", "rule": "safekeeping 4.2"}
DEAR = [{"name": "watch", "unit_value": {"amount": "5000.00", "currency": "CNY"}}]


def lost(**changes: object) -> World:
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"}, **changes)
    world.scanned(*STOPS)
    world.wait(hours=0.1)
    return world


@pytest.mark.requirement("002-20", "004-1", "000-13")
def test_the_first_reply_is_due_within_the_working_hour_or_the_supervisor_knows() -> None:
    quick, slow = lost(), lost()
    quick.staff("agent:di", "first-reply")

    quick.wait(hours=1.5)
    slow.wait(hours=1.5)

    assert quick.case().investigation.escalations == ()
    assert quick.case().investigation.first_replied_at is not None
    assert slow.case().investigation.escalations == ("first_reply>supervisor",)


@pytest.mark.requirement("000-9", "002-4")
def test_missed_levels_open_the_next_and_after_the_last_the_supervisor_knows() -> None:
    world = lost()
    assert world.case().investigation.level == 2

    world.wait(days=6)
    case = world.case()
    assert case.investigation.level == 3
    assert TaskRole.REGION in {task.role for task in case.investigation.tasks}

    world.wait(days=40)
    escalations = world.case().investigation.escalations
    assert [one for one in escalations if one.startswith("level")] == [
        "level:2>supervisor",
        "level:3>supervisor",
    ]


def test_the_next_level_knows_the_chain_with_what_the_nodes_have_recorded_since() -> None:
    world = lost()
    assert [gap.node for gap in world.case().investigation.gaps] == ["Hangzhou"]

    record = {"kind": "stock_in", "node": "Shanghai", "at": world.now.isoformat()}
    world.staff(INVESTIGATOR, "records", record)
    world.wait(days=6)

    found = world.case().investigation
    assert (found.level, found.links, [gap.node for gap in found.gaps]) == (3, 2, ["Shanghai"])


@pytest.mark.requirement("000-8", "000-9", "002-8")
def test_a_task_that_nobody_answers_is_reminded_of_and_escalated() -> None:
    world = lost()
    task = world.task(TaskRole.STATION)

    world.now = task.due_at
    world.sweep()
    (reminded,) = [t for t in world.case().investigation.tasks if t.id == task.id]
    assert (reminded.reminders, reminded.escalated_to) == (1, None)

    world.wait(days=2)
    (told,) = [t for t in world.case().investigation.tasks if t.id == task.id]
    assert told.escalated_to == "supervisor"
    assert told.state is TaskState.OPEN


@pytest.mark.requirement("000-9")
def test_hours_are_working_hours_of_a_calendar_with_holidays_and_made_up_days() -> None:
    china = business_calendar()
    before_festival = datetime(2026, 2, 14, 9, 0, tzinfo=UTC)  # a made-up Saturday, 17:00

    due = after(china, before_festival, timedelta(hours=2))

    assert due == datetime(2026, 2, 24, 2, 0, tzinfo=UTC)  # ten days of Spring Festival later


@pytest.mark.requirement("000-19")
def test_the_clock_stands_while_the_claimant_owes_an_answer() -> None:
    world = lost(shipment={"postage": None})
    case = world.case()
    assert case.status is Status.NEEDS_INFORMATION
    assert case.asked_for == ("shipment.postage",)
    asked = world.case().investigation.level_due_at
    world.wait(days=6)
    assert world.case().investigation.level == 2
    assert "level" not in world.case().waits

    postage = {"amount": "32.50", "currency": "CNY"}
    world.claimant("POST", "/information", {"shipment": {"postage": postage}})

    found = world.case().investigation
    assert asked is not None
    assert found.level_due_at is not None
    assert found.level_due_at > asked + timedelta(days=4)
    assert world.case().waits["level"] == found.level_due_at


@pytest.mark.requirement("000-19")
def test_long_silence_closes_the_case_and_an_answer_opens_it_again() -> None:
    world = lost(shipment={"postage": None})

    world.wait(days=40)
    assert world.events().count("InformationReminded") == 2
    assert world.case().outcome is Outcome.WITHDRAWN

    postage = {"amount": "32.50", "currency": "CNY"}
    world.claimant("POST", "/information", {"shipment": {"postage": postage}})
    assert world.case().is_open
    assert world.case().report.shipment.postage is not None


@pytest.mark.requirement("004-17", "000-15")
def test_a_dear_parcels_finding_is_signed_twice_by_two_people_and_appealed_to_a_third() -> None:
    world = lost(items=DEAR)
    finding = {"shares": [SHARE], "evidence": ["the chain"]}
    world.staff("supervisor:bo", "liability", finding)
    (proposed,) = world.case().answering.findings
    assert proposed.is_pending
    signed = {"finding_id": proposed.id, "approve": True}
    assert world.refused("supervisor:bo", "approvals", signed)["code"] == "out_of_order"
    world.staff(
        INVESTIGATOR,
        "conclusion",
        {"finding": "lost", "ground": "gone", "rule": "searched", "evidence": ["the chain"]},
    )
    assert world.case().liability == ()
    assert world.case().assessed is None
    world.wait(days=2)
    assert "decision>supervisor" in world.case().investigation.escalations

    world.staff(SUPERVISOR, "approvals", signed)
    assert [part.party for part in world.case().liability] == ["hub"]
    assert world.case().stage is Stage.NEGOTIATING

    appeal = {"finding_id": proposed.id, "party": "Hangzhou", "because": "the seal was whole"}
    world.staff("agent:di", "liability/appeals", appeal)
    decided = {"uphold": False, "because": "the seal was whole indeed"}
    path = f"liability/{proposed.id}/review"
    assert world.refused(SUPERVISOR, path, decided)["code"] == "out_of_order"
    world.staff("supervisor:eve", path, decided)
    assert world.case().answering.findings[0].state == "overturned"


@pytest.mark.requirement("000-9", "004-17")
def test_a_signature_that_never_comes_lapses_and_the_case_goes_on() -> None:
    world = lost(items=DEAR)
    world.staff(INVESTIGATOR, "liability", {"shares": [SHARE], "evidence": ["the chain"]})
    world.staff(
        INVESTIGATOR,
        "conclusion",
        {"finding": "lost", "ground": "gone", "rule": "searched", "evidence": ["the chain"]},
    )

    world.wait(days=30)

    assert world.case().answering.findings[0].state == "refused"
    assert [part.party for part in world.case().liability] == ["other_carrier"]
    assert "OfferMade" in world.events()


def test_what_is_owed_waits_for_what_was_asked_and_what_is_not_owed_does_not() -> None:
    owed, returned = lost(shipment={"postage": None}), lost(shipment={"postage": None})
    gone = {"finding": "lost", "ground": "gone", "rule": "4.2", "evidence": ["the chain"]}

    owed.staff(INVESTIGATOR, "conclusion", gone)
    returned.staff(INVESTIGATOR, "conclusion", {**gone, "finding": "returned"})

    assert owed.case().stage is Stage.ASSESSING
    waits = {name for name in owed.case().waits if not name.startswith("deadline:")}
    assert waits == {"information", "first_reply", "progress"}
    assert returned.case().outcome is Outcome.RETURNED_TO_SENDER


@pytest.mark.requirement("004-17")
@pytest.mark.parametrize(
    "shares",
    [
        [{**SHARE, "share": "0.5"}],
        [{**SHARE, "share": "0.7"}, {**SHARE, "share": "0.7"}],
        [{**SHARE, "share": "-1"}, {**SHARE, "share": "2"}],
        [{**SHARE, "share": "much"}],
        [{**SHARE, "rule": " "}],
    ],
)
def test_shares_that_do_not_make_one_are_refused(shares: list[dict[str, str]]) -> None:
    world = lost()

    refused = world.refused(INVESTIGATOR, "liability", {"shares": shares, "evidence": ["x"]})

    assert refused["status"] == 422
    assert world.case().answering.findings == ()


@pytest.mark.requirement("004-17", "004-20")
def test_successive_carriers_answer_together_and_each_share_is_claimed_back() -> None:
    world = lost()
    shares = [
        {**SHARE, "party": "subcontractor", "share": "0.4", "name": "line haul"},
        {**SHARE, "party": "other_carrier", "share": "0.6", "name": "deutsche_post"},
    ]

    world.staff(INVESTIGATOR, "liability", {"shares": shares, "evidence": ["the chain"]})

    (finding,) = world.case().answering.findings
    assert finding.is_joint
    plans = {plan.party: plan.share for plan in world.case().answering.recoveries}
    assert plans == {"line haul": "0.4", "deutsche_post": "0.6"}
    bases = {plan.basis.split(":")[0] for plan in world.case().answering.recoveries}
    assert bases == {"joint liability of successive carriers"}


@pytest.mark.requirement("002-9", "004-12")
def test_a_clip_about_to_be_overwritten_is_somebodys_alarm_unless_it_is_held() -> None:
    for is_held in (False, True):
        world = lost()
        window = {"from_at": "2026-02-25T22:00:00Z", "to_at": "2026-02-26T02:00:00Z"}
        world.staff(INVESTIGATOR, "cctv", {"node": "Hangzhou", "camera": "4", **window})
        (clip,) = world.case().investigation.cctv
        if is_held:
            world.staff(SUPERVISOR, f"cctv/{clip.id}/hold")

        world.now = clip.retained_until - timedelta(days=2)
        world.sweep()

        told = f"cctv:{clip.id}>supervisor" in world.case().investigation.escalations
        assert told is not is_held
