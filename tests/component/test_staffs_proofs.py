"""No endpoint of staff answers anybody who does not prove to be staff, now, to this API."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from amends.web import proving
from amends.web.router import STAFFS
from tests.support.api_world import MERCHANT, ApiWorld, api_world
from tests.support.token_house import (
    STAFF_CLIENT,
    claims,
    encoded,
    merchant_token,
    signed,
    staff_token,
)
from tools.openapi_document import FUNCTIONS

HOUR = timedelta(hours=1)
CASE = "case_00000000000000000000000open"
ENDPOINTS = [
    (endpoint.method, endpoint.path)
    for router, _ in FUNCTIONS
    for endpoint in router.endpoints
    if endpoint.path.startswith(STAFFS)
]
LISTED = "/v1/staff/cases"


@pytest.fixture(scope="module")
def world() -> Iterator[ApiWorld]:
    with pytest.MonkeyPatch.context() as monkeypatch, api_world(monkeypatch) as made:
        yield made


def refusal(world: ApiWorld, method: str, path: str, bearer: str | None) -> tuple[int, str]:
    """What is answered, as a problem."""
    headers = {"content-type": "application/json", "idempotency-key": "k"}
    if bearer is not None:
        headers["authorization"] = f"Bearer {bearer}"
    answer = world.gateway.call(method, path, headers=headers, body=b"{}")
    assert answer.headers["content-type"] == "application/problem+json", (method, path)
    return answer.status, answer.json()["code"]


def id_token(**more: object) -> str:
    """What staff's own client is given beside the access token."""
    told = {"token_use": "id", "aud": STAFF_CLIENT, "sub": "anna", "cognito:groups": ["agent"]}
    return signed({**claims(at=datetime.now(UTC)), "client_id": None, **told, **more})


def bearers(world: ApiWorld) -> dict[str, str | None]:
    """Everything that somebody may show who is not staff."""
    now = datetime.now(UTC)
    good = staff_token("anna", "supervisor")
    head, body, seal = good.split(".")
    unsigned = encoded(b'{"alg": "none"}')
    return {
        "nothing": None,
        "nonsense": "x.y.z",
        "a case token": world.case_token(CASE),
        "a merchant": merchant_token(MERCHANT),
        "a merchant who claims a group": signed(claims(at=now, **{"cognito:groups": ["admin"]})),
        "another client": staff_token("anna", "supervisor", client_id="other"),
        "an id token of another client": id_token(aud="other"),
        "an id token that names a client": id_token(aud=None, client_id=STAFF_CLIENT),
        "another use": staff_token("anna", "supervisor", token_use="refresh"),
        "nobody": staff_token("", "supervisor"),
        "another issuer": staff_token("anna", "supervisor", iss="https://elsewhere.example"),
        "expired": staff_token("anna", "supervisor", at=now - 2 * HOUR),
        "another key": signed(claims(at=now, client_id=STAFF_CLIENT), key="two"),
        "another key under a known name": signed(claims(at=now), key="two", head={"kid": "one"}),
        "unsigned": f"{unsigned}.{body}.",
        "another body": f"{head}.{body[:-2]}AA.{seal}",
    }


def test_every_proof_that_does_not_hold_is_told_by_a_problem_with_its_code(
    world: ApiWorld,
) -> None:
    for kind, bearer in bearers(world).items():
        assert refusal(world, "GET", LISTED, bearer) == (401, "unauthenticated"), kind


def test_no_endpoint_of_staff_answers_anybody_else(world: ApiWorld) -> None:
    assert len(ENDPOINTS) > 50
    others = (None, world.case_token(CASE), merchant_token(MERCHANT))
    for method, path in ENDPOINTS:
        full = path.replace("{case_id}", CASE).replace("{", "").replace("}", "")
        for bearer in others:
            assert refusal(world, method, full, bearer) == (401, "unauthenticated"), path


@pytest.mark.parametrize("bearer", [id_token(), staff_token("anna", "agent")], ids=["id", "access"])
def test_both_tokens_of_staffs_own_client_are_taken(world: ApiWorld, bearer: str) -> None:
    answer = world.gateway.call("GET", LISTED, headers={"authorization": f"Bearer {bearer}"})

    assert answer.status == 200


def test_staff_are_no_merchant(world: ApiWorld) -> None:
    for path in ("/v1/cases", "/v1/shipments", "/v1/webhooks"):
        for bearer in (staff_token("anna", "admin"), id_token()):
            assert refusal(world, "GET", path, bearer) == (403, "forbidden")


def test_an_open_endpoint_takes_no_notice_of_a_token_that_does_not_hold(world: ApiWorld) -> None:
    answer = world.gateway.call(
        "GET", "/v1/openapi.json", headers={"authorization": "Bearer x.y.z"}
    )

    assert answer.status == 200


def test_keys_that_cannot_be_read_are_a_moments_trouble_and_not_a_forgery(
    world: ApiWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN_KEYS_URL", "http://127.0.0.1:9/keys")
    proving.pool.cache_clear()
    headers = {"authorization": f"Bearer {world.staff}"}

    answer = world.gateway.call("GET", LISTED, headers=headers)
    monkeypatch.undo()
    proving.pool.cache_clear()

    assert (answer.status, answer.json()["code"]) == (503, "keys_unreadable")
    assert int(answer.headers["retry-after"]) > 0
