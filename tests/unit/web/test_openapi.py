"""The document says what the routers mount, and reaches them through the gateway's routes."""

from importlib import import_module

import pytest

from amends.web.contract import Caller, Operation
from amends.web.proving import prove
from amends.web.router import STAFFS, Endpoint, Router
from claim_settle.staff.forms import form_of
from claim_settle.staff.investigation import COMMANDS
from tests.support.gateway import Gateway
from tests.support.openapi import served
from tools.openapi_document import FUNCTIONS
from tools.openapi_problems import codes

DOCUMENT = served()
MOUNTED = [
    (router, endpoint, operations[endpoint.method, endpoint.path])
    for router, operations in FUNCTIONS
    for endpoint in router.endpoints
    if (endpoint.method, endpoint.path) in operations
]


@pytest.mark.parametrize(
    ("router", "endpoint", "operation"),
    MOUNTED,
    ids=[f"{endpoint.method} {endpoint.path}" for _, endpoint, _ in MOUNTED],
)
def test_the_gateway_leads_each_path_to_its_router_which_asks_staff_alone_for_staffs_proof(
    router: Router, endpoint: Endpoint, operation: Operation
) -> None:
    path = endpoint.path.replace("{", "").replace("}", "")
    route = Gateway().route(endpoint.method, path)
    module = import_module(route.handler.rpartition(".")[0])

    assert module.router is router
    assert router.prove is prove
    assert (operation.caller is Caller.STAFF) is endpoint.path.startswith(STAFFS)


def test_every_name_of_an_operation_is_its_own() -> None:
    names = [
        operation["operationId"]
        for path in DOCUMENT["paths"].values()
        for operation in path.values()
    ]

    assert len(set(names)) == len(names)


def test_codes_of_refusals_stand_in_the_problems() -> None:
    assert "not_found" in codes()[404]
    assert "idempotency_key_reused" in codes()[422]
    known = DOCUMENT["components"]["schemas"]["Problem404"]["properties"]["code"]["enum"]
    assert "not_found" in known


def test_a_staff_body_is_told_by_its_reading() -> None:
    (liability,) = (one for one in COMMANDS if one.path.endswith("{case_id}/liability"))

    form = form_of(liability.prepare)

    assert set(form["required"]) == {"shares", "evidence"}
    shares = form["properties"]["shares"]["items"]
    assert set(shares["required"]) == {"party", "share", "ground", "rule"}
    assert "our_station" in shares["properties"]["party"]["enum"]


def test_what_a_staff_command_looks_for_first_may_be_left_out() -> None:
    (weights,) = (one for one in COMMANDS if one.path.endswith("/weights"))

    form = form_of(weights.prepare)

    assert form["required"] == ["accepted_grams", "delivered_grams"]
    assert {"tolerance_grams", "seal_intact"} <= set(form["properties"])
