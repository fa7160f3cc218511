"""Queue: small JSON documents through SQS."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

ATTEMPTS = 2
_COUNTS: "Sequence[QueueAttributeNameType]" = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


class Unsent(RuntimeError):  # noqa: N818 - the queue's word
    """SQS took only some of the messages."""


class SqsQueue:
    """One queue."""

    def __init__(self, client: "SQSClient", *, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one document; SQS delivers it at least once."""
        self._client.send_message(
            QueueUrl=self._url, MessageBody=_body(document), DelaySeconds=min(delay_seconds, 900)
        )

    def waiting(self) -> int:
        """About how many documents wait, are put off, or are being worked on."""
        told = self._client.get_queue_attributes(QueueUrl=self._url, AttributeNames=_COUNTS)
        return sum(int(count) for count in told.get("Attributes", {}).values())

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Put many, ten a call; raises Unsent for those that SQS would not take twice."""
        bodies = [_body(document) for document in documents]
        left = bodies
        for _ in range(ATTEMPTS):
            left = [body for ten in _tens(left) for body in self._refused(ten)]
            if not left:
                return
        raise Unsent(f"{len(left)} of {len(bodies)} messages were not taken")

    def _refused(self, bodies: Sequence[str]) -> Sequence[str]:
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(place), "MessageBody": body} for place, body in enumerate(bodies)
        ]
        answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
        return [bodies[int(row["Id"])] for row in answer.get("Failed", [])]


def _body(document: Mapping[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _tens(bodies: Sequence[str]) -> list[Sequence[str]]:
    return [bodies[start : start + 10] for start in range(0, len(bodies), 10)]
