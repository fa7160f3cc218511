"""Calling the deployed API as its users do: HTTP, JSON, a case token."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One answer: an error status is an answer like any other."""

    status: int
    document: Any
    headers: Mapping[str, str]


def call(
    url: str,
    *,
    method: str = "GET",
    body: object = None,
    bearer: str | None = None,
    key: str | None = None,
) -> Called:
    """Call one address; `key` is sent as `Idempotency-Key`."""
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if bearer is not None:
        headers["Authorization"] = f"Bearer {bearer}"
    if key is not None:
        headers["Idempotency-Key"] = key
    request = urllib.request.Request(
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers=headers,
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return _called(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _called(error.code, error.headers, error.read())


def _called(status: int, headers: Any, body: bytes) -> Called:
    try:
        document = json.loads(body) if body else None
    except json.JSONDecodeError:
        document = body.decode("utf-8", errors="replace")
    return Called(
        status=status,
        document=document,
        headers={name.lower(): value for name, value in headers.items()},
    )
