"""Who may do what: every endpoint for every group."""

import re

import pytest

from amends.domain.case.permissions import ROLES, Action, Group, allows
from amends.domain.case.vocabulary import Kind
from claim_settle.staff import cases
from claim_settle.staff.investigation import COMMANDS, ENDPOINTS
from claim_settle.staff_desk import live
from tests.support.investigation_world import World

READS = {
    "/v1/staff/cases": Action.SEE_QUEUE,
    "/v1/staff/cases/{case_id}": Action.SEE_QUEUE,
    "/v1/staff/cases/{case_id}/investigation": Action.SEE_TASKS,
    "/v1/staff/cases/{case_id}/parties": Action.SEE_PARTIES,
    "/v1/staff/cases/{case_id}/recovery/recipient": Action.RECOVER,
    "/v1/staff/tasks": Action.SEE_TASKS,
    "/v1/staff/tasks/{task_id}/answer": Action.ANSWER_TASK,
    "/v1/staff/cases/{case_id}/tasks/{task_id}/link": Action.ISSUE_LINK,
    "/v1/staff/cases/{case_id}/statements/{part}": Action.READ_STATEMENT,
    "/v1/staff/cases/{case_id}/referrals/{part}": Action.READ_REFERRAL,
}
NEEDED = {command.path: command.action for command in COMMANDS} | READS
QUEUES = cases.endpoints(live())
STAFF = [endpoint for endpoint in (*QUEUES, *ENDPOINTS) if endpoint.path.startswith("/v1/staff")]


def path_of(path: str) -> str:
    return re.sub(r"\{(?!case_id)\w+\}", "some-id", path).replace("{case_id}", "case_1")


def body_of(path: str) -> dict[str, object]:
    return {"case_id": "case_1", "answers": {}} if path.endswith("/answer") else {}


def test_every_staff_endpoint_has_its_action() -> None:
    assert {endpoint.path for endpoint in STAFF} == set(NEEDED)


@pytest.mark.requirement("000-15")
@pytest.mark.parametrize("group", list(Group))
@pytest.mark.parametrize("endpoint", STAFF, ids=lambda e: f"{e.method} {e.path}")
def test_a_group_may_do_what_the_table_says_and_nothing_else(
    endpoint: object, group: Group
) -> None:
    world = World()
    world.report(Kind.LOST)
    method, path = getattr(endpoint, "method", ""), getattr(endpoint, "path", "")
    status, _ = world.call(method, path_of(path), body_of(path), groups=group)
    assert (status == 403) is (NEEDED[path] not in ROLES[group])


@pytest.mark.parametrize("endpoint", STAFF, ids=lambda e: f"{e.method} {e.path}")
def test_nobody_does_anything_without_signing_in(endpoint: object) -> None:
    world = World()
    world.report(Kind.LOST)
    method, path = getattr(endpoint, "method", ""), getattr(endpoint, "path", "")
    assert world.call(method, path_of(path), body_of(path))[0] == 401


@pytest.mark.requirement("004-52")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.path)
def test_prohibited_contents_exist_only_for_the_right_roles(command: object) -> None:
    world = World()
    world.report(Kind.PROHIBITED_CONTENTS)
    path, action = getattr(command, "path", ""), getattr(command, "action", Action.REPLY)
    for group in Group:
        status, _ = world.call("POST", path_of(path), {}, groups=group)
        if action not in ROLES[group]:
            assert status == 403
        elif not allows([group], Action.SEE_PROHIBITED):
            assert status == 404


def test_no_command_takes_a_field_that_it_does_not_know() -> None:
    world = World()
    world.report(Kind.LOST)
    for command in COMMANDS:
        group = next(group for group in Group if command.action in ROLES[group])
        status, problem = world.call("POST", path_of(command.path), {"surprise": 1}, groups=group)
        assert status == 422, command.path
        assert "surprise" in {error["field"] for error in problem["errors"]}


def test_an_unknown_group_may_do_nothing() -> None:
    assert not allows(["root"], Action.SEE_QUEUE)


def test_only_hr_reads_what_was_referred() -> None:
    assert [g for g in Group if Action.READ_REFERRAL in ROLES[g]] == [Group.HR]
