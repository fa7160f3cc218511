"""Who calls, comes by or writes a letter is heard like everybody else."""

from datetime import timedelta
from hashlib import sha256

import pytest

from amends.domain.case.vocabulary import ReportChannel, Stage
from tests.support.intake_world import PDF, Intake, report_body
from tests.support.people_world import World


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.mark.requirement("000-4")
@pytest.mark.parametrize("channel", ["phone", "counter", "letter"])
def test_an_agent_writes_down_what_is_told(intake: Intake, channel: str) -> None:
    told = intake.call("POST", "/v1/staff/reports", report_body(channel=channel), groups="agent")

    assert told.status == 201
    assert "token" not in told.body
    (record,) = intake.cases.history(told.body["id"])
    assert record.by == "staff:anna"
    assert intake.cases.load(told.body["id"]).report.channel is ReportChannel(channel)
    assert intake.watched == ["RR123456785CN"]


@pytest.mark.requirement("000-4", "002-1")
@pytest.mark.parametrize("channel", ["phone", "counter", "letter"])
def test_what_tells_of_a_known_incident_joins_its_case_unless_it_is_another(
    intake: Intake, channel: str
) -> None:
    case_id, _ = intake.report()
    path, body = "/v1/staff/reports", report_body(channel=channel)

    told = intake.call("POST", path, body, groups="agent")
    incident = {**body["incident"], "is_another": True}
    another = intake.call("POST", path, {**body, "incident": incident}, groups="agent")

    assert (told.status, told.body["joined"], told.body["case_id"]) == (202, True, case_id)
    assert intake.cases.load(case_id).investigation.joined == 1
    assert (another.status, another.body["id"] != case_id) == (201, True)
    intake.now += timedelta(days=400)
    assert intake.call("POST", path, body, groups="agent").status == 201


@pytest.mark.requirement("004-52")
def test_who_may_not_see_the_case_is_not_told_which_it_joined(intake: Intake) -> None:
    intake.report(incident={"kind": "prohibited_contents"})
    body = report_body(channel="phone", incident={"kind": "prohibited_contents"})

    told = intake.call("POST", "/v1/staff/reports", body, groups="agent")

    assert (told.status, told.body["case_id"]) == (202, None)


def test_a_caller_without_the_number_has_a_draft_that_asks_for_it(intake: Intake) -> None:
    body = report_body(channel="phone", shipment={"tracking_number": "unknown"})

    told = intake.call("POST", "/v1/staff/reports", body, groups="agent")

    case = intake.cases.load(told.body["id"])
    assert (case.stage, case.asked_for) == (Stage.INTAKE, ("shipment.tracking_number",))
    assert case.due_at is not None


@pytest.mark.requirement("002-21", "002-13")
def test_what_the_caller_would_like_is_put_before_them_with_what_was_understood(
    intake: Intake,
) -> None:
    body = report_body(channel="phone")
    body["incident"] |= {"wish": "Send the scarf again.", "details": {"noticed_how": "not_arrived"}}

    told = intake.call("POST", "/v1/staff/reports", body, groups="agent")

    case = intake.cases.load(told.body["id"])
    world = World(now=intake.now, cases=intake.cases, contacts=intake.contacts)
    world.told(case)
    (summary,) = [one for one in world.messenger.sent if "/v1/answers/summary/" in one["text"]]
    assert "What you would like: Send the scarf again." in summary["text"]
    assert "- How was it noticed? It did not arrive" in summary["text"]


def test_a_scanned_letter_is_evidence(intake: Intake) -> None:
    told = intake.call("POST", "/v1/staff/reports", report_body(channel="letter"), groups="agent")
    case_id = told.body["id"]
    body = {
        "kind": "letter",
        "file_name": "scan.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
        "sha256": sha256(PDF).hexdigest(),
    }

    granted = intake.call("POST", f"/v1/staff/cases/{case_id}/evidence", body, groups="agent")
    intake.upload(granted, PDF)

    listed = intake.call("GET", f"/v1/staff/cases/{case_id}/evidence", groups="agent")
    (line,) = [line for line in listed.body["data"] if line["kind"] == "letter"]
    assert line["status"] == "received"
    assert intake.cases.history(case_id)[1].by == "staff:anna"


@pytest.mark.parametrize(
    ("groups", "channel", "status", "code"),
    [
        (None, "phone", 401, "unauthenticated"),
        ("finance", "phone", 403, "forbidden"),
        ("hr", "phone", 403, "forbidden"),
        ("agent", "web", 422, "invalid"),
    ],
)
def test_only_who_talks_to_people_takes_reports(
    intake: Intake, groups: str | None, channel: str, status: int, code: str
) -> None:
    body = report_body(channel=channel)

    told = intake.call("POST", "/v1/staff/reports", body, groups=groups)

    assert (told.status, told.body["code"]) == (status, code)
    assert not intake.watched


@pytest.mark.requirement("004-52")
def test_evidence_of_prohibited_contents_exists_only_for_the_right_roles(intake: Intake) -> None:
    case_id, _ = intake.report(incident={"kind": "prohibited_contents"})
    path = f"/v1/staff/cases/{case_id}/evidence"

    assert intake.call("GET", path, groups="agent").status == 404
    assert intake.call("GET", path, groups="investigator").status == 200
