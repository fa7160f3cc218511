"""Speaking with the deployed stack: clients of its emulator, HTTP with whatever answer comes."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

PATIENCE = 120.0
"""Seconds for one answer: a busy machine is slow, and a quick one never waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One HTTP answer, header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as a document."""
        return json.loads(self.body)


def client(stack: Mapping[str, Any], service: str, *, lent: Any = None) -> Any:
    """A client of the stack's emulator, as its owner or with credentials that a role lent."""
    return boto3.client(
        service,
        endpoint_url=stack["endpoint_url"],
        region_name=stack["region"],
        aws_access_key_id=lent["AccessKeyId"] if lent else stack["aws_access_key_id"],
        aws_secret_access_key=lent["SecretAccessKey"] if lent else stack["aws_secret_access_key"],
        aws_session_token=lent["SessionToken"] if lent else None,
        config=Config(
            retries={"total_max_attempts": 3, "mode": "standard"},
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
        ),
    )


def outcome(
    stack: Mapping[str, Any],
    method: str,
    path: str,
    *,
    body: object = None,
    bearer: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Outcome:
    """Call the API; an error status is an answer like any other."""
    sent = {"Content-Type": "application/json"} if body is not None else {}
    sent |= headers or {}
    if bearer is not None:
        sent["Authorization"] = f"Bearer {bearer}"
    request = urllib.request.Request(
        f"{stack['api_url']}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers=sent,
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return _outcome(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return _outcome(error.code, error.headers, error.read())


def _outcome(status: int, headers: Any, body: bytes) -> Outcome:
    return Outcome(
        status=status, headers={name.lower(): value for name, value in headers.items()}, body=body
    )


def take(stack: Mapping[str, Any], queue: str) -> list[str]:
    """Take what waits in a queue, up to ten bodies."""
    queues = client(stack, "sqs")
    messages = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    for message in messages:
        queues.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return [message["Body"] for message in messages]
