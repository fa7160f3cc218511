"""Ports: what the services ask of the outside world, as Protocols in one place.

Those of one subject stand beside, each in the module of its name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import Event
from amends.domain.exchange import Request, Response
from amends.domain.occasion import Occasion
from amends.domain.refusal import Refusal
from amends.ports.contacts import Contacts
from amends.ports.evidence import Arrived, Evidence, Inspected, Inspector, StaleVault, Vaults
from amends.ports.messaging import Messenger, Unsent
from amends.ports.sweeping import DuePage, Pass, Passes, WorkQueue

__all__ = [
    "DUE_SHARDS",
    "Arrived",
    "CaseStore",
    "Contacts",
    "DuePage",
    "Evidence",
    "Histories",
    "Http",
    "IncidentHeld",
    "Inspected",
    "Inspector",
    "Messenger",
    "Page",
    "Pass",
    "Passes",
    "Queue",
    "Secrets",
    "StaleCase",
    "StaleVault",
    "Tokens",
    "UnprovedToken",
    "UnreadableKeys",
    "Unsent",
    "Vaults",
    "WorkQueue",
]

DUE_SHARDS = 16
"""Partitions of the cases' due index; a power of two, so that it can be doubled."""


class IncidentHeld(Refusal):
    """Another case holds the incident: it was opened by somebody else, perhaps a moment ago."""

    code = "incident_held"
    status = 409

    def __init__(self, case_id: str) -> None:
        super().__init__("this incident has a case already")
        self.case_id = case_id


class StaleCase(Refusal):
    """The case moved on while we were deciding: decide again."""

    code = "case_moved_on"
    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some case ids, and the cursor of the next page, if there is one.

    `marks` are the cursors that come after each id, where the list is a queue.
    """

    case_ids: tuple[str, ...]
    next_cursor: str | None = None
    marks: tuple[str, ...] = ()


class Histories(Protocol):
    """The append-only history of every case."""

    def load(self, case_id: str) -> Case:
        """The case; refuses an unknown id with NotFound."""
        ...

    def history(self, case_id: str) -> Sequence[Recorded]:
        """Every event of a case, oldest first; refuses an unknown id with NotFound."""
        ...

    def append(self, case: Case, events: Sequence[Event], occasion: Occasion) -> Case:
        """Append to the version loaded; raises StaleCase when it has moved on."""
        ...

    def append_many(
        self, changes: Sequence[tuple[Case, Sequence[Event]]], occasion: Occasion
    ) -> Sequence[Case | None]:
        """Append to many cases, no case twice; None where one, or one beside it, has moved on."""
        ...


class CaseStore(Histories, Protocol):
    """The histories, and the summary rows derived from them."""

    def open(
        self,
        events: Sequence[Event],
        occasion: Occasion,
        *,
        incident: str | None = None,
        instead_of: str | None = None,
    ) -> Case:
        """Store a new case; raises StaleCase when its id exists.

        `incident` is a key that one case holds at a time, whoever else opens one at that moment:
        raises IncidentHeld when another case than `instead_of` holds it.
        """
        ...

    def due(
        self, *, shard: int, until: datetime, limit: int, after: str | None = None
    ) -> DuePage[str]:
        """Ids of open cases of one shard that are due, from a page's mark on."""
        ...

    def on_waybill(self, tracking_number: str) -> Sequence[str]:
        """Ids of the open cases about one tracking number."""
        ...

    def formerly_on_waybill(self, tracking_number: str) -> Sequence[str]:
        """Ids of the open cases reported by this number whose parcel travels under another now."""
        ...

    def queue(self, *, stage: str, limit: int, cursor: str | None) -> Page:
        """A page of the cases of one stage, the earliest due first."""
        ...

    def of_merchant(self, merchant: str, *, limit: int, cursor: str | None) -> Page:
        """A page of the cases that a merchant has reported, by id."""
        ...

    def numbered(self, tracking_number: str) -> Sequence[str]:
        """Ids of all cases that have or had one tracking number, open or closed, sorted."""
        ...

    def referred(self, reference: str) -> Sequence[str]:
        """Ids of all cases of an order, by the reference that its seller gave, sorted."""
        ...


class Secrets(Protocol):
    """Secrets by account: `channels/upu`, `rails/bank`."""

    def of(self, account: str) -> Mapping[str, str]:
        """The secrets of one account; an account without any answers an empty mapping."""
        ...


class Http(Protocol):
    """The one way out to third parties."""

    def __call__(self, request: Request) -> Response:
        """Send; trouble is part of the response, never an exception."""
        ...


class UnprovedToken(Refusal):
    """A token that its issuer did not sign, or not for now."""

    code = "unauthenticated"
    status = 401


class UnreadableKeys(Refusal):
    """The issuer's keys could not be read: nothing is known of the token."""

    code = "keys_unreadable"
    status = 503
    retry_after_seconds = 5


class Tokens(Protocol):
    """Signed tokens of merchants and staff."""

    def claims(self, token: str, *, at: datetime) -> Mapping[str, object]:
        """The claims of a token that is proved; refuses any other with UnprovedToken."""
        ...


class Queue(Protocol):
    """A queue of small JSON documents."""

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one document; it will be delivered at least once."""
        ...

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Put many, in no order; raises when any could not be put."""
        ...
