"""Nothing that the document allows is answered with a fault, or with what it does not say."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.support.api_world import TURNS, ApiWorld, api_world
from tests.support.openapi import closed, served


def can_be_wrong(operation: Any) -> bool:
    """Whether a caller can send what the document does not allow."""
    queried = any(
        parameter.get("in") == "query" and parameter["schema"] != {"type": "string"}
        for parameter in operation.get("parameters", ())
    )
    return queried or "application/json" in operation.get("requestBody", {}).get("content", {})


EXAMPLES = int(os.environ.get("AMENDS_API_EXAMPLES", "1"))
"""Tries for each operation and mode; the staff's many commands share one way, others get twice."""
DOCUMENT = served()
ASKED = [
    pytest.param(path, verb, mode, id=f"{mode.value} {verb.upper()} {path}")
    for path, verbs in sorted(DOCUMENT["paths"].items())
    for verb, operation in verbs.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or can_be_wrong(operation)
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
    negative_data_rejection,
]
REFUSED = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429"]


@pytest.fixture(scope="module")
def world() -> Iterator[ApiWorld]:
    with pytest.MonkeyPatch.context() as monkeypatch, api_world(monkeypatch) as made:
        yield made


@pytest.fixture(scope="module")
def schema(world: ApiWorld) -> Any:
    """The document, its answers closed: what it does not name is refused."""
    loaded = schemathesis.openapi.from_dict(closed(served()))
    loaded.app = world.gateway
    loaded.config.generation.update(with_security_parameters=False, allow_extra_parameters=False)
    loaded.config.checks.negative_data_rejection.expected_statuses = REFUSED
    return loaded


def test_the_document_is_served_to_anyone(world: ApiWorld) -> None:
    answer = world.gateway.call("GET", "/v1/openapi.json")

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["openapi"] == "3.1.0"


@pytest.mark.parametrize(("path", "verb", "mode"), ASKED)
def test_an_operation_answers_as_documented(
    world: ApiWorld, schema: Any, path: str, verb: str, mode: GenerationMode
) -> None:
    operation = schema[path][verb.upper()]

    @settings(
        max_examples=EXAMPLES if path.startswith("/v1/staff") else 2 * EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), known=st.sampled_from([None, *TURNS]))
    def answers(case: Any, known: str | None) -> None:
        if known and "case_id" in case.path_parameters:
            case.path_parameters["case_id"] = known
        case.call_and_validate(headers=proof(world, operation, case), checks=CHECKS)

    answers()


def proof(world: ApiWorld, operation: Any, case: Any) -> dict[str, str]:
    """What a caller of the operation shows."""
    needed = {name for one in operation.definition.raw.get("security", ()) for name in one}
    if "staff" in needed:
        return {"Authorization": f"Bearer {world.staff}"}
    if "caseToken" in needed:
        return {"Authorization": f"Bearer {world.case_token(str(case.path_parameters['case_id']))}"}
    if "merchant" in needed:
        return {"Authorization": f"Bearer {world.merchant}"}
    return {}
