"""Which endpoint answers: verbs and paths, and what HTTP makes of HEAD."""

from collections.abc import Mapping
from typing import Any

import pytest

from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.identity import Identity
from amends.web.problem import Unauthenticated
from amends.web.router import Endpoint, Router

SAID = '{"id": "box_7"}'


def show(call: Call) -> Answer:
    assert call.method == "GET", "whoever reads is asked as by GET"
    return Answer(status=200, body=SAID, headers={"etag": call.params["id"]})


def write(call: Call) -> Answer:
    raise AssertionError(f"{call.method} writes nothing here")


def nobody(token: str) -> Identity:
    raise Unauthenticated(token)


ROUTER = Router(
    Endpoint(method="GET", path="/v1/boxes/{id}", answer=show),
    Endpoint(method="PUT", path="/v1/boxes/{id}", answer=write),
    Endpoint(method="POST", path="/v1/boxes", answer=write),
    Endpoint(method="GET", path="/v1/staff/boxes", answer=write),
    prove=nobody,
)


def ask(method: str, path: str) -> Mapping[str, Any]:
    http = {"method": method, "path": path}
    return ROUTER({"rawPath": path, "requestContext": {"requestId": "r-1", "http": http}})


def test_head_is_answered_as_get_and_the_gateway_knows_how_long_that_is() -> None:
    assert ask("HEAD", "/v1/boxes/7") == ask("GET", "/v1/boxes/7")
    assert ask("HEAD", "/v1/boxes/7")["statusCode"] == 200
    assert ask("HEAD", "/v1/nowhere")["statusCode"] == 404
    assert ask("HEAD", "/v1/staff/boxes")["statusCode"] == 401


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/v1/boxes/7", "GET, HEAD, PUT"),
        ("HEAD", "/v1/boxes", "POST"),
        ("get", "/v1/boxes/7", "GET, HEAD, PUT"),
    ],
)
def test_a_verb_that_the_path_does_not_know_is_told_which_it_does(
    method: str, path: str, allowed: str
) -> None:
    answer = ask(method, path)

    assert (answer["statusCode"], answer["headers"]["allow"]) == (405, allowed)
