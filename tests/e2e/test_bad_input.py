"""Bad input on the deployed stack: gateway or function refuses it, and nothing is stored."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from amends.domain.ids import ASKED, derived
from tests.support.cloud import client, outcome
from tests.support.intake_world import report_body

pytestmark = pytest.mark.stack
JSON = "application/json"


def post(stack: Mapping[str, Any], body: bytes, content_type: str, key: str) -> tuple[int, bytes]:
    request = urllib.request.Request(
        f"{stack['api_url']}/v1/cases",
        data=body,
        headers={"Content-Type": content_type, "Idempotency-Key": key},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize(("path", "status"), [("/v1/status", 200), ("/v1/cases/case_x", 401)])
def test_head_is_answered_as_get_without_its_content(
    stack: Mapping[str, Any], path: str, status: int
) -> None:
    told = {verb: outcome_of(stack, verb, path) for verb in ("GET", "HEAD")}

    assert [one[0] for one in told.values()] == [status, status]
    assert told["HEAD"][1] == told["GET"][1]
    assert (told["HEAD"][2], bool(told["GET"][2])) == (b"", True)


def outcome_of(stack: Mapping[str, Any], verb: str, path: str) -> tuple[int, str | None, bytes]:
    """Status, type and content of an answer."""
    request = urllib.request.Request(f"{stack['api_url']}{path}", method=verb)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.headers["content-type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["content-type"], error.read()


def events(stack: Mapping[str, Any], key: str) -> int:
    """How many events a report with this key has caused; others report to the stack meanwhile."""
    pages = client(stack, "dynamodb").get_paginator("scan")
    found = pages.paginate(
        TableName=stack["tables"]["events_table"],
        Select="COUNT",
        ConsistentRead=True,
        FilterExpression="because = :cause",
        ExpressionAttributeValues={":cause": {"S": derived(ASKED, "POST", "/v1/cases", key)}},
    )
    return sum(int(page["Count"]) for page in found)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        (b"", JSON, 400, "bad_json"),
        (b'{"incident": ', JSON, 400, "bad_json"),
        (b"a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (json.dumps(report_body() | {"surprise": 1}).encode(), JSON, 422, "invalid"),
        (json.dumps(report_body(reporter={"role": 7})).encode(), JSON, 422, "invalid"),
        (b"\xff\xfe\x00", JSON, 400, "bad_json"),
        (b'"' + b"x" * 2_000_000 + b'"', JSON, 413, "too_large"),
        (b'"' + b"x" * 11_000_000 + b'"', JSON, 413, "too_large"),
    ],
    ids=["empty", "broken", "form", "unknown", "type", "bytes", "two megabytes", "eleven"],
)
def test_a_bad_body_is_refused_and_nothing_is_stored(
    stack: Mapping[str, Any], body: bytes, content_type: str, status: int, code: str
) -> None:
    key = uuid4().hex

    told, problem = post(stack, body, content_type, key)

    assert told == status, problem[:300]
    assert json.loads(problem)["code"] == code
    assert events(stack, key) == 0


def test_unknown_and_somebody_elses_case_are_told_apart_by_nobody(
    stack: Mapping[str, Any],
) -> None:
    mine, theirs = (outcome(stack, "POST", "/v1/cases", body=report_body()).json() for _ in "ab")
    unknown = f"case_{'0' * 26}"

    answers = [
        outcome(stack, "GET", f"/v1/cases/{case_id}", bearer=mine["token"]).json()
        for case_id in (theirs["id"], unknown)
    ]

    for answer in answers:
        del answer["request_id"]
    assert answers[0] == answers[1]
    assert answers[0]["code"] == "not_found"


def test_a_forged_token_of_a_case_opens_nothing_and_says_so(stack: Mapping[str, Any]) -> None:
    case = outcome(stack, "POST", "/v1/cases", body=report_body()).json()
    path, token = f"/v1/cases/{case['id']}", case["token"]
    forged = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")

    answers = [outcome(stack, "GET", path, bearer=bearer) for bearer in (forged, "x", None)]

    assert {answer.status for answer in answers} <= {401, 404}
    assert {answer.json()["code"] for answer in answers} <= {"unauthenticated", "not_found"}
    assert outcome(stack, "GET", path, bearer=token).status == 200


def test_a_key_with_another_body_is_refused_and_a_repeat_is_the_first_answer(
    stack: Mapping[str, Any],
) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    first = outcome(stack, "POST", "/v1/cases", body=report_body(), headers=key)

    other = outcome(stack, "POST", "/v1/cases", body=report_body(channel="app"), headers=key)
    again = outcome(stack, "POST", "/v1/cases", body=report_body(), headers=key)

    assert (other.status, other.json()["code"]) == (422, "idempotency_key_reused")
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert events(stack, key["Idempotency-Key"]) > 0
