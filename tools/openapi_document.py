"""The OpenAPI 3.1 document, from the routers and the contracts beside them."""

import re
from collections.abc import Mapping
from typing import Any

import claim_settle.api
import claim_settle.contract
import claim_settle.contract_papers
import claim_settle.papers
import followup.api
import followup.contract
import report_intake.api
import report_intake.contract
import tracking_poller.api
import tracking_poller.contract
from amends.web.contract import Caller, Key, Operation
from tools import openapi_problems
from tools.openapi_parts import (
    BY_JWT,
    HEADER_OF,
    HEADERS,
    OPEN,
    PARAMETERS,
    SCHEMES,
    SECURITY,
    TAG_OF,
    TAGS,
)
from tools.openapi_schemas import Schemas

FUNCTIONS = (
    (report_intake.api.router, report_intake.contract.OPERATIONS),
    (tracking_poller.api.router, tracking_poller.contract.OPERATIONS),
    (claim_settle.api.router, claim_settle.contract.OPERATIONS),
    (claim_settle.papers.router, claim_settle.contract_papers.PAPERS),
    (followup.api.router, followup.contract.OPERATIONS),
)
PLACE = re.compile(r"\{(\w+)\}")


def undeclared() -> list[str]:
    """Endpoints of a router without a contract, and contracts without an endpoint."""
    faults = []
    for router, operations in FUNCTIONS:
        mounted = {(endpoint.method, endpoint.path) for endpoint in router.endpoints}
        faults += [
            f"no contract declares {method} {path}" for method, path in mounted - set(operations)
        ]
        faults += [
            f"no router mounts {method} {path}" for method, path in set(operations) - mounted
        ]
    return sorted(faults)


def document() -> dict[str, Any]:
    """The whole document, with what the routers mount and the contracts declare."""
    schemas, answers, codes = Schemas(), Answers(), openapi_problems.codes()
    paths: dict[str, dict[str, Any]] = {}
    for router, operations in FUNCTIONS:
        for endpoint in router.endpoints:
            operation = operations.get((endpoint.method, endpoint.path))
            if operation is not None:
                told = _operation(endpoint.method, endpoint.path, operation, schemas, answers)
                paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = told
    problems = {f"Problem{n}": openapi_problems.schema(n, known) for n, known in codes.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Amends",
            "version": "1",
            "summary": "Carries a parcel incident from the first report to the last answer.",
            "description": "Wherever GET is answered, HEAD is too: the same without its content.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": says} for name, says in TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted({**schemas.components, **problems}.items())),
            "responses": dict(sorted(answers.components.items()))
            | {f"Problem{n}": openapi_problems.response(n) for n in codes},
            "parameters": {name: _place(name) for name in sorted(_places(paths))} | PARAMETERS,
            "headers": HEADERS,
            "securitySchemes": SCHEMES,
        },
    }


def _schema(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = {}
    for content in answer.get("content", {}).values():
        found = content["schema"]
    return found


class Answers:
    """Good answers that several operations share, once each."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}

    def of(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A reference where the answer is one named document, else the answer itself."""
        name = _schema(answer).get("$ref", "").rsplit("/", 1)[-1]
        if not name:
            return answer
        for extra in sorted(answer["headers"].keys() - {"X-Request-Id"}):
            name += "".join(part[:1] for part in extra.split("-"))
        if self.components.setdefault(name, answer) != answer:
            raise ValueError(f"two different answers are called {name}")
        return {"$ref": f"#/components/responses/{name}"}


def _operation(
    method: str, path: str, operation: Operation, schemas: Schemas, answers: "Answers"
) -> dict[str, Any]:
    good = operation.answers
    section = path.split("/")[2]
    told: dict[str, Any] = {
        "operationId": _name(method, path),
        "tags": [TAG_OF.get(section, section)],
        "summary": operation.says,
    }
    if operation.more:
        told["description"] = operation.more
    told["security"] = SECURITY[operation.caller]
    parameters = _parameters(path, operation)
    if parameters:
        told["parameters"] = parameters
    if operation.body is not None:
        body = {"schema": schemas.of(operation.body)}
        told["requestBody"] = {
            "required": not operation.is_body_optional,
            "content": {operation.body_media: body},
        }
    told["responses"] = {
        **{str(n): answers.of(_answer(form, operation, schemas)) for n, form in good.items()},
        **{
            str(n): {"$ref": f"#/components/responses/Problem{n}"}
            for n in _statuses(method, path, operation)
        },
    }
    return told


def _name(method: str, path: str) -> str:
    words = re.sub(r"[{}]", "", path.removeprefix("/v1/")).replace(".", "_").replace("-", "_")
    return f"{method.lower()}_{words.replace('/', '_')}"


def _parameters(path: str, operation: Operation) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"$ref": f"#/components/parameters/{name}"} for name in PLACE.findall(path)
    ]
    for name, parameter in operation.query.items():
        schema = dict(parameter.schema)
        told.append({"name": name, "in": "query", "description": parameter.says, "schema": schema})
    if operation.key is not Key.UNREAD:
        suffix = "Required" if operation.key is Key.REQUIRED else ""
        told.append({"$ref": f"#/components/parameters/IdempotencyKey{suffix}"})
    if operation.if_match:
        told.append({"$ref": "#/components/parameters/IfMatch"})
    if operation.speaks:
        told.append({"$ref": "#/components/parameters/AcceptLanguage"})
    return told


def _answer(form: Any, operation: Operation, schemas: Schemas) -> dict[str, Any]:
    names = ["X-Request-Id"]
    names += ["ETag"] if operation.etag else []
    names += ["Location"] if operation.location else []
    names += ["Idempotency-Replayed"] if operation.key is not Key.UNREAD else []
    told: dict[str, Any] = {
        "description": "As asked.",
        "headers": {name: {"$ref": f"#/components/headers/{HEADER_OF[name]}"} for name in names},
    }
    if form is not None:
        told["content"] = {operation.media: {"schema": schemas.of(form)}}
    return told


def _statuses(method: str, path: str, operation: Operation) -> list[int]:
    """Statuses of the problems that an operation's own declaration implies."""
    found = {429, 500, *operation.refuses}
    if operation.body is not None:
        found |= {400, 413, 415, 422}
    if operation.caller not in OPEN or operation.caller is Caller.SIGNATURE:
        found.add(401)
    if operation.caller in BY_JWT:
        found |= {401, 403, 503}
    if operation.query:
        found.add(422)
    if operation.key is not Key.UNREAD:
        found |= {409, 422}
    if operation.key is Key.REQUIRED:
        found.add(400)
    if operation.if_match:
        found.add(412)
    if "{" in path:
        found.add(404)
        if method != "GET":
            found.add(409)
    return sorted(found)


def _places(paths: Mapping[str, object]) -> set[str]:
    return {name for path in paths for name in PLACE.findall(path)}


def _place(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^/]+$"}
    return {"name": name, "in": "path", "required": True, "schema": schema}
