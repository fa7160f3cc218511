"""Merchants' webhooks on the deliveries table: endpoints, events, and each delivery.

Rows: `hooks#<merchant>` holds endpoints; `events#<merchant>` the events by time, `event#<merchant>`
where each id stands; the endpoint's own partition its deliveries by subject and sequence, and its
health. A pending delivery stands in the index `due`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from amends.adapters.codec import dumps, loads
from amends.adapters.due_index import due_keys
from amends.adapters.hook_rows import (
    body_of,
    delivery_of,
    delivery_row,
    endpoint_body,
    endpoint_of,
    ends_of,
    event_body,
    event_of,
    key_of,
    place_of,
    sequence_at,
)
from amends.adapters.summary import check_cursor, moment, shard_key, shard_of
from amends.adapters.together import query_all
from amends.domain.people.webhook import Endpoint
from amends.domain.people.webhook_delivery import Delivery, Health, State
from amends.domain.people.webhook_event import OutgoingEvent
from amends.ports.sweeping import DuePage

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoHooks:
    """Endpoints, events, deliveries."""

    def __init__(self, client: "DynamoDBClient", *, table: str) -> None:
        self._client = client
        self._table = table

    def put_endpoint(self, endpoint: Endpoint, *, is_new: bool) -> bool:
        """Keep an endpoint; False when a new one exists, or an old one is gone."""
        condition = f"attribute_{'not_' if is_new else ''}exists(pk)"
        row = {
            **key_of(f"hooks#{endpoint.merchant}", endpoint.id),
            **body_of(endpoint_body(endpoint)),
        }
        return self._put(row, condition)

    def endpoint(self, merchant: str, endpoint_id: str) -> Endpoint | None:
        """One endpoint."""
        row = self._get(f"hooks#{merchant}", endpoint_id)
        return endpoint_of(row) if row else None

    def endpoints(self, merchant: str) -> Sequence[Endpoint]:
        """Every endpoint of a merchant."""
        rows = query_all(self._client, self._table, f"hooks#{merchant}", "whk_")
        return [endpoint_of(row) for row in rows]

    def remove_endpoint(self, merchant: str, endpoint_id: str) -> None:
        """Forget it; its deliveries end when they are due."""
        self._client.delete_item(
            TableName=self._table, Key=key_of(f"hooks#{merchant}", endpoint_id)
        )

    def health(self, endpoint_id: str) -> Health:
        """How it has answered lately."""
        row = self._get(endpoint_id, "health")
        return loads(Health, row["body"]["S"]) if row else Health()

    def put_health(self, endpoint_id: str, health: Health) -> None:
        """Keep it."""
        row = {**key_of(endpoint_id, "health"), "body": {"S": dumps(health)}}
        self._client.put_item(TableName=self._table, Item=row)

    def put_event(self, merchant: str, event: OutgoingEvent) -> None:
        """Keep an event by its time, and where its id stands."""
        ends = ends_of(event.occurred_at)
        place = self._placed(
            key_of(f"event#{merchant}", event.id), f"{moment(event.occurred_at)}#{event.id}", ends
        )
        row = {**key_of(f"events#{merchant}", place), **body_of(event_body(event)), **ends}
        self._put(row, "attribute_not_exists(pk)")

    def event(self, merchant: str, event_id: str) -> OutgoingEvent | None:
        """One event."""
        found = self._get(f"event#{merchant}", event_id)
        row = self._get(f"events#{merchant}", found["place"]["S"]) if found else None
        return event_of(row) if row else None

    def events(
        self, merchant: str, *, limit: int, cursor: str | None
    ) -> tuple[Sequence[OutgoingEvent], str | None]:
        """A page, the newest first."""
        before = check_cursor(cursor) if cursor else "~"
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :before",
            ExpressionAttributeValues={
                ":pk": {"S": f"events#{merchant}"},
                ":before": {"S": before},
            },
            ScanIndexForward=False,
            Limit=limit,
        )
        more = answer.get("LastEvaluatedKey")
        return [event_of(row) for row in answer["Items"]], more["sk"]["S"] if more else None

    def plan(self, merchant: str, delivery: Delivery) -> None:
        """Keep a new delivery."""
        key = key_of(delivery.endpoint_id, f"event#{delivery.event_id}")
        place = self._placed(key, place_of(delivery), ends_of(delivery.due_at))
        row = delivery_row(replace(delivery, sequence=sequence_at(place)))
        self._put({**row, "merchant": {"S": merchant}}, "attribute_not_exists(pk)")

    def pending(self, endpoint_id: str, subject: str) -> Sequence[Delivery]:
        """What waits of one subject, in order."""
        rows = query_all(self._client, self._table, endpoint_id, f"{subject}#")
        found = [delivery_of(row) for row in rows]
        return [one for one in found if one.state is State.PENDING]

    def deliveries(self, endpoint_id: str, event_id: str) -> Sequence[Delivery]:
        """The delivery of one event, found by its own small row."""
        place = self._get(endpoint_id, f"event#{event_id}")
        row = self._get(endpoint_id, place["place"]["S"]) if place else None
        return [delivery_of(row)] if row else []

    def claim(self, delivery: Delivery, *, until: datetime) -> bool:
        """Take it for one attempt: its due moment moves on, unless somebody was quicker."""
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key_of(delivery.endpoint_id, place_of(delivery)),
                UpdateExpression="SET due_at = :until",
                ConditionExpression="due_at = :known AND attribute_exists(due_shard)",
                ExpressionAttributeValues={
                    ":until": {"S": moment(until)},
                    ":known": {"S": moment(delivery.due_at)},
                },
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def record(self, delivery: Delivery) -> None:
        """Keep what an attempt came to."""
        key = key_of(delivery.endpoint_id, place_of(delivery))
        pending = delivery.state is State.PENDING
        self._client.update_item(
            TableName=self._table,
            Key=key,
            UpdateExpression="SET body = :body, due_at = :due, due_shard = :shard"
            if pending
            else "SET body = :body REMOVE due_at, due_shard",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeValues={
                ":body": {"S": dumps(delivery)},
                **(
                    {
                        ":due": {"S": moment(delivery.due_at)},
                        ":shard": {"S": shard_key(shard_of(delivery.endpoint_id))},
                    }
                    if pending
                    else {}
                ),
            },
        )

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[Mapping[str, str]]:
        """What is due in one shard, each subject of an endpoint once in a page."""
        found: dict[tuple[str, str], Mapping[str, str]] = {}
        keys, mark, has_more = due_keys(
            self._client, self._table, shard=shard, until=until, limit=limit, after=after
        )
        for key in keys:
            if not key["pk"]["S"].startswith("whk_"):
                continue
            row = self._get(key["pk"]["S"], key["sk"]["S"])
            if row is not None:
                delivery = delivery_of(row)
                found[delivery.endpoint_id, delivery.subject] = {
                    "merchant": row["merchant"]["S"],
                    "endpoint_id": delivery.endpoint_id,
                    "subject": delivery.subject,
                }
        return DuePage(rows=tuple(found.values()), mark=mark, has_more=has_more)

    def _get(self, pk: str, sk: str) -> dict[str, Any] | None:
        answer = self._client.get_item(
            TableName=self._table, Key=key_of(pk, sk), ConsistentRead=True
        )
        return dict(answer["Item"]) if "Item" in answer else None

    def _placed(self, key: dict[str, Any], place: str, ends: dict[str, Any]) -> str:
        """Where something stands: told again at another moment, it stays where it was first."""
        if self._put({**key, "place": {"S": place}, **ends}, "attribute_not_exists(pk)"):
            return place
        known = self._get(key["pk"]["S"], key["sk"]["S"])
        return str(known["place"]["S"]) if known else place

    def _put(self, row: dict[str, Any], condition: str) -> bool:
        try:
            self._client.put_item(TableName=self._table, Item=row, ConditionExpression=condition)
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
