"""The public API in one process: the template's routes, the real handlers, memory for a cloud.

The routes have no authorizer (a template test holds that), so neither has this. Callable as WSGI.
"""

import base64
import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from tests.support.cloud import Outcome
from tests.support.tables import resources

TARGET = re.compile(r"\$\{(\w+)Integration\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayRoute:
    """One route of the template: what it matches, and which handler it calls."""

    key: str
    pattern: re.Pattern[str]
    rank: tuple[int, ...]
    method: str
    handler: str


class Gateway:
    """Answers like the deployed API."""

    def __init__(self) -> None:
        self._routes = sorted(_routes(), key=lambda route: route.rank, reverse=True)
        self._numbers = count(1)

    def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        query: str = "",
    ) -> Outcome:
        """One request, one answer."""
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        route = self.route(method, path)
        event = self._event(route, method, path, sent, body, query)
        answer = _handler(route.handler)(event, None)
        told = answer["body"].encode()
        raw = base64.b64decode(told) if answer["isBase64Encoded"] else told
        return Outcome(status=answer["statusCode"], headers=answer["headers"], body=raw)

    def route(self, method: str, path: str) -> GatewayRoute:
        """The most specific route that takes it."""
        return next(
            route
            for route in self._routes
            if route.method in (method, "ANY") and route.pattern.fullmatch(path)
        )

    def _event(
        self,
        route: GatewayRoute,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        query: str,
    ) -> dict[str, Any]:
        number = f"request-{next(self._numbers)}"
        merged: dict[str, str] = {}
        for name, value in parse_qsl(query, keep_blank_values=True):
            merged[name] = f"{merged[name]},{value}" if name in merged else value
        context: dict[str, Any] = {
            "requestId": number,
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"},
        }
        return {
            "version": "2.0",
            "routeKey": route.key,
            "rawPath": path,
            "rawQueryString": query,
            "headers": dict(headers),
            "queryStringParameters": merged or None,
            "requestContext": context,
            "body": base64.b64encode(body).decode() if body else None,
            "isBase64Encoded": bool(body),
        }

    def __call__(
        self, environ: Mapping[str, Any], start: Callable[[str, list[tuple[str, str]]], object]
    ) -> Iterable[bytes]:
        """WSGI."""
        headers = {
            name.removeprefix("HTTP_").replace("_", "-"): value
            for name, value in environ.items()
            if name.startswith("HTTP_") or name == "CONTENT_TYPE"
        }
        length = int(environ.get("CONTENT_LENGTH") or 0)
        raw_path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        answer = self.call(
            environ["REQUEST_METHOD"],
            raw_path,
            headers=headers,
            body=environ["wsgi.input"].read(length) if length else b"",
            query=environ.get("QUERY_STRING", ""),
        )
        start(f"{answer.status} -", list(answer.headers.items()))
        return [answer.body]


def _routes() -> Iterable[GatewayRoute]:
    for resource in resources().values():
        if resource["Type"] != "AWS::ApiGatewayV2::Route":
            continue
        properties = resource["Properties"]
        key = str(properties["RouteKey"])
        method, _, path = key.rpartition(" ")
        found = TARGET.search(str(properties["Target"]))
        assert found is not None
        integration = resources()[f"{found[1]}Integration"]["Properties"]["IntegrationUri"]
        name = str(integration["Fn::GetAtt"][0])
        function = resources()[name]["Properties"]
        yield GatewayRoute(
            key=key,
            method=method or "ANY",
            pattern=_pattern(path),
            rank=_rank(path, method),
            handler=str(function["Handler"]),
        )


def _pattern(path: str) -> re.Pattern[str]:
    if path == "$default":
        return re.compile(".*", re.DOTALL)
    return re.compile(re.sub(r"\{\w+\}", "[^/]+", re.sub(r"\{\w+\+\}", ".+", path)), re.DOTALL)


def _rank(path: str, method: str) -> tuple[int, ...]:
    """Longer and plainer goes first; a greedy part goes last."""
    parts = path.split("/")
    plain = [0 if "+}" in part else 1 if part.startswith("{") else 2 for part in parts]
    return (path != "$default", *plain, method not in ("", "ANY"))


def _handler(name: str) -> Callable[[Any, Any], dict[str, Any]]:
    module, _, function = name.rpartition(".")
    found: Callable[[Any, Any], dict[str, Any]] = getattr(importlib.import_module(module), function)
    return found
