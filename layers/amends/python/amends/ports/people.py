"""Ports of talking to people: messages on their way, staff's lists, merchants' webhooks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from amends.domain.case.talking.work import WorkItem, WorkKind
from amends.domain.people.opinion import Opinion
from amends.domain.people.posting import Posting
from amends.domain.people.webhook import Endpoint
from amends.domain.people.webhook_delivery import Delivery, Health
from amends.domain.people.webhook_event import OutgoingEvent
from amends.domain.refusal import Refusal
from amends.ports.sweeping import DuePage


class StalePosting(Refusal):
    """Somebody else has just dealt with it: look again."""

    code = "posting_moved_on"
    status = 409


class Postings(Protocol):
    """Messages on their way, each known by case and key."""

    def plan(self, posting: Posting) -> bool:
        """Keep a new one; False when its key is known already."""
        ...

    def plan_many(self, postings: Sequence[Posting]) -> Sequence[Posting]:
        """Keep many, as `plan` does; those that are new."""
        ...

    def known(self, keys: Collection[tuple[str, str]]) -> Collection[tuple[str, str]]:
        """Those of these cases and keys that are kept already; one of just now may be missing."""
        ...

    def get(self, case_id: str, key: str) -> Posting | None:
        """One posting, read consistently."""
        ...

    def save(self, posting: Posting) -> Posting:
        """Write the next version; raises StalePosting when it is not the next."""
        ...

    def save_many(self, postings: Sequence[Posting]) -> Sequence[Posting | None]:
        """Write many, each on its own; None where `save` would raise."""
        ...

    def of_case(self, case_id: str) -> Sequence[Posting]:
        """Every posting of a case."""
        ...

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[tuple[str, str]]:
        """Case and key of what is due in one shard, from a page's mark on."""
        ...

    def of_reader(self, reader: str, *, until: datetime) -> Sequence[tuple[str, str]]:
        """Case and key of the reports to one reader that wait until then."""
        ...

    def to_print(self, *, limit: int) -> Sequence[tuple[str, str]]:
        """Case and key of the letters to print."""
        ...

    def suppress(self, address: str, *, because: str, at: datetime) -> None:
        """Never write to this address again (kept as a hash)."""
        ...

    def suppressed(self, addresses: Collection[str]) -> Collection[str]:
        """Those of the addresses that are closed."""
        ...


class Worklist(Protocol):
    """What staff owe to claimants: answers and calls, the earliest due first."""

    def of_case(self, case_id: str) -> Sequence[WorkItem]:
        """What is owed in one case."""
        ...

    def put(self, item: WorkItem) -> None:
        """Keep or replace one."""
        ...

    def remove(self, case_id: str, item_id: str) -> None:
        """It is done."""
        ...

    def list(self, kind: WorkKind, *, limit: int) -> Sequence[WorkItem]:
        """What is owed, of one kind."""
        ...


class Hooks(Protocol):
    """Merchants' endpoints, the events told them, and each delivery."""

    def put_endpoint(self, endpoint: Endpoint, *, is_new: bool) -> bool:
        """Keep an endpoint; False when a new one exists already."""
        ...

    def endpoint(self, merchant: str, endpoint_id: str) -> Endpoint | None:
        """One endpoint of a merchant."""
        ...

    def endpoints(self, merchant: str) -> Sequence[Endpoint]:
        """Every endpoint of a merchant."""
        ...

    def remove_endpoint(self, merchant: str, endpoint_id: str) -> None:
        """Forget it; what was on its way to it ends."""
        ...

    def health(self, endpoint_id: str) -> Health:
        """How it has answered lately."""
        ...

    def put_health(self, endpoint_id: str, health: Health) -> None:
        """Keep what its last answer says."""
        ...

    def put_event(self, merchant: str, event: OutgoingEvent) -> None:
        """Keep an event; the same again changes nothing."""
        ...

    def event(self, merchant: str, event_id: str) -> OutgoingEvent | None:
        """One event of a merchant."""
        ...

    def events(
        self, merchant: str, *, limit: int, cursor: str | None
    ) -> tuple[Sequence[OutgoingEvent], str | None]:
        """A page of a merchant's events, the newest first, and the next page's cursor."""
        ...

    def plan(self, merchant: str, delivery: Delivery) -> None:
        """Keep a new delivery; a known one is left as it is."""
        ...

    def pending(self, endpoint_id: str, subject: str) -> Sequence[Delivery]:
        """What waits to be delivered of one subject, in order."""
        ...

    def deliveries(self, endpoint_id: str, event_id: str) -> Sequence[Delivery]:
        """The delivery of one event to one endpoint, if any."""
        ...

    def claim(self, delivery: Delivery, *, until: datetime) -> bool:
        """Take a delivery for one attempt; False when somebody else has it or it is done."""
        ...

    def record(self, delivery: Delivery) -> None:
        """Keep what an attempt came to."""
        ...

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[Mapping[str, str]]:
        """`merchant`, `endpoint_id`, `subject` of what is due in one shard, from a mark on."""
        ...


class Opinions(Protocol):
    """Claimants' answers, as they are counted."""

    def put(self, opinion: Opinion) -> None:
        """Keep one for its case; the same again changes nothing."""
        ...

    def of_month(self, month: str) -> Sequence[Opinion]:
        """Every answer of a month such as `2026-11`."""
        ...
