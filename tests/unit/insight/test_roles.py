"""Who may see figures and change what is changed: every endpoint for every group."""

import pytest

from amends.domain.case.permissions import ROLES, Action, Group
from followup import actions, figures
from tests.support.arriving import request_of
from tests.support.office import Office
from tests.support.proofs import bearer_of

ACTION = "/v1/staff/actions/{action_id}"
NEEDED = {
    ("GET", "/v1/staff/analytics"): Action.SEE_FIGURES,
    ("GET", "/v1/staff/analytics/export"): Action.SEE_FIGURES,
    ("GET", "/v1/staff/carriers/scorecards"): Action.SEE_FIGURES,
    ("GET", "/v1/staff/carriers/scorecards/export"): Action.SEE_FIGURES,
    ("GET", "/v1/staff/actions"): Action.SEE_QUEUE,
    ("POST", "/v1/staff/actions"): Action.PROPOSE_ACTION,
    ("GET", ACTION): Action.SEE_QUEUE,
    ("POST", f"{ACTION}/owner"): Action.PROPOSE_ACTION,
    ("POST", f"{ACTION}/done"): Action.PROPOSE_ACTION,
    ("POST", f"{ACTION}/verify"): Action.CONFIRM_ACTION,
    ("POST", f"{ACTION}/drop"): Action.CONFIRM_ACTION,
    ("GET", "/v1/staff/cases/{case_id}/lesson"): Action.SEE_QUEUE,
}


def test_every_endpoint_of_staff_stands_in_the_table() -> None:
    office = Office()
    counter = office.counter
    mounted = {
        (one.method, one.path)
        for one in (*figures.endpoints(counter), *actions.endpoints(counter))
        if one.path.startswith("/v1/staff")
    }

    assert mounted == set(NEEDED)


@pytest.mark.parametrize("group", list(Group))
def test_a_group_may_do_what_the_table_says_and_nothing_else(group: Group) -> None:
    office = Office()
    for (method, path), action in NEEDED.items():
        full = path.replace("{action_id}", "act_none").replace("{case_id}", "case_none")
        status, unknown = (
            office.router(
                request_of(
                    method,
                    full,
                    {},
                    number=1,
                    bearer=bearer_of(who) if who else None,
                    headers={"idempotency-key": "key-1"},
                )
            )["statusCode"]
            for who in (f"{group}:x", "")
        )
        assert (status == 403) is (action not in ROLES[group]), (method, path)
        assert unknown == 401
