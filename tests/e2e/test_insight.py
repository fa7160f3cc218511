"""Figures, actions and search on the deployed stack: the stream counts, roles are kept."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.test_callers import report
from tests.e2e.test_local_stack import merchant_token, token
from tests.support.cloud import outcome
from tools.local.waiting import until

pytestmark = pytest.mark.stack


@pytest.mark.requirement("000-1", "001-24")
def test_a_reported_case_is_counted_once_for_staff_and_for_its_merchant(
    stack: Mapping[str, Any],
) -> None:
    staff, shop = token(stack, "supervisor"), merchant_token(stack)

    def figures(path: str, bearer: str) -> Mapping[str, Any] | None:
        answer = outcome(stack, "GET", path, bearer=bearer)
        assert answer.status == 200, answer.body
        groups: list[Mapping[str, Any]] = answer.json()["groups"]
        return groups[0]["kpis"] if groups else None

    before = (figures("/v1/analytics", shop) or {"cases": 0})["cases"]
    case = report(stack, shop)

    def counted() -> Mapping[str, Any] | None:
        mine = figures("/v1/analytics", shop)
        return mine if mine and mine["cases"] > before else None

    assert until(counted, within=60)["cases"] == before + 1
    everywhere = figures("/v1/staff/analytics?by=carrier&value=china_post", staff)
    assert everywhere is not None
    assert everywhere["cases"] >= before + 1
    number = case["shipment"]["tracking_number"]
    found = outcome(stack, "GET", f"/v1/staff/cases?number={number}", bearer=staff).json()["data"]
    assert [row["id"] for row in found] == [case["id"]]
    path = "/v1/staff/cases?claimant=SHOP@example.org&limit=100"
    claimed = outcome(stack, "GET", path, bearer=token(stack, "agent")).json()["data"]
    assert case["id"] in {row["id"] for row in claimed}


def test_an_action_goes_from_the_desk_to_its_verification(stack: Mapping[str, Any]) -> None:
    staff, other = token(stack, "investigator"), token(stack, "supervisor")
    body = {"kind": "camera", "because": "nothing seen", "owner": "hub", "due_on": "2027-01-01"}

    made = outcome(stack, "POST", "/v1/staff/actions", body=body, bearer=staff)
    path = f"/v1/staff/actions/{made.json()['id']}"
    done = outcome(stack, "POST", f"{path}/done", body={"said": "hung up"}, bearer=staff)
    seen = outcome(stack, "POST", f"{path}/verify", body={"said": "looked"}, bearer=other)
    cards = outcome(stack, "GET", "/v1/staff/carriers/scorecards/export", bearer=other)

    assert (made.status, done.status, seen.status) == (201, 200, 200), seen.body
    assert seen.json()["state"] == "verified"
    assert cards.headers["content-type"].startswith("text/csv")
    assert outcome(stack, "GET", "/v1/staff/analytics", bearer=token(stack, "agent")).status == 403
    assert outcome(stack, "GET", "/v1/analytics").status == 401
