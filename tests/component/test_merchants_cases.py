"""Merchants report, list and read their own cases with a token that is verified in code."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.api_world import MERCHANT, TURNS, ApiWorld, api_world
from tests.support.cloud import Outcome
from tests.support.token_house import claims, merchant_token, signed

OFFERED = "case_00000000000000000000offered"
REPORT = {
    "incident": {"kind": "lost"},
    "shipment": {"tracking_number": "RR123456785CN", "carrier": "china_post"},
    "reporter": {"role": "merchant", "email": "shop@example.org"},
}

KEY = {"idempotency-key": "1"}
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def world() -> Iterator[ApiWorld]:
    with pytest.MonkeyPatch.context() as monkeypatch, api_world(monkeypatch) as made:
        yield made


def call(
    world: ApiWorld, method: str, path: str, *, token: str | None, body: object = None, **more: str
) -> Outcome:
    headers = {"content-type": "application/json", **more}
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    path, _, query = path.partition("?")
    raw = b"" if body is None else json.dumps(body).encode()
    return world.gateway.call(method, path, headers=headers, body=raw, query=query)


def listed(world: ApiWorld, token: str) -> list[Any]:
    """Every page, two rows at a time."""
    rows: list[Any] = []
    cursor = ""
    while True:
        page = call(world, "GET", f"/v1/cases?limit=2{cursor}", token=token).json()
        rows += page["data"]
        if not page["has_more"]:
            return rows
        cursor = f"&cursor={page['next_cursor']}"


def test_a_merchants_report_is_the_merchants_own_case(world: ApiWorld) -> None:
    mine, others = merchant_token("shop-a"), merchant_token("shop-b")

    reported = call(world, "POST", "/v1/cases", token=mine, body=REPORT)
    path = reported.headers["location"]

    assert reported.status == 201
    assert [row["id"] for row in listed(world, mine)] == [reported.json()["id"]]
    assert listed(world, others) == []
    assert call(world, "GET", path, token=mine).status == 200
    assert call(world, "GET", path, token=reported.json()["token"]).status == 200
    assert call(world, "GET", path, token=others).status == 404


def test_two_merchants_may_use_the_same_key(world: ApiWorld) -> None:
    answers = [
        call(
            world,
            "POST",
            "/v1/cases",
            token=merchant_token(shop),
            body=REPORT,
            **{"idempotency-key": "1"},
        )
        for shop in ("shop-c", "shop-d", "shop-c")
    ]

    first, other, again = (answer.json()["id"] for answer in answers)
    assert first == again != other
    assert answers[2].headers["idempotency-replayed"] == "true"


def test_every_case_of_a_merchant_is_listed_page_by_page(world: ApiWorld) -> None:
    rows = listed(world, merchant_token(MERCHANT))

    assert [row["id"] for row in rows] == sorted(TURNS)


def test_a_merchant_acts_on_its_own_case_and_the_history_says_so(world: ApiWorld) -> None:
    case_id = "case_00000000000000000000000open"
    path = f"/v1/cases/{case_id}"

    done = call(world, "POST", f"{path}/withdraw", token=merchant_token(MERCHANT), body={})
    seen = call(world, "GET", f"/v1/staff/cases/{case_id}", token=world.staff).json()

    assert done.status == 200
    assert seen["timeline"][-1]["by"] == f"merchant:{MERCHANT}"


@pytest.mark.parametrize(
    ("token", "status", "code"),
    [
        (None, 401, "unauthenticated"),
        ("a.b.c", 401, "unauthenticated"),
        (
            merchant_token(MERCHANT, at=NOW - timedelta(days=1)),
            401,
            "unauthenticated",
        ),
        (signed(claims(at=NOW), key="two"), 401, "unauthenticated"),
        (f"{merchant_token(MERCHANT)[:-8]}AAAAAAAA", 401, "unauthenticated"),
        (signed(claims(at=NOW), head={"alg": "none"}), 401, "unauthenticated"),
        (merchant_token(MERCHANT, iss="https://elsewhere.example"), 401, "unauthenticated"),
        (merchant_token(MERCHANT, scope="amends/shipments"), 403, "forbidden"),
        (merchant_token("another"), 404, "not_found"),
        ("0" * 64, 404, "not_found"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_is_not_who_they_say_gets_nothing(
    world: ApiWorld, token: str | None, status: int, code: str, method: str
) -> None:
    path = f"/v1/cases/{OFFERED}" + ("" if method == "GET" else "/withdraw")

    answer = call(world, method, path, token=token, body=None if method == "GET" else {})

    assert (answer.status, answer.json()["code"]) == (status, code)


def test_a_forged_token_reports_nothing(world: ApiWorld) -> None:
    forged = signed(claims(at=datetime.now(UTC), client_id="shop-e"), key="two")

    assert call(world, "POST", "/v1/cases", token=forged, body=REPORT).status == 401
    assert listed(world, merchant_token("shop-e")) == []
