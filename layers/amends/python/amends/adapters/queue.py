"""Queue: small JSON documents through SQS."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsQueue:
    """One queue."""

    def __init__(self, client: "SQSClient", *, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one document; SQS delivers it at least once."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        self._client.send_message(
            QueueUrl=self._url, MessageBody=body, DelaySeconds=min(delay_seconds, 900)
        )
