"""Reading: what one channel says of one parcel at one time."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
    Reason,
    Step,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a scan was made, as far as the channel says; `country` is ISO 3166-1 alpha-2."""

    text: str = ""
    country: str | None = None
    postal_code: str | None = None
    node: str | None = None
    """The channel's own code of the hub or office, where it gives one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A channel's entry and what it means.

    `at` is aware UTC; `at_raw` is what the channel sent, to the letter; `code` is the channel's
    raw code, kept also when nothing maps it; `provider_id` is the channel's own key of the entry.
    """

    at: datetime
    at_raw: str
    offset_source: OffsetSource
    milestone: Milestone
    step: Step | None = None
    reason: Reason | None = None
    place: Place = Place()
    text: str = ""
    code: str = ""
    channel: str
    carrier: str | None = None
    provider_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one channel says of one number; `scans` oldest first.

    `found` false with no `error` is the honest "no scans yet"; `error` is a stable code of why the
    channel could not say (`rate_limited`, `unauthorised`, `unavailable`, `malformed`,
    `bad_number`, `not_registered`, `quota`, `timeout`) and then says nothing about the parcel.
    """

    number: str
    channel: str
    carrier: str | None = None
    found: bool
    milestone: Milestone
    reason: Reason | None = None
    direction: Direction = Direction.FORWARD
    channel_state: ChannelState = ChannelState.ACTIVE
    scans: tuple[Scan, ...] = ()
    error: str | None = None
    retry_after_seconds: int | None = None
    fresh_at: datetime | None = None
    """When the channel itself last looked, where it says so."""
    estimated_delivery_at: datetime | None = None
    unique_id: str | None = None
    """What tells two uses of one recycled number apart (FedEx trackingNumberUniqueId)."""
    successor: tuple[str, str] | None = None
    """Carrier and number under which another operator goes on (transhipment)."""
    unmapped: tuple[str, ...] = ()
    """Raw codes that no table knows; counted in a metric."""
