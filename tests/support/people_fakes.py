"""Fakes of the ports of talking to people, and a messenger that fails as it is told to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from amends.adapters.codec import dumps, loads
from amends.adapters.summary import moment, shard_of
from amends.domain.people.delivery import Outcome
from amends.domain.people.posting import Posting
from amends.domain.people.webhook import Endpoint
from amends.domain.people.webhook_delivery import Delivery, Health, State
from amends.domain.people.webhook_event import OutgoingEvent
from amends.ports import DuePage, Unsent
from amends.ports.people import StalePosting
from tests.support.fakes import page_of

Key = tuple[str, str]


class MemoryPostings:
    """Postings in memory; each takes the way through its JSON."""

    def __init__(self) -> None:
        self.rows: dict[Key, Posting] = {}
        self.closed: set[str] = set()

    def plan(self, posting: Posting) -> bool:
        key = (posting.message.case_id, posting.message.key)
        if key in self.rows:
            return False
        self.rows[key] = loads(Posting, dumps(posting))
        return True

    def plan_many(self, postings: Sequence[Posting]) -> Sequence[Posting]:
        return [one for one in postings if self.plan(one)]

    def known(self, keys: Collection[Key]) -> Collection[Key]:
        return self.rows.keys() & set(keys)

    def get(self, case_id: str, key: str) -> Posting | None:
        return self.rows.get((case_id, key))

    def save(self, posting: Posting) -> Posting:
        key = (posting.message.case_id, posting.message.key)
        if self.rows[key].version != posting.version:
            raise StalePosting("somebody was quicker")
        self.rows[key] = loads(Posting, dumps(replace(posting, version=posting.version + 1)))
        return self.rows[key]

    def save_many(self, postings: Sequence[Posting]) -> Sequence[Posting | None]:
        return [self._saved(one) for one in postings]

    def _saved(self, posting: Posting) -> Posting | None:
        try:
            return self.save(posting)
        except StalePosting:
            return None

    def of_case(self, case_id: str) -> Sequence[Posting]:
        return [row for (case, _), row in self.rows.items() if case == case_id]

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[Key]:
        found = {
            f"{moment(row.due_at)} {key}": key
            for key, row in self.rows.items()
            if row.due_at and row.due_at <= until and shard_of(key[0]) == shard
        }
        return page_of(found, limit, after)

    def of_reader(self, reader: str, *, until: datetime) -> Sequence[Key]:
        return [
            key
            for key, row in self.rows.items()
            if row.reader == reader
            and row.due_at
            and row.due_at <= until
            and not row.course.attempts
        ]

    def to_print(self, *, limit: int) -> Sequence[Key]:
        return [key for key, row in self.rows.items() if row.is_to_print and row.due_at][:limit]

    def suppress(self, address: str, *, because: str, at: datetime) -> None:
        del because, at
        self.closed.add(address.lower())

    def suppressed(self, addresses: Collection[str]) -> Collection[str]:
        return {address for address in addresses if address.lower() in self.closed}


class MemoryHooks:
    """Webhooks in memory."""

    def __init__(self) -> None:
        self._endpoints: dict[Key, Endpoint] = {}
        self._health: dict[str, Health] = {}
        self._events: dict[Key, OutgoingEvent] = {}
        self.planned: dict[Key, tuple[str, Delivery]] = {}

    def put_endpoint(self, endpoint: Endpoint, *, is_new: bool) -> bool:
        key = (endpoint.merchant, endpoint.id)
        if (key in self._endpoints) is is_new:
            return False
        self._endpoints[key] = endpoint
        return True

    def endpoint(self, merchant: str, endpoint_id: str) -> Endpoint | None:
        return self._endpoints.get((merchant, endpoint_id))

    def endpoints(self, merchant: str) -> Sequence[Endpoint]:
        return [row for (who, _), row in self._endpoints.items() if who == merchant]

    def remove_endpoint(self, merchant: str, endpoint_id: str) -> None:
        self._endpoints.pop((merchant, endpoint_id), None)

    def health(self, endpoint_id: str) -> Health:
        return self._health.get(endpoint_id, Health())

    def put_health(self, endpoint_id: str, health: Health) -> None:
        self._health[endpoint_id] = health

    def put_event(self, merchant: str, event: OutgoingEvent) -> None:
        self._events.setdefault((merchant, event.id), event)

    def event(self, merchant: str, event_id: str) -> OutgoingEvent | None:
        return self._events.get((merchant, event_id))

    def events(
        self, merchant: str, *, limit: int, cursor: str | None
    ) -> tuple[Sequence[OutgoingEvent], str | None]:
        found = [row for (who, _), row in self._events.items() if who == merchant]
        found.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
        start = int(cursor or 0)
        more = str(start + limit) if len(found) > start + limit else None
        return found[start : start + limit], more

    def plan(self, merchant: str, delivery: Delivery) -> None:
        self.planned.setdefault((delivery.endpoint_id, delivery.event_id), (merchant, delivery))

    def pending(self, endpoint_id: str, subject: str) -> Sequence[Delivery]:
        found = [
            one
            for (where, _), (_, one) in self.planned.items()
            if where == endpoint_id and one.subject == subject and one.state is State.PENDING
        ]
        return sorted(found, key=lambda one: one.sequence)

    def deliveries(self, endpoint_id: str, event_id: str) -> Sequence[Delivery]:
        found = self.planned.get((endpoint_id, event_id))
        return [found[1]] if found else []

    def claim(self, delivery: Delivery, *, until: datetime) -> bool:
        merchant, known = self.planned[delivery.endpoint_id, delivery.event_id]
        if known.state is not State.PENDING or known.due_at != delivery.due_at:
            return False
        taken = replace(known, due_at=until)
        self.planned[delivery.endpoint_id, delivery.event_id] = (merchant, taken)
        return True

    def record(self, delivery: Delivery) -> None:
        merchant, _ = self.planned[delivery.endpoint_id, delivery.event_id]
        self.planned[delivery.endpoint_id, delivery.event_id] = (merchant, delivery)

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[Mapping[str, str]]:
        found: dict[str, Mapping[str, str]] = {
            f"{merchant} {one.endpoint_id} {one.subject}": {
                "merchant": merchant,
                "endpoint_id": one.endpoint_id,
                "subject": one.subject,
            }
            for merchant, one in self.planned.values()
            if one.state is State.PENDING
            and one.due_at <= until
            and shard_of(one.endpoint_id) == shard
        }
        return page_of(found, limit, after)


@dataclass
class MemoryMessenger:
    """Sends into a list; `plan` says what becomes of the next tries, an exception for a crash."""

    sent: list[dict[str, str]] = field(default_factory=list)
    fate: Callable[[str], Outcome | Exception | None] = lambda _: None

    def send_email(
        self,
        *,
        key: str,
        case_id: str,
        to: str,
        subject: str,
        text: str,
        html: str,
        reply_to: str | None = None,
        unsubscribe: str | None = None,
    ) -> str:
        del case_id, html
        return self._send(
            "email", to, key=key, subject=subject, text=text,
            reply_to=reply_to or "", unsubscribe=unsubscribe or "",
        )  # fmt: skip

    def send_sms(self, *, to: str, short: str) -> str:
        return self._send("sms", to, text=short)

    def send_push(self, *, endpoint_arn: str, key: str, subject: str, short: str) -> str:
        return self._send("push", endpoint_arn, key=key, subject=subject, text=short)

    def _send(self, way: str, to: str, **more: str) -> str:
        fate = self.fate(way)
        if fate in (Outcome.BUSY, Outcome.REFUSED):
            raise Unsent(Outcome(str(fate)), "as told")
        self.sent.append({"way": way, "to": to, **more})
        if isinstance(fate, Exception):
            raise fate
        if fate is Outcome.UNKNOWN:
            raise Unsent(Outcome.UNKNOWN, "as told")
        return f"prv-{len(self.sent)}"
