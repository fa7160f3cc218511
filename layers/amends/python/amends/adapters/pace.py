"""Pace: all workers that send by one way stand in one line, so that its rate is kept by all.

A turn is one atomic write that moves the end of the line by one gap and tells where it stood: no
worker ever has to try again because another was quicker, unless the line had just run empty.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LONGEST = timedelta(seconds=4)
"""Whoever would wait longer goes away: ten messages of one worker must fit into its minute."""
_TRIES = 3
"""Whoever finds that somebody else has just begun the line stands behind him at the second."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class DynamoPace:
    """A line as the row `pace#NAME` of the deliveries table, `rate` turns a second."""

    def __init__(
        self,
        client: "DynamoDBClient",
        *,
        table: str,
        name: str,
        rate: int,
        now: Callable[[], datetime],
        wait: Callable[[float], None],
    ) -> None:
        self._client = client
        self._table = table
        self._key: dict[str, Any] = {"pk": {"S": f"pace#{name}"}, "sk": {"S": "-"}}
        self._gap = -(-1_000_000 // rate)  # never rounded down
        self._now = now
        self._wait = wait
        self._was_empty = False
        """Whoever found the line empty last looks first whether it still is."""

    def turn(self) -> bool:
        """Wait for our turn; False when the line is too long to stand in."""
        came = self._microseconds()
        for _ in range(_TRIES):
            looked, self._was_empty = self._was_empty, False
            if looked and self._begun(came):
                self._was_empty = True
                return True
            mine = self._place(came, came + LONGEST // _MICROSECOND)
            if mine is not None:
                self._wait(max(0, mine - self._microseconds()) / 1_000_000)
                return True
            if not looked and self._begun(came):
                self._was_empty = True
                return True
        return False

    def _microseconds(self) -> int:
        return (self._now() - _EPOCH) // _MICROSECOND

    def _place(self, now: int, longest: int) -> int | None:
        """The end of the line, which moves on by us; None when it is empty or too long."""
        try:
            before = self._client.update_item(
                TableName=self._table,
                Key=self._key,
                UpdateExpression="SET ends_at = ends_at + :gap",
                ConditionExpression="ends_at BETWEEN :now AND :longest",
                ExpressionAttributeValues=_numbers(gap=self._gap, now=now, longest=longest),
                ReturnValues="UPDATED_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return int(before["Attributes"]["ends_at"]["N"])

    def _begun(self, now: int) -> bool:
        """Whether we are the first of an empty line."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=self._key,
                UpdateExpression="SET ends_at = :next",
                ConditionExpression="attribute_not_exists(ends_at) OR ends_at < :now",
                ExpressionAttributeValues=_numbers(next=now + self._gap, now=now),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _numbers(**values: int) -> dict[str, Any]:
    return {f":{name}": {"N": str(value)} for name, value in values.items()}
