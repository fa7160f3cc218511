"""Router: from an HTTP API event to the one function that answers it.

Powertools' resolver costs 0.44 of a boto3 client to import (`tools/cold_start.py`); these few
lines are what the API needs of it. Nobody stands before a router: what is below `/v1/staff` is
asked for its proof here, whatever the endpoint itself asks.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from amends.domain.refusal import NotFound, Refusal
from amends.web.answer import Answer
from amends.web.call import Call, call_of, nobody
from amends.web.identity import Identity
from amends.web.problem import MethodNotAllowed, accident, problem
from amends.web.staff import caller
from amends.web.trace import trace_of

Route = Callable[[Call], Answer]
Prove = Callable[[str], Identity]
"""From a JWT to whom it speaks for, or a refusal."""
STAFFS = "/v1/staff/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One verb on one path; `{name}` in the path becomes `call.params[name]`."""

    method: str
    path: str
    answer: Route


class Router:
    """Endpoints of one function; `router(event)` answers, whatever happens.

    A JWT is proved once, when an endpoint first asks who calls: an open one takes no notice of it.
    """

    def __init__(self, *endpoints: Endpoint, prove: Prove) -> None:
        self.endpoints = endpoints
        self.prove = prove
        self._patterns = [(_pattern(endpoint.path), endpoint) for endpoint in endpoints]

    def __call__(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Answer in the gateway's form; a refusal is a problem, an accident a bare 500."""
        request_id = str(event.get("requestContext", {}).get("requestId", ""))
        answer = self._answer(event, request_id)
        _log(event, request_id, answer.status)
        return answer.to_gateway(request_id=request_id)

    def _answer(self, event: Mapping[str, Any], request_id: str) -> Answer:
        try:
            return self._dispatch(call_of(event))
        except Refusal as refusal:
            return problem(refusal, request_id=request_id)
        except Exception as error:  # noqa: BLE001 - no exception may leave a handler behind the API
            line = {
                "level": "ERROR",
                "message": "accident",
                "request_id": request_id,
                **trace_of(error),
            }
            print(json.dumps(line), file=sys.stderr)  # noqa: T201 - Lambda's log is its output
            return accident(request_id=request_id)

    def _known(self, call: Call) -> Callable[[], Identity | None]:
        token = call.bearer
        if token is None or not is_jwt(token):
            return nobody
        return cache(partial(self.prove, token))

    def _dispatch(self, call: Call) -> Answer:
        # RFC 9110, 9.3.2: HEAD is GET, of which whoever speaks HTTP for us leaves the content out.
        verb = "GET" if call.method == "HEAD" else call.method
        known: list[str] = []
        for pattern, endpoint in self._patterns:
            match = pattern.fullmatch(call.path)
            if match is None:
                continue
            known.append(endpoint.method)
            if endpoint.method == verb:
                params = match.groupdict()
                asked = replace(call, method=verb, identity=self._known(call), params=params)
                if endpoint.path.startswith(STAFFS):
                    caller(asked)
                return endpoint.answer(asked)
        if known:
            raise MethodNotAllowed(known)
        raise NotFound("there is no such path")


def is_jwt(token: str) -> bool:
    """Whether a bearer token has the three parts of a JWT; a case token has one."""
    return token.count(".") == 2


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]{1,200})", path))


def _log(event: Mapping[str, Any], request_id: str, status: int) -> None:
    http = event.get("requestContext", {}).get("http", {})
    line = {
        "level": "INFO",
        "message": "answered",
        "request_id": request_id,
        "method": http.get("method"),
        "route": event.get("routeKey"),
        "status": status,
    }
    print(json.dumps(line), file=sys.stderr)  # noqa: T201 - Lambda's log is its output
