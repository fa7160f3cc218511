"""An endpoint of a merchant, and an event for it."""

from datetime import UTC, datetime

from amends.domain.people.webhook import Endpoint, register
from amends.domain.people.webhook_event import FIELDS, EventType, OutgoingEvent, outgoing

NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def endpoint(url: str = "https://shop.example/hooks") -> Endpoint:
    return register(at=NOW, endpoint_id="whk_1", merchant="shop", url=url, types=[],
                    random_bytes=lambda n: bytes(range(n)), is_local=False)  # fmt: skip


def event(kind: EventType = EventType.CASE_CLOSED) -> OutgoingEvent:
    data: dict[str, object] = dict.fromkeys(FIELDS[kind], "值")
    return outgoing(kind, data, event_id="evt_1", subject="case_1", sequence=3, occurred_at=NOW)
