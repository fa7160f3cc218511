"""Staff prove themselves on the deployed stack; whoever cannot is told so, and nothing happens."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

import pytest

from tests.e2e.test_callers import client_of_pool, report
from tests.e2e.test_local_stack import merchant_token, token
from tests.support.cloud import client, outcome
from tests.support.token_house import claims, encoded, jwk, signed
from tools.local.waiting import until

pytestmark = pytest.mark.stack
Stack = Mapping[str, Any]
CASES = "/v1/staff/cases"
PASSWORD = f"Aa1!{uuid4().hex}"


def tokens(stack: Stack, app: str, name: str, password: str) -> dict[str, str]:
    """What a pool gives a user who signs in through one of its clients."""
    answer = client(stack, "cognito-idp").initiate_auth(
        ClientId=app,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    found: dict[str, str] = answer["AuthenticationResult"]
    return found


def app_of(stack: Stack, pool: str) -> str:
    """One more client that people sign in through."""
    made = client(stack, "cognito-idp").create_user_pool_client(
        UserPoolId=pool,
        ClientName=f"app-{uuid4().hex[:8]}",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    return str(made["UserPoolClient"]["ClientId"])


def through_another_client(stack: Stack) -> str:
    """A supervisor of ours, by an app that is not staff's."""
    pool, person = stack["user_pool_id"], stack["staff"]["supervisor"]
    app = app_of(stack, pool)
    return tokens(stack, app, person["username"], person["password"])["IdToken"]


def of_another_pool(stack: Stack) -> str:
    """Somebody whom another issuer calls a supervisor, truly signed by it."""
    pools = client(stack, "cognito-idp")
    pool = pools.create_user_pool(PoolName=f"other-{uuid4().hex[:8]}")["UserPool"]["Id"]
    pools.create_group(UserPoolId=pool, GroupName="supervisor")
    pools.admin_create_user(UserPoolId=pool, Username="eve", MessageAction="SUPPRESS")
    pools.admin_set_user_password(
        UserPoolId=pool, Username="eve", Password=PASSWORD, Permanent=True
    )
    pools.admin_add_user_to_group(UserPoolId=pool, Username="eve", GroupName="supervisor")
    return tokens(stack, app_of(stack, pool), "eve", PASSWORD)["IdToken"]


def forged(stack: Stack, **head: Any) -> str:
    """All that a supervisor's token says, signed with a key of our own."""
    issuer = f"https://cognito-idp.{stack['region']}.amazonaws.com/{stack['user_pool_id']}"
    told = {"iss": issuer, "client_id": stack["staff_client_id"], "cognito:groups": ["supervisor"]}
    return signed(claims(at=datetime.now(UTC), **told), key="two", head=head)


def unsigned(stack: Stack) -> str:
    """A token that says of itself that nobody signed it."""
    unsealed = encoded(b'{"alg": "none"}')
    return f"{unsealed}.{forged(stack).split('.')[1]}."


def turned(stack: Stack) -> str:
    """A good token with the letters of its signature turned round."""
    head, told, seal = token(stack, "supervisor").split(".")
    return f"{head}.{told}.{seal[::-1]}"


def known_name(stack: Stack) -> str:
    """Our own key under the name of one of the pool's."""
    page = f"{stack['endpoint_url']}/{stack['user_pool_id']}/.well-known/jwks.json"
    with urlopen(page, timeout=120) as answer:
        names = [key["kid"] for key in loads(answer.read())["keys"]]
    return forged(stack, kid=names[0])


SHOWN: Mapping[str, Callable[[Stack], str | None]] = {
    "nothing": lambda _: None,
    "nonsense": lambda _: "x.y.z",
    "a case token": lambda stack: str(report(stack, None)["token"]),
    "a merchant": merchant_token,
    "another client": through_another_client,
    "another issuer": of_another_pool,
    "another key": forged,
    "another key by a known name": known_name,
    "a key of its own": lambda stack: forged(stack, jwk=jwk("two"), kid="two"),
    "unsigned": unsigned,
    "a turned signature": turned,
}


@pytest.mark.parametrize("kind", SHOWN)
def test_who_does_not_prove_to_be_staff_reads_nothing_and_does_nothing(
    stack: Stack, kind: str
) -> None:
    case, bearer = report(stack, None), SHOWN[kind](stack)
    body = {"finding": "lost", "ground": "nobody has it", "rule": "searched", "evidence": ["x"]}
    path = f"{CASES}/{case['id']}"

    answers = [
        outcome(stack, "GET", CASES, bearer=bearer),
        outcome(stack, "GET", path, bearer=bearer),
        outcome(stack, "POST", f"{path}/conclusion", body=body, bearer=bearer),
    ]

    for answer in answers:
        assert (answer.status, answer.json()["code"]) == (401, "unauthenticated")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
    kept = outcome(stack, "GET", f"/v1/cases/{case['id']}", bearer=case["token"]).json()
    assert kept["conclusion"] is None or kept["conclusion"]["rule"] != "searched"


@pytest.mark.stretch(3)
def test_a_token_is_refused_once_it_has_expired(stack: Stack) -> None:
    short = {"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "seconds"}}
    shown = {
        "/v1/shipments": merchant_token(client_of_pool(stack, "shipments", **short)),
        CASES: short_token(stack),
    }

    def answers() -> list[Any] | None:
        found = [outcome(stack, "GET", path, bearer=bearer) for path, bearer in shown.items()]
        return found if all(answer.status != 200 for answer in found) else None

    began = datetime.now(UTC)
    found = until(answers, within=180)  # half a minute is granted to clocks that differ

    assert datetime.now(UTC) - began > timedelta(seconds=20)  # they held until then
    for answer in found:
        assert (answer.status, answer.json()["code"]) == (401, "unauthenticated")


def short_token(stack: Stack) -> str:
    """An access token of staff for a second; every other test shows the id token."""
    pools = client(stack, "cognito-idp")
    pool, app = stack["user_pool_id"], stack["staff_client_id"]
    kept = pools.describe_user_pool_client(UserPoolId=pool, ClientId=app)["UserPoolClient"]
    names = ("ExplicitAuthFlows", "PreventUserExistenceErrors", "IdTokenValidity")
    same = {"UserPoolId": pool, "ClientId": app, **{name: kept[name] for name in names}}
    for validity, unit in ((1, "seconds"), (60, "minutes")):
        units = {"AccessToken": unit, "IdToken": "minutes"}
        pools.update_user_pool_client(
            AccessTokenValidity=validity, TokenValidityUnits=units, **same
        )
        if unit == "seconds":
            person = stack["staff"]["agent"]
            found = tokens(stack, app, person["username"], person["password"])
    return found["AccessToken"]


@pytest.mark.parametrize("kind", ["AccessToken", "IdToken"])
def test_a_member_of_staff_is_let_in_with_either_token(stack: Stack, kind: str) -> None:
    person = stack["staff"]["agent"]
    found = tokens(
        stack,
        stack["staff_client_id"],
        person["username"],
        person["password"],
    )

    assert outcome(stack, "GET", CASES, bearer=found[kind]).status == 200
