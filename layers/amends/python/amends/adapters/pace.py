"""Pace: all workers that send by one way stand in one line, so that its rate is kept by all.

A turn is one atomic write that moves the end of the line by one gap and tells where it stood: no
worker ever has to try again because another was quicker, unless the line had just run empty. Who
has several to send takes their turns in one write.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
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
        waits = self.turns(1)
        for wait in waits:
            wait()
        return bool(waits)

    def turns(self, count: int) -> Sequence[Callable[[], None]]:
        """So many turns, one after the other: each is to be waited for. None in too long a line."""
        came = self._microseconds()
        span = self._gap * count
        for _ in range(_TRIES):
            looked, self._was_empty = self._was_empty, False
            if looked and self._begun(came, span):
                self._was_empty = True
                return self._waits(came, count)
            mine = self._place(came, came + LONGEST // _MICROSECOND, span)
            if mine is not None:
                return self._waits(mine, count)
            if not looked and self._begun(came, span):
                self._was_empty = True
                return self._waits(came, count)
        return []

    def _waits(self, first: int, count: int) -> Sequence[Callable[[], None]]:
        return [partial(self._until, first + place * self._gap) for place in range(count)]

    def _until(self, moment: int) -> None:
        if (left := moment - self._microseconds()) > 0:
            self._wait(left / 1_000_000)

    def _microseconds(self) -> int:
        return (self._now() - _EPOCH) // _MICROSECOND

    def _place(self, now: int, longest: int, span: int) -> int | None:
        """The end of the line, which moves on by us; None when it is empty or too long."""
        try:
            before = self._client.update_item(
                TableName=self._table,
                Key=self._key,
                UpdateExpression="SET ends_at = ends_at + :gap",
                ConditionExpression="ends_at BETWEEN :now AND :longest",
                ExpressionAttributeValues=_numbers(gap=span, now=now, longest=longest),
                ReturnValues="UPDATED_OLD",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return int(before["Attributes"]["ends_at"]["N"])

    def _begun(self, now: int, span: int) -> bool:
        """Whether we are the first of an empty line."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=self._key,
                UpdateExpression="SET ends_at = :next",
                ConditionExpression="attribute_not_exists(ends_at) OR ends_at < :now",
                ExpressionAttributeValues=_numbers(next=now + span, now=now),
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True


def _numbers(**values: int) -> dict[str, Any]:
    return {f":{name}": {"N": str(value)} for name, value in values.items()}
