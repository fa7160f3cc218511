"""What a client of the released document would stumble over is found and named."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from tests.support.openapi import served
from tools.openapi_breaking import breaks

REPORT = "/v1/cases"
CASE = "/v1/cases/{case_id}"
CALLED = ("/v1/cases", "/v1/shipments", "/v1/tracking")
Change = Callable[[Any], object]


def schema(document: Any, name: str) -> Any:
    return document["components"]["schemas"][name]


def operation(document: Any, path: str, verb: str) -> Any:
    return document["paths"][path][verb]


def parameters(document: Any, path: str, verb: str) -> Any:
    return document["paths"][path][verb].setdefault("parameters", [])


BROKEN: dict[str, Change] = {
    "GET /v1/cases/{case_id} is gone": lambda d: d["paths"][CASE].pop("get"),
    "GET /v1/shipments is gone": lambda d: d["paths"].pop("/v1/shipments"),
    "POST /v1/cases body now needs items": lambda d: schema(d, "ReportBody")["required"].append(
        "items"
    ),
    "POST /v1/cases body no longer takes sender": lambda d: schema(d, "ReportBody")[
        "properties"
    ].pop("sender"),
    "POST /v1/cases body.incident.kind no longer takes lost": lambda d: schema(d, "Kind")[
        "enum"
    ].remove("lost"),
    "POST /v1/cases body.shipment.weight_grams has a smaller maximum": lambda d: schema(
        d, "ShipmentBody"
    )["properties"]["weight_grams"]["anyOf"][0].update(maximum=5),
    "GET /v1/cases/{case_id} answers 200 no longer says stage": lambda d: schema(d, "CaseDocument")[
        "properties"
    ].pop("stage"),
    "GET /v1/cases/{case_id} answers 200 no longer always says stage": lambda d: schema(
        d, "CaseDocument"
    )["required"].remove("stage"),
    "GET /v1/cases/{case_id} answers 200.version may now be string": lambda d: schema(
        d, "CaseDocument"
    )["properties"]["version"].update(type="string"),
    "GET /v1/cases/{case_id} no longer answers 200": lambda d: d["paths"][CASE]["get"][
        "responses"
    ].pop("200"),
    "GET /v1/cases/{case_id} now needs the query parameter lens": lambda d: parameters(
        d, CASE, "get"
    ).append({"name": "lens", "in": "query", "required": True, "schema": {}}),
    "GET /v1/tracking/{number} no longer takes the query parameter carrier": lambda d: d["paths"][
        "/v1/tracking/{number}"
    ]["get"].update(parameters=[{"$ref": "#/components/parameters/number"}]),
    "GET /v1/cases/{case_id} no longer takes caseToken, merchant": lambda d: d["paths"][CASE][
        "get"
    ].update(security=[{"staff": []}]),
    "POST /v1/cases/{case_id}/withdraw no longer takes a body": lambda d: d["paths"][
        f"{CASE}/withdraw"
    ]["post"].pop("requestBody"),
}
HARMLESS: dict[str, Change] = {
    "a new path": lambda d: d["paths"].update({"/v1/new": d["paths"][CASE]}),
    "a new field in an answer": lambda d: schema(d, "CaseDocument")["properties"].update(
        mood={"type": "string"}
    ),
    "a new optional field of a body": lambda d: schema(d, "ReportBody")["properties"].update(
        mood={"type": "string"}
    ),
    "a new value that a body may have": lambda d: schema(d, "ReportChannel")["enum"].append("fax"),
    "a new optional parameter": lambda d: parameters(d, CASE, "get").append(
        {"name": "lens", "in": "query", "schema": {"type": "string"}}
    ),
    "another sentence": lambda d: d["paths"][CASE]["get"].update(summary="Read it."),
}


@cache
def released() -> Any:
    """What a claimant and a merchant call, which has one of everything that can be broken."""
    document = served()
    paths = {path: verbs for path, verbs in document["paths"].items() if path.startswith(CALLED)}
    return {**document, "paths": paths}


@pytest.mark.parametrize("said", BROKEN)
def test_a_break_is_found_and_named(said: str) -> None:
    changed = deepcopy(released())
    BROKEN[said](changed)

    assert said in breaks(released(), changed)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_adds_breaks_nobody(name: str) -> None:
    changed = deepcopy(released())
    HARMLESS[name](changed)

    assert breaks(released(), changed) == []


def test_a_component_may_be_renamed() -> None:
    text = json.dumps(served()).replace("CaseDocument", "CaseView")

    assert breaks(served(), json.loads(text)) == []
