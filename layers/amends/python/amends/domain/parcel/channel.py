"""The contract of a tracking channel: one file in `catalog/channels/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from amends.domain.exchange import Exchange
from amends.domain.parcel.reading import Reading
from amends.domain.refusal import Refusal

PATH_KEY = ":path-key"
"""Among the headers of a push: the end of the address it came to; no caller can send it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One parcel to ask about, with what a channel may need beside the number."""

    number: str
    carrier: str | None = None
    shipped_on: date | None = None
    destination_country: str | None = None
    destination_postal_code: str | None = None
    phone_tail: str | None = None
    """Last four digits of a party's phone (SF, ZTO); never logged."""
    unique_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A channel's published bounds; figures from `reference/tracking.md` section 2."""

    batch_size: int
    """Numbers per request."""
    requests: int
    """At most so many requests …"""
    per: timedelta
    """… in this span, for one account."""
    refresh_after: timedelta
    """Asking again sooner brings nothing new."""
    daily: int | None = None
    registers: bool = False
    """Whether a number must be registered before it can be asked about."""
    register_batch_size: int = 1
    register_requests: int | None = None
    """How many registrations in the span, where they have a limit apart from the asking."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where and as whom a channel is asked; `base_url` differs in tests and at the simulators.

    `secrets` are named by each channel's `SECRETS`. `token` is a cached OAuth2 access token, if
    any; an exchange that fetched a new one returns it in `Answer.token`.
    """

    base_url: str
    secrets: Mapping[str, str]
    token: str | None = None
    at: datetime | None = None
    """When this is asked, aware UTC; for channels that sign the time (SF)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token and how many seconds it lives from now."""

    value: str
    lives_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one exchange brought: a reading for every number asked, always; raw bodies kept."""

    readings: Mapping[str, Reading]
    raw: tuple[bytes, ...]
    token: Token | None = None


class PushKind(StrEnum):
    """What a push is worth."""

    READINGS = "readings"
    """The body is signed and carries readings."""
    WAKE_UP = "wake_up"
    """The signature does not cover the body: only ask again about the numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A verified push. `event_id` tells a repeat; `acknowledge` is the body to answer with."""

    kind: PushKind
    event_id: str
    readings: tuple[Reading, ...] = ()
    numbers: tuple[str, ...] = ()
    acknowledge: bytes = b"{}"


class BadSignature(Refusal):
    """The push is not from whom it says."""

    code = "bad_signature"
    status = 401


class Malformed(Refusal):
    """The bytes are not what this channel sends."""

    code = "malformed"
    status = 400


class Channel(Protocol):
    """What every module in `catalog/channels/` defines at its top level."""

    CARRIERS: frozenset[str]
    """Carriers it can be asked about; empty means any."""
    LIMITS: Limits
    SECRETS: tuple[str, ...]
    """Names of the secrets it needs."""
    BASE_URL: str

    def track(self, asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
        """Ask about up to `LIMITS.batch_size` parcels; one bad number never spoils the rest."""
        ...

    def register(self, asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
        """Register numbers, where `LIMITS.registers`; number to `ok` or an error code.

        Already registered is `ok`.
        """
        ...

    def read(self, body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
        """Read one raw answer or push body, errors too; never raises but `Malformed`.

        `number` says what was asked, for answers that do not repeat it.
        """
        ...

    def receive(self, body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
        """Verify a push on its raw bytes and read it; raises `BadSignature` or `Malformed`.

        Header names are lower case. A channel without push raises `Malformed`.
        """
        ...
