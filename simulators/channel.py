"""The contract of a simulated channel, and what it sees of the world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from simulators.faults import Fault, spoiled
from simulators.limits import Ledger, Terms
from simulators.parcel import Parcel
from simulators.wire import Answer, Ask, Message


class Refusal(StrEnum):
    """What each channel says in its own words."""

    UNAUTHORISED = "unauthorised"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One file in `simulators/channels/` defines one as `CHANNEL`.

    `carriers` says whose scans it tells, by the first letters of the carrier's name; empty means
    everybody's. A scan that names no carrier is everybody's.
    """

    code: str
    terms: Terms
    credentials: Mapping[str, str]
    answer: "Callable[[Ask, Desk], Answer]"
    refuse: Callable[[Refusal], Answer]
    push: "Callable[[Parcel, Desk], Message | None]"
    carriers: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Shelf:
    """What a channel remembers between requests."""

    registered: dict[str, dict[str, object]] = field(default_factory=dict)
    registered_at: dict[str, float] = field(default_factory=dict)
    tokens: dict[str, float] = field(default_factory=dict)
    """Access token to the second at which it expires."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """The world as one request at one channel sees it."""

    channel: Channel
    parcels: Mapping[str, Mapping[str, Parcel]]
    ledger: Ledger
    shelf: Shelf
    terms: Terms
    credentials: Mapping[str, str]
    at: datetime
    fault: Fault | None = None

    @property
    def seconds(self) -> float:
        """Now, for spans."""
        return self.at.timestamp()

    def broke(self, kind: str, detail: str) -> None:
        """Record a violation of the channel's terms."""
        self.ledger.break_of(kind, detail, self.at.isoformat())

    def refuse(self, detail: str) -> Answer:
        """The caller is not who it says: recorded, and told in the channel's words."""
        self.broke("bad_signature", detail)
        return self.channel.refuse(Refusal.UNAUTHORISED)

    def over_batch(self, count: int, *, limit: int | None = None) -> bool:
        """Whether a request names too many numbers; recorded."""
        most = self.terms.batch if limit is None else limit
        if count > most:
            self.broke("batch_size", f"{count} numbers, at most {most}")
        return count > most

    def parcel(self, number: str) -> Parcel | None:
        """Look a parcel up for an answer; None when this channel has no scan of it."""
        found = self.uses(number)
        return found[-1] if found else None

    def uses(self, number: str) -> tuple[Parcel, ...]:
        """Every use of a recycled number, the newest put last; counts as one look."""
        if not self.ledger.refreshed(number, self.terms, self.seconds):
            self.broke("refresh", f"{number} again within {self.terms.refresh_seconds} s")
        if self.fault is Fault.NOT_FOUND or self.spoils(number):
            return ()
        return self.known(number)

    def known(self, number: str) -> tuple[Parcel, ...]:
        """What the world holds for this channel, faults aside."""
        seen = (visible(parcel, self.channel) for parcel in self.parcels.get(number, {}).values())
        return tuple(parcel for parcel in seen if parcel is not None)

    def spoils(self, number: str) -> bool:
        """Whether this number is the one that fails in an otherwise good batch."""
        return self.fault is Fault.PARTIAL_FAILURE and spoiled(number)

    def register(self, number: str, details: dict[str, object]) -> bool:
        """Remember a registration; False when it was there already."""
        if number in self.shelf.registered:
            return False
        self.shelf.registered[number] = details
        self.shelf.registered_at[number] = self.seconds
        return True

    def is_registered(self, number: str) -> bool:
        """Whether it may be asked about; asking without is recorded."""
        if number in self.shelf.registered:
            return True
        self.broke("missing_registration", number)
        return False

    def is_ready(self, number: str) -> bool:
        """Whether the channel has had time to look since the registration."""
        since = self.shelf.registered_at.get(number, 0)
        return self.seconds - since >= self.terms.registration_seconds


def visible(parcel: Parcel, channel: Channel) -> Parcel | None:
    """What this channel knows of the parcel: only its own carriers' scans."""
    if parcel.channels and channel.code not in parcel.channels:
        return None
    scans = tuple(
        scan
        for scan in parcel.scans
        if not channel.carriers or not scan.carrier or scan.carrier.startswith(channel.carriers)
    )
    return replace(parcel, scans=scans) if scans else None


def no_push(_parcel: Parcel, _desk: Desk) -> Message | None:
    """For a channel that has none."""
    return None
