"""Merchants and staff on the deployed stack, with tokens of its own user pool."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.test_local_stack import merchant_token, token
from tests.e2e.test_mail_in import fresh_number
from tests.support.cloud import outcome

pytestmark = pytest.mark.stack


def report(stack: Mapping[str, Any], bearer: str | None) -> Any:
    body = {
        "incident": {"kind": "lost"},
        "shipment": {"tracking_number": fresh_number(), "carrier": "china_post"},
        "reporter": {"role": "merchant", "email": "shop@example.org"},
    }
    answer = outcome(stack, "POST", "/v1/cases", body=body, bearer=bearer)
    assert answer.status == 201, answer.body
    return answer.json()


def test_a_merchant_reports_lists_and_reads_its_own_cases(stack: Mapping[str, Any]) -> None:
    bearer = merchant_token(stack)

    mine, others = report(stack, bearer), report(stack, None)
    listed = outcome(stack, "GET", "/v1/cases?limit=100", bearer=bearer).json()["data"]

    ids = {row["id"] for row in listed}
    assert mine["id"] in ids
    assert others["id"] not in ids
    assert outcome(stack, "GET", f"/v1/cases/{mine['id']}", bearer=bearer).status == 200
    assert outcome(stack, "GET", f"/v1/cases/{others['id']}", bearer=bearer).status == 404


def test_a_forged_token_of_a_merchant_is_refused(stack: Mapping[str, Any]) -> None:
    head, claims, seal = merchant_token(stack).split(".")
    forged = f"{head}.{claims}.{seal[::-1]}"

    answer = outcome(stack, "GET", "/v1/cases", bearer=forged)

    assert (answer.status, answer.json()["code"]) == (401, "unauthenticated")


def test_staff_list_read_and_conclude(stack: Mapping[str, Any]) -> None:
    case, bearer = report(stack, None), token(stack, "investigator")
    path = f"/v1/staff/cases/{case['id']}"

    queue = outcome(stack, "GET", f"/v1/staff/cases?stage={case['stage']}&limit=100", bearer=bearer)
    seen = outcome(stack, "GET", path, bearer=bearer)
    body = {"finding": "lost", "ground": "nobody has it", "rule": "searched", "evidence": ["x"]}
    done = outcome(stack, "POST", f"{path}/conclusion", body=body, bearer=bearer)

    assert queue.status == seen.status == 200
    assert seen.json()["id"] == case["id"]
    assert done.status in (200, 409), done.body  # 409: the case has moved on by itself meanwhile


def test_the_document_is_served_whole(stack: Mapping[str, Any]) -> None:
    answer = outcome(stack, "GET", "/v1/openapi.json")

    assert answer.status == 200
    assert "/v1/cases/{case_id}" in answer.json()["paths"]
