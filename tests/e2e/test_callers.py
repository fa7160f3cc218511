"""Merchants and staff on the deployed stack, with tokens of its own user pool."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.e2e.test_local_stack import merchant_token, token
from tests.e2e.test_mail_in import fresh_number
from tests.support.cloud import client, outcome

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


def client_of_pool(stack: Mapping[str, Any], *scopes: str, **more: Any) -> Mapping[str, Any]:
    """One more merchant: a client of the pool, which the template knows nothing of."""
    pool = client(stack, "cognito-idp")
    made = pool.create_user_pool_client(
        UserPoolId=stack["user_pool_id"],
        ClientName=f"merchant-{uuid4().hex[:8]}",
        GenerateSecret=True,
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=[f"amends/{scope}" for scope in scopes],
        **more,
    )["UserPoolClient"]
    credentials = {"client_id": made["ClientId"], "client_secret": made["ClientSecret"]}
    asked = {"scopes": " ".join(f"amends/{scope}" for scope in scopes)}
    return {**stack, "merchant": {**stack["merchant"], **credentials, **asked}}


def test_a_second_merchant_is_let_in_by_its_scope_and_sees_nothing_of_the_first(
    stack: Mapping[str, Any],
) -> None:
    other = merchant_token(client_of_pool(stack, "shipments", "cases"))
    theirs = report(stack, merchant_token(stack))

    assert outcome(stack, "GET", "/v1/shipments", bearer=other).json()["data"] == []
    assert outcome(stack, "GET", f"/v1/cases/{theirs['id']}", bearer=other).status == 404
    refused = outcome(stack, "GET", "/v1/webhooks", bearer=other)
    assert (refused.status, refused.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("path", ["/v1/cases", "/v1/shipments", "/v1/webhooks", "/v1/events"])
@pytest.mark.parametrize("kind", ["none", "forged", "unsigned", "nonsense"])
def test_a_merchant_who_proves_nothing_is_told_so_with_its_code(
    stack: Mapping[str, Any], path: str, kind: str
) -> None:
    head, claims, seal = merchant_token(stack).split(".")
    bearer = {
        "none": None,
        "forged": f"{head}.{claims}.{seal[::-1]}",
        "unsigned": f"eyJhbGciOiJub25lIn0.{claims}.",
        "nonsense": "x.y.z",
    }[kind]

    answer = outcome(stack, "GET", path, bearer=bearer)

    assert (answer.status, answer.json()["code"]) == (401, "unauthenticated")
    assert answer.headers["content-type"].startswith("application/problem+json")


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


@pytest.mark.requirement("000-13")
def test_staff_find_a_case_by_what_a_caller_can_name(stack: Mapping[str, Any]) -> None:
    mark, number = uuid4().hex[:12], fresh_number()
    addressee = {"name": f"Erika {mark}", "email": f"{mark}@example.org"}
    body = {
        "incident": {"kind": "lost", "details": {"noticed_how": "not_arrived"}},
        "shipment": {"tracking_number": number, "order_reference": f"PO {mark}"},
        "reporter": {"role": "sender", "email": "shop@example.org"},
        "addressee": addressee,
    }
    case = outcome(stack, "POST", "/v1/cases", body=body).json()["id"]
    agent, finance = token(stack, "agent"), token(stack, "finance")

    def found(text: str, bearer: str) -> list[str]:
        path = f"/v1/staff/cases?{urlencode({'q': text})}"
        return [row["id"] for row in outcome(stack, "GET", path, bearer=bearer).json()["data"]]

    for told in (case, number.lower(), f"po{mark}", addressee["email"].upper()):
        assert found(told, agent) == [case], told
    assert found(addressee["email"], finance) == []
    read = outcome(stack, "GET", f"/v1/staff/cases/{case}", bearer=agent).json()
    assert read["incident"]["details"] == {"noticed_how": "not_arrived"}


def test_the_document_is_served_whole(stack: Mapping[str, Any]) -> None:
    answer = outcome(stack, "GET", "/v1/openapi.json")

    assert answer.status == 200
    assert "/v1/cases/{case_id}" in answer.json()["paths"]


@pytest.mark.requirement("002-1")
def test_of_six_who_report_one_parcel_at_once_one_opens_its_case(stack: Mapping[str, Any]) -> None:
    body = {
        "incident": {"kind": "lost"},
        "shipment": {
            "tracking_number": fresh_number(),
            "carrier": "china_post",
            "shipped_on": "2026-11-01",
        },
        "reporter": {"role": "sender", "email": "crowd@example.org"},
    }

    with ThreadPoolExecutor(6) as crowd:
        calls = [crowd.submit(outcome, stack, "POST", "/v1/cases", body=body) for _ in range(6)]
        answers = [call.result() for call in calls]

    assert sorted(answer.status for answer in answers) == [201, 202, 202, 202, 202, 202]
    assert sum("joined" in answer.json() for answer in answers) == 5
