"""Problems: every refusal that the code knows, by status, as RFC 9457 documents."""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import amends
import claim_settle
import followup
import report_intake
import tracking_poller
from amends.domain.refusal import Refusal
from amends.web.problem import TITLES

SKIPPED = {"amends.__main__", "amends.cli"}


def codes() -> Mapping[int, list[str]]:
    """The codes of every refusal defined anywhere, by status."""
    _import_all()
    found: dict[int, set[str]] = defaultdict(set)
    for kind in _below(Refusal):
        found[kind.status].add(kind.code)
    found[500].add("internal_error")
    found[429].add("too_many_requests")
    return {status: sorted(names) for status, names in sorted(found.items())}


def schema(status: int, known: list[str]) -> dict[str, Any]:
    """The problem document of one status."""
    error = {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
        "required": ["field", "code", "message"],
    }
    properties = {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"const": status},
        "detail": {"type": "string"},
        "code": {"type": "string", "enum": known},
        "request_id": {"type": "string"},
        "errors": {"type": "array", "items": error},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def response(status: int) -> dict[str, Any]:
    """The reusable answer of one status; schemas are `Problem404` and so on."""
    reference = {"$ref": f"#/components/schemas/Problem{status}"}
    content: dict[str, Any] = {"application/problem+json": {"schema": reference}}
    headers: dict[str, Any] = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}
    if status == 401:
        headers["WWW-Authenticate"] = {"schema": {"type": "string"}}
    if status in (429, 503):
        headers["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
    return {"description": TITLES.get(status, "Refused"), "headers": headers, "content": content}


def _below(kind: type[Refusal]) -> Iterable[type[Refusal]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _below(below)


def _import_all() -> None:
    for package in (amends, claim_settle, followup, report_intake, tracking_poller):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name not in SKIPPED:
                importlib.import_module(module.name)
