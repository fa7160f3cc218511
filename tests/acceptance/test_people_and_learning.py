"""Who they are is shown to few and masked; what went wrong is named, and changed."""

from datetime import date

import pytest

from amends.domain.case.investigation import tracing
from amends.domain.case.investigation.verification import OnFile
from amends.domain.case.state.investigation import Route, Severity
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.thresholds import AnomalyKind
from amends.domain.parcel.vocabulary import Step
from amends.service.amend import amend
from tests.support.investigation_world import World

INVESTIGATOR, SUPERVISOR, AGENT = "investigator:bo", "supervisor:anna", "agent:di"


def told(kind: Kind, details: dict[str, object] | None = None, **changes: object) -> World:
    world = World()
    world.tell(kind, details or {}, **changes)
    world.wait(hours=0.1)
    return world


@pytest.mark.requirement("004-2", "004-3", "004-4", "004-6", "002-1")
@pytest.mark.parametrize("channel", ["web", "app"])
def test_the_report_is_kept_whole_and_its_people_are_masked_and_apart(channel: str) -> None:
    noticed = {"noticed_at": "2026-03-01T08:00:00Z", "details": {"noticed_how": "empty_locker"}}
    cups = {"name": "cup", "quantity": 3, "specification": "300 ml, blue"}
    item = {**cups, "unit_value": {"amount": "86.50", "currency": "CNY"}, "flags": ["fragile"]}
    incident = {"kind": "lost", **noticed}
    world = told(Kind.LOST, incident=incident, items=[item], channel=channel)

    document = world.claimant("GET", "")
    status, people = world.call("GET", f"/v1/staff/cases/{world.id}/parties", groups=AGENT)

    assert status == 200
    assert people["addressee"] == {
        "name": "E***",
        "phone": "…3456",
        "address": {"city": "Hamburg"},
    }
    assert document["incident"] == incident
    assert document["items"] == [item]
    staffs = world.call("GET", f"/v1/staff/cases/{world.id}", groups=AGENT)[1]
    assert (staffs["incident"], staffs["items"]) == (incident, [item])
    assert (staffs["channel"], staffs["reported_by"]) == (channel, "sender")
    assert document["shipment"]["tracking_number"] == "RR123456785CN"
    assert document["shipment"]["shipped_on"] == "2026-02-20"
    assert document["shipment"]["expected_on"] == "2026-03-05"
    assert "Muster" not in str(world.cases.history(world.id))
    assert world.call("GET", f"/v1/staff/cases/{world.id}/parties", groups="finance:f")[0] == 403


@pytest.mark.requirement("004-36")
def test_whoever_holds_it_is_masked_and_forgotten_when_that_is_over() -> None:
    world = told(Kind.MISDELIVERED, {"state": "delivered_wrong", "how": "recipient_wrong"})
    person = {"name": "Max Nachbar", "phone": "+49 40 7654321", "address": "Elbchaussee 2"}
    world.staff(AGENT, "recovery/recipient", person)
    path = f"/v1/staff/cases/{world.id}/recovery/recipient"

    status, masked = world.call("GET", path, groups=AGENT)
    assert (status, masked["name"], masked["phone"]) == (200, "M***", "…4321")
    assert world.call("GET", f"{path}?full=true", groups=AGENT)[1]["name"] == "Max Nachbar"
    assert world.call("GET", path, groups="adjuster:x")[0] == 403

    world.wait(days=31)

    assert world.call("GET", path, groups=AGENT)[0] == 404


@pytest.mark.requirement("002-3", "004-5")
@pytest.mark.parametrize(
    ("kind", "details", "flags", "severity", "route"),
    [
        (Kind.LOST, {}, [], Severity.NORMAL, Route.INVESTIGATE),
        (Kind.LOST, {}, ["valuable"], Severity.HIGH, Route.INVESTIGATE),
        (Kind.CONTENTS_MISSING, {"seal": "broken"}, [], Severity.HIGH, Route.INVESTIGATE),
        (Kind.MISDELIVERED, {"state": "in_transit"}, [], Severity.HIGH, Route.REDIRECT),
        (Kind.MISDELIVERED, {"state": "delivered_wrong"}, [], Severity.HIGH, Route.FETCH_BACK),
        (Kind.PROHIBITED_CONTENTS, {"leaking": True}, [], Severity.CRITICAL, Route.QUARANTINE),
        (Kind.UNTRACEABLE, {}, [], Severity.LOW, Route.WAIT),
        (Kind.DELAYED, {"perishable": True}, [], Severity.HIGH, Route.INVESTIGATE),
        (Kind.DAMAGED, {}, [], Severity.NORMAL, Route.INSPECT),
    ],
)
def test_triage_says_how_grave_it_is_and_which_way_it_goes(
    kind: Kind, details: dict[str, object], flags: list[str], severity: Severity, route: Route
) -> None:
    item = {"name": "cup", "unit_value": {"amount": "260.00", "currency": "CNY"}, "flags": flags}

    world = told(kind, details, items=[item])

    found = world.case().investigation
    assert (found.severity, found.route) == (severity, route)


@pytest.mark.requirement("000-16", "004-18", "000-2")
def test_a_cause_leads_to_an_action_that_somebody_confirms() -> None:
    world = told(Kind.LOST)
    world.staff(INVESTIGATOR, "cause", {"cause": "negligence", "because": "unguarded"})
    training = {"kind": "training", "owner": "hub Hangzhou", "due_on": "2026-04-01"}
    assert world.refused(INVESTIGATOR, "actions", training)["status"] == 422

    world.staff(INVESTIGATOR, "actions", {**training, "topic": "handover by list"})
    (action,) = world.case().answering.actions
    assert world.refused(INVESTIGATOR, f"actions/{action.id}/confirm")["status"] == 403
    world.staff(SUPERVISOR, f"actions/{action.id}/confirm")

    (action,) = world.case().answering.actions
    assert (action.topic, action.confirmed_by) == ("handover by list", "staff:anna")


@pytest.mark.requirement("001-1", "004-49")
def test_a_missort_seen_by_the_channels_is_suggested_as_the_cause_and_as_what_to_change() -> None:
    world = told(Kind.LOST)
    path = f"/v1/staff/cases/{world.id}/investigation"
    assert world.call("GET", path, groups=INVESTIGATOR)[1]["suggested_cause"] is None
    since = world.now
    amend(
        world.cases,
        world.id,
        world.occasion("poller"),
        lambda case: tracing.note_anomaly(case, AnomalyKind.MISSORT, since=since, node="Lagos"),
    )

    document = world.call("GET", path, groups=INVESTIGATOR)[1]
    assert document["suggested_cause"] == "missort"
    world.staff(INVESTIGATOR, "cause", {"cause": "missort", "node": "Lagos", "because": "a scan"})

    document = world.call("GET", path, groups=INVESTIGATOR)[1]
    assert document["suggested_actions"] == ["training", "procedure"]


@pytest.mark.requirement("001-1", "004-8")
def test_a_parcel_that_turns_up_off_its_way_suggests_that_it_was_sorted_wrongly() -> None:
    world = World()
    world.tell(Kind.LOST)
    world.scanned(("Hangzhou", Step.ARRIVED, 90), ("Lagos", Step.ARRIVED, 5))
    sent = {"kind": "stock_out", "node": "Hangzhou", "at": "2026-02-28T02:00:00Z"}
    world.staff(INVESTIGATOR, "records", {**sent, "to": "Shanghai"})
    world.wait(hours=0.1)

    path = f"/v1/staff/cases/{world.id}/investigation"
    document = world.call("GET", path, groups=INVESTIGATOR)[1]
    assert document["suggested_cause"] == "missort"


@pytest.mark.requirement("002-2", "000-7")
def test_what_contradicts_the_shipment_on_file_is_asked_and_what_agrees_is_not() -> None:
    world = World()
    shipped = date(2026, 2, 20)
    world.on_file = [
        OnFile(source="shipment", carrier="china_post", shipped_on=shipped),
        OnFile(source="channels", origin_country="CN", destination_country="FR"),
    ]
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    world.wait(hours=0.1)

    results = {check.field: check.result for check in world.case().investigation.checks}
    assert results["shipment.carrier"] == "match"
    assert results["shipment.shipped_on"] == "match"
    assert results["shipment.origin.country"] == "match"
    assert results["shipment.destination.country"] == "mismatch"
    assert results["shipment.destination.postal_code"] == "unknown"
    assert world.case().asked_for == ("shipment.destination.country",)


@pytest.mark.requirement("004-18")
def test_a_referral_is_read_by_hr_and_by_nobody_else() -> None:
    world = told(Kind.LOST)
    world.staff(SUPERVISOR, "referrals", {"matter": "left the cage open", "outcome": "a warning"})
    (part,) = world.case().answering.referrals
    path = f"/v1/staff/cases/{world.id}/referrals/{part.partition('#')[2]}"

    assert world.call("GET", path, groups="hr:h")[1]["outcome"] == "a warning"
    for group in ("agent", "investigator", "adjuster", "finance", "supervisor", "admin"):
        assert world.call("GET", path, groups=f"{group}:x")[0] == 403
    status, document = world.call(
        "GET", f"/v1/staff/cases/{world.id}/investigation", groups=SUPERVISOR
    )
    assert status == 200
    assert document["answering"]["referrals"] == 1


@pytest.mark.requirement("000-13", "000-15")
def test_a_queue_shows_what_is_mine_what_is_overdue_and_what_my_team_has() -> None:
    world = told(Kind.LOST)
    first = world.id
    world.staff(SUPERVISOR, "assignment", {"to": "bo", "team": "hangzhou"})
    world.tell(Kind.DAMAGED, shipment={"tracking_number": "RR987654326CN"})
    world.wait(hours=0.1)

    def queue(query: str) -> list[str]:
        path = f"/v1/staff/cases?stage=investigating&{query}"
        status, page = world.call("GET", path, groups=INVESTIGATOR)
        assert status == 200
        return [row["id"] for row in page["data"]]

    assert queue("view=mine") == [first]
    assert queue("team=hangzhou") == [first]
    assert queue("kind=damaged") == [world.id]
    assert queue("view=overdue") == []
    assert sorted(queue("view=all")) == sorted([first, world.id])
    world.now = world.now.replace(month=5)
    assert sorted(queue("view=overdue")) == sorted([first, world.id])
    assert world.call("GET", "/v1/staff/cases?view=yours", groups=INVESTIGATOR)[0] == 422
