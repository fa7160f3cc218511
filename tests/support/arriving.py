"""Requests as the gateway hands them over to a function."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl


def request_of(
    method: str,
    path: str,
    body: object = None,
    *,
    number: object,
    text: str | None = None,
    bearer: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """One request; the path with its query. A body is JSON unless it is bytes; `text` is as it is.

    Only what has no `text` says by itself that it is JSON.
    """
    path, _, query = path.partition("?")
    said = {} if text is not None else {"content-type": "application/json"}
    said |= {"authorization": f"Bearer {bearer}"} if bearer else {}
    if text is None:
        text = b64encode(body).decode() if isinstance(body, bytes) else _json(body)
    return {
        "rawPath": path,
        "queryStringParameters": dict(parse_qsl(query, keep_blank_values=True)),
        "headers": {**said, **(headers or {})},
        "body": text,
        "isBase64Encoded": isinstance(body, bytes),
        "requestContext": {
            "requestId": f"request-{number}",
            "http": {"method": method, "sourceIp": "192.0.2.1"},
        },
    }


def _json(body: object) -> str:
    return "" if body is None else json.dumps(body)
