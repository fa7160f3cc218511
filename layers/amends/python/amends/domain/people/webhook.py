"""Webhooks out: endpoints, their secrets, and Standard Webhooks signatures.

Signature scheme: Standard Webhooks 1.0, symmetric `v1`: HMAC-SHA256 over `id.timestamp.body`.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from amends.domain.exchange import Request
from amends.domain.people.webhook_address import check_url
from amends.domain.people.webhook_event import EventType, OutgoingEvent
from amends.domain.refusal import Invalid

PREFIX = "whsec_"
SECRET_BYTES = 32
OLD_SECRET_FOR = timedelta(hours=24)
"""How long a replaced secret still signs, so that a receiver can change over."""
MOST_SECRETS = 5
AGENT = "Amends-Webhooks/1"


class BadEndpoint(Invalid):
    """The registration cannot be accepted."""

    code = "bad_endpoint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A signing secret, `whsec_` and base64; `until` is set once it has been replaced."""

    value: str
    until: datetime | None = None

    def __repr__(self) -> str:
        """Without the value, which belongs in no log."""
        return f"Secret(until={self.until!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where one merchant's events go; `secrets` has the newest first; no `types` means all."""

    id: str
    merchant: str
    url: str
    types: frozenset[EventType]
    secrets: tuple[Secret, ...]
    since: datetime
    """It hears of what happens from then on, not of the past."""
    is_paused: bool = False
    turn: str | None = None
    """The request that the newest secret was made for."""

    @property
    def hears_of_cases(self) -> bool:
        """Whether it is awake, and new cases are among what it hears of."""
        return not self.is_paused and (not self.types or EventType.CASE_REPORTED in self.types)

    def wants(self, event: OutgoingEvent) -> bool:
        """Whether this endpoint hears of that type; a paused one still collects its events."""
        return not self.types or event.type in self.types


def register(
    *,
    endpoint_id: str,
    merchant: str,
    url: str,
    types: Sequence[str],
    at: datetime,
    random_bytes: Callable[[int], bytes],
    is_local: bool,
) -> Endpoint:
    """A new endpoint with a fresh secret; refuses a bad URL and an unknown type."""
    check_url(url, is_local=is_local)
    return Endpoint(
        id=endpoint_id,
        merchant=merchant,
        url=url,
        types=event_types(types),
        secrets=(_fresh(random_bytes),),
        since=at,
    )


def event_types(names: Sequence[str]) -> frozenset[EventType]:
    """Types by name; refuses one that there is not."""
    if unknown := sorted(set(names) - {str(kind) for kind in EventType}):
        raise BadEndpoint(f"there is no event type {unknown[0][:40]!r}")
    return frozenset(EventType(name) for name in names)


def rotate(endpoint: Endpoint, now: datetime, random_bytes: Callable[[int], bytes]) -> Endpoint:
    """A fresh secret first; the former ones sign along until their time is over."""
    until = now + OLD_SECRET_FOR
    former = [
        secret if secret.until is not None else replace(secret, until=until)
        for secret in _live(endpoint.secrets, now)
    ]
    secrets = (_fresh(random_bytes), *former)[:MOST_SECRETS]
    return replace(endpoint, secrets=secrets)


def signed_request(endpoint: Endpoint, event: OutgoingEvent, now: datetime) -> Request:
    """The request of one attempt: same id and body each time, its own timestamp."""
    body = event.body()
    timestamp = int(now.timestamp())
    signatures = [
        sign(secret.value, event_id=event.id, timestamp=timestamp, body=body)
        for secret in _live(endpoint.secrets, now)
    ]
    return Request(
        method="POST",
        url=endpoint.url,
        headers={
            "content-type": "application/json",
            "user-agent": AGENT,
            "webhook-id": event.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(signatures),
        },
        body=body,
    )


def sign(secret: str, *, event_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`."""
    key = b64decode(secret.removeprefix(PREFIX), validate=True)
    digest = hmac.new(key, f"{event_id}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def _live(secrets: Sequence[Secret], now: datetime) -> list[Secret]:
    return [secret for secret in secrets if secret.until is None or now < secret.until]


def _fresh(random_bytes: Callable[[int], bytes]) -> Secret:
    return Secret(value=PREFIX + b64encode(random_bytes(SECRET_BYTES)).decode())
