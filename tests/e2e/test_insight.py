"""Figures, actions and search on the deployed stack: the stream counts, roles are kept."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_callers import report
from tests.e2e.test_local_stack import merchant_token, token
from tests.support.cloud import client, outcome
from tools.local.mailbox import wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack


@pytest.mark.requirement("000-1", "001-24", "000-23", "002-19")
def test_a_reported_case_is_counted_once_and_who_is_late_with_an_action_is_told(
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
    owner = late_action(stack)

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
    told = wait_for_mail(stack, lambda one: owner in one["To"], within=180)
    assert "nothing was seen at the second belt" in told["BodyText"]


def late_action(stack: Mapping[str, Any]) -> str:
    """An action that is overdue, when the hour has come to look for such; its owner's address."""
    owner, head = f"{uuid4().hex}@example.org", token(stack, "supervisor")
    why = "nothing was seen at the second belt"
    late = {"kind": "camera", "because": why, "owner": owner, "due_on": "2026-01-02"}
    made = outcome(stack, "POST", "/v1/staff/actions", body=late, bearer=head)
    assert made.status == 201, made.body
    listed = outcome(stack, "GET", "/v1/staff/actions?view=overdue&limit=100", bearer=head).json()
    assert made.json()["id"] in {row["id"] for row in listed["data"]}
    hour = json.dumps({"remind": "owners"})  # what the schedule puts there once an hour
    client(stack, "sqs").send_message(QueueUrl=stack["queues"]["delivery_queue"], MessageBody=hour)
    return owner


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
