"""State: what all channels together say of one parcel, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.parcel.reading import Scan
from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
    Reason,
    Step,
)

SILENT = frozenset({Milestone.NO_CHANGE, Milestone.UNKNOWN, Milestone.NOT_FOUND})
"""What moves nothing and resets no clock."""

FINAL = frozenset({Milestone.RETURNED, Milestone.DESTROYED, Milestone.CANCELLED})
"""Where a parcel stays; delivered parcels may still be disputed or sent back, lost ones found."""

STATUS = "status:"
"""Begins the `provider_id` of a status that no scan of its channel bears out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """From which country to which, as ISO 3166-1 alpha-2; unknown ends count as cross-border."""

    origin: str | None = None
    destination: str | None = None

    @property
    def is_domestic(self) -> bool:
        """Whether both ends are known and the same."""
        return self.origin is not None and self.origin == self.destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one channel said last when it could answer; `at` is when it was asked, or pushed."""

    channel: str
    at: datetime
    found: bool
    milestone: Milestone
    reason: Reason | None = None
    direction: Direction = Direction.FORWARD
    state: ChannelState = ChannelState.ACTIVE
    carrier: str | None = None
    fresh_at: datetime | None = None
    estimated_delivery_at: datetime | None = None
    unique_id: str | None = None
    successor: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a channel could last not answer, and since when it asks to be left alone until."""

    channel: str
    at: datetime
    error: str
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to the parcel, with every channel that told it.

    `scan` is the best of their scans: the surest time, then the finest meaning.
    """

    scan: Scan
    channels: tuple[str, ...]

    @property
    def is_guessed(self) -> bool:
        """Whether no channel knew the zone: the time may be 14 hours off either way."""
        return self.scan.offset_source is OffsetSource.GUESSED

    @property
    def is_status(self) -> bool:
        """Whether it is a provider's bare status, not a scan."""
        return (self.scan.provider_id or "").startswith(STATUS)

    @property
    def node(self) -> str | None:
        """Where it was, as finely as the channel says."""
        place = self.scan.place
        return place.node or place.text or place.country


class Clash(StrEnum):
    """How channels contradict each other, or themselves."""

    TWO_ENDINGS = "two_endings"
    MOVING_AFTER_END = "moving_after_end"
    TWO_PLACES = "two_places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two events that cannot both be; both are kept."""

    clash: Clash
    at: datetime
    channels: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelState:
    """All that is known of one parcel.

    `scans`, `words`, `failures` and `first_asked_at` are what was heard, and all that need be
    kept; the rest follows from them. Two states of one number merge in any order to the same.
    """

    number: str
    scans: tuple[Scan, ...] = ()
    words: tuple[Word, ...] = ()
    failures: tuple[Failure, ...] = ()
    first_asked_at: datetime | None = None

    events: tuple[Event, ...] = ()
    milestone: Milestone = Milestone.NOT_FOUND
    step: Step | None = None
    reason: Reason | None = None
    direction: Direction = Direction.FORWARD
    since: datetime | None = None
    """When the parcel reached its milestone."""
    last_scan_at: datetime | None = None
    last_movement_at: datetime | None = None
    """The last scan that moved the parcel: what dwell counts from."""
    last_movement: Event | None = None
    first_movement_at: datetime | None = None
    movements: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    disputed_at: datetime | None = None
    """When a carrier's own scan first contradicted the delivery."""

    @property
    def is_found(self) -> bool:
        """Whether any channel knows the number."""
        return any(word.found for word in self.words)

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be expected."""
        return self.milestone in FINAL

    @property
    def fresh(self) -> Mapping[str, datetime]:
        """How old each channel's word is: when it looked, or else when it was asked."""
        return {word.channel: word.fresh_at or word.at for word in self.words}

    @property
    def failing(self) -> tuple[Failure, ...]:
        """The channels that could not answer when last asked."""
        heard = {word.channel: word.at for word in self.words}
        return tuple(
            failure
            for failure in self.failures
            if failure.channel not in heard or failure.at > heard[failure.channel]
        )

    @property
    def successor(self) -> tuple[str, str] | None:
        """Carrier and number under which another operator goes on, as last said."""
        said = [word for word in self.words if word.successor]
        return max(said, key=lambda word: (word.at, word.channel)).successor if said else None

    @property
    def estimated_delivery_at(self) -> datetime | None:
        """When the parcel is due, as last said."""
        said = [word for word in self.words if word.estimated_delivery_at]
        latest = max(said, key=lambda word: (word.at, word.channel), default=None)
        return None if latest is None else latest.estimated_delivery_at
