"""Delivering webhooks: growing waits for three days, order within a subject, and pausing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from amends.domain.exchange import Response

RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
    timedelta(hours=22),
)
"""Waits between attempts: just under three days in all, each longer than the one before."""
PAUSE_AFTER = timedelta(hours=24)
"""An endpoint is paused when it has failed for so long …"""
PAUSE_FAILURES = 10
"""… and at least so often in a row."""
_GONE = 410


class State(StrEnum):
    """Where one delivery stands."""

    PENDING = "pending"
    DELIVERED = "delivered"
    PARKED = "parked"
    """Given up after three days; can be sent again by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """One line of the delivery log; `status` 0 means that no answer came."""

    at: datetime
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one endpoint."""

    event_id: str
    endpoint_id: str
    subject: str
    sequence: int
    due_at: datetime
    state: State = State.PENDING
    log: tuple[Attempted, ...] = ()
    tries: int = 0
    """Attempts since it was first due or sent again by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How an endpoint has answered lately; `failing_since` is None after a 2xx."""

    failures: int = 0
    failing_since: datetime | None = None
    is_gone: bool = False

    def should_pause(self, now: datetime) -> bool:
        """Whether to stop calling it and to tell its owner."""
        if self.is_gone:
            return True
        return (
            self.failing_since is not None
            and self.failures >= PAUSE_FAILURES
            and now - self.failing_since >= PAUSE_AFTER
        )


def attempted(delivery: Delivery, response: Response, now: datetime) -> Delivery:
    """The delivery after one attempt: delivered by 2xx, else due again, at last parked."""
    log = (*delivery.log, Attempted(at=now, status=response.status))
    tries = delivery.tries + 1
    if response.is_ok:
        return replace(delivery, log=log, tries=tries, state=State.DELIVERED)
    if tries > len(RETRY_AFTER):
        return replace(delivery, log=log, tries=tries, state=State.PARKED)
    return replace(
        delivery, log=log, tries=tries, due_at=now + wait_after(delivery.event_id, tries)
    )


def wait_after(event_id: str, tries: int) -> timedelta:
    """The wait after that many attempts, up to a tenth shorter, so that repeats do not march."""
    spread = sha256(f"{event_id}.{tries}".encode()).digest()[0] / 255
    return RETRY_AFTER[tries - 1] * (1 - 0.1 * spread)


def judged(health: Health, response: Response, now: datetime) -> Health:
    """The endpoint's health after one answer."""
    if response.is_ok:
        return Health()
    return Health(
        failures=health.failures + 1,
        failing_since=health.failing_since or now,
        is_gone=health.is_gone or response.status == _GONE,
    )


def send_again(delivery: Delivery, now: datetime) -> Delivery:
    """By hand: the same event, due now, with its attempts counted afresh; the log is kept."""
    return replace(delivery, state=State.PENDING, due_at=now, tries=0)


def deliverable(deliveries: Iterable[Delivery], now: datetime) -> list[Delivery]:
    """What to send now: of each subject and endpoint only the oldest pending event, once due.

    A later event waits until the earlier ones were delivered or parked, so that a merchant hears
    of a case in the order in which it happened.
    """
    heads: dict[tuple[str, str], Delivery] = {}
    for delivery in deliveries:
        if delivery.state is not State.PENDING:
            continue
        place = (delivery.endpoint_id, delivery.subject)
        if place not in heads or delivery.sequence < heads[place].sequence:
            heads[place] = delivery
    due = [delivery for delivery in heads.values() if delivery.due_at <= now]
    return sorted(due, key=lambda delivery: (delivery.due_at, delivery.event_id))
