"""Who may do what: every endpoint of staff, of every function, for every group."""

import re
from collections.abc import Callable, Iterator

import pytest

from amends.adapters.locale import BabelFormats
from amends.domain.case.permissions import ROLES, Action, Group, allows
from amends.domain.case.vocabulary import Kind
from amends.web.router import Endpoint, Router
from claim_settle import api as settling
from claim_settle import papers as printing
from claim_settle.agreement_desk import live
from claim_settle.staff import offering
from claim_settle.staff.investigation import COMMANDS
from followup import api as following
from report_intake import api as reporting
from tests.support.any_other_command import STAFFS
from tests.support.arriving import request_of
from tests.support.everybody import Everybody
from tests.support.investigation_world import World
from tests.support.proofs import bearer_of, prove
from tracking_poller import api as polling

CASE = "/v1/staff/cases/{case_id}"
MONEY = "/v1/staff/money"
READS = {
    "/v1/staff/cases": Action.SEE_QUEUE,
    CASE: Action.SEE_QUEUE,
    f"{CASE}/investigation": Action.SEE_TASKS,
    f"{CASE}/parties": Action.SEE_PARTIES,
    f"{CASE}/offers": Action.SEE_OFFERS,
    f"{CASE}/evidence": Action.REPLY,
    f"{CASE}/messages": Action.SEE_QUEUE,
    f"{CASE}/messages/deliveries": Action.SEE_QUEUE,
    f"{CASE}/messages/drafts": Action.REPLY,
    f"{CASE}/lesson": Action.SEE_QUEUE,
    f"{CASE}/dossier": Action.SEE_QUEUE,
    f"{CASE}/documents/{{name}}": Action.SEE_QUEUE,
    f"{CASE}/recoveries": Action.SEE_MONEY,
    f"{CASE}/recovery/recipient": Action.RECOVER,
    f"{CASE}/statements/{{part}}": Action.READ_STATEMENT,
    f"{CASE}/referrals/{{part}}": Action.READ_REFERRAL,
    "/v1/staff/tasks": Action.SEE_TASKS,
    "/v1/staff/payouts": Action.SEE_MONEY,
    "/v1/staff/recoveries": Action.SEE_MONEY,
    f"{MONEY}/rails": Action.SEE_MONEY,
    f"{MONEY}/differences": Action.SEE_MONEY,
    f"{MONEY}/trial-balance": Action.SEE_MONEY,
    f"{MONEY}/entries": Action.SEE_MONEY,
    f"{MONEY}/rates": Action.SEE_MONEY,
    "/v1/staff/shipments": Action.REPLY,
    "/v1/staff/shipments/{shipment_id}/evidence": Action.REPLY,
    "/v1/staff/work": Action.SEE_QUEUE,
    "/v1/staff/work/letters/{key}": Action.REPLY,
    "/v1/staff/work/calls/{call_id}": Action.REPLY,
    "/v1/staff/scripts/{kind}": Action.REPLY,
    "/v1/staff/feedback": Action.SEE_QUEUE,
    "/v1/staff/analytics": Action.SEE_FIGURES,
    "/v1/staff/analytics/export": Action.SEE_FIGURES,
    "/v1/staff/carriers/scorecards": Action.SEE_FIGURES,
    "/v1/staff/carriers/scorecards/export": Action.SEE_FIGURES,
    "/v1/staff/actions": Action.SEE_QUEUE,
    "/v1/staff/actions/{action_id}": Action.SEE_QUEUE,
    "/v1/staff/channels": Action.SEE_QUEUE,
    "/v1/staff/tracking/unmapped": Action.SEE_QUEUE,
}
ACTS = {
    **{command.path: command.action for command in (*COMMANDS, *offering.commands(live()))},
    **STAFFS,
    "/v1/staff/tasks/{task_id}/answer": Action.ANSWER_TASK,
    f"{CASE}/tasks/{{task_id}}/link": Action.ISSUE_LINK,
    f"{CASE}/evidence": Action.REPLY,
    "/v1/staff/shipments/{shipment_id}/evidence": Action.REPLY,
    "/v1/staff/reports": Action.TAKE_REPORT,
    "/v1/staff/work/letters/{key}": Action.REPLY,
    f"{MONEY}/rails/{{rail}}/switch": Action.SWITCH_RAIL,
    f"{MONEY}/differences/{{id}}/settlement": Action.SETTLE_DIFFERENCE,
    f"{MONEY}/periods": Action.CLOSE_PERIOD,
}
NEEDED = {
    **{("GET", path): action for path, action in READS.items()},
    **{("POST", path): action for path, action in ACTS.items()},
}
DEPLOYED = {
    (one.method, one.path): one
    for function in (settling, printing, reporting, following, polling)
    for one in function.router.endpoints
    if one.path.startswith("/v1/staff")
}
Ask = Callable[[str, str, str], int]


def path_of(path: str) -> str:
    return re.sub(r"\{(?!case_id)\w+\}", "some-id", path).replace("{case_id}", "case_1")


def body_of(path: str) -> dict[str, object]:
    return {"case_id": "case_1", "answers": {}} if path.endswith("/answer") else {}


def asking(kind: Kind) -> Ask:
    """Asks by method and path as somebody of a group, of a case; what stands alone is as deployed.

    Where an endpoint goes on to a table that is not there, it has let its caller pass.
    """
    world = Everybody()
    world.report(kind)
    press = printing.Press(
        cases=lambda: world.cases,
        contacts=lambda: world.contacts,
        formats=BabelFormats,
        typeset=lambda _: b"%PDF",
    )
    own: dict[tuple[str, str], Endpoint] = {
        (one.method, one.path): one for one in (*world.router.endpoints, *printing.endpoints(press))
    }
    router = Router(*(own.get(place, one) for place, one in DEPLOYED.items()), prove=prove)

    def ask(method: str, path: str, group: str) -> int:
        world.calls += 1
        event = request_of(
            method,
            path_of(path),
            None if method == "GET" else body_of(path),
            number=world.calls,
            bearer=bearer_of(group) if group else None,
            headers={"idempotency-key": f"key-{world.calls}"},
        )
        return int(router(event)["statusCode"])

    return ask


def test_every_staff_endpoint_has_its_action() -> None:
    assert set(DEPLOYED) == set(NEEDED)


@pytest.mark.requirement("000-15")
@pytest.mark.parametrize("group", list(Group))
def test_a_group_may_do_what_the_table_says_and_nothing_else(group: Group) -> None:
    ask = asking(Kind.LOST)

    refused = {place for place in DEPLOYED if ask(*place, group) == 403}

    assert refused == {place for place, action in NEEDED.items() if action not in ROLES[group]}


def test_nobody_does_anything_without_signing_in() -> None:
    ask = asking(Kind.LOST)

    assert {ask(*place, "") for place in DEPLOYED} == {401}


@pytest.mark.requirement("004-52")
def test_prohibited_contents_exist_only_for_the_right_roles() -> None:
    ask = asking(Kind.PROHIBITED_CONTENTS)
    for (method, path), action in NEEDED.items():
        for group in _blind(action) if path.startswith(CASE) else ():
            status = ask(method, path, group)
            assert status == (404 if action in ROLES[group] else 403), (method, path, group)


def _blind(action: Action) -> Iterator[Group]:
    """Whoever may do it, yet not know of prohibited contents; HR reads what was referred to it."""
    for group in Group:
        if group is not Group.HR and not allows([group], Action.SEE_PROHIBITED):
            yield group


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
