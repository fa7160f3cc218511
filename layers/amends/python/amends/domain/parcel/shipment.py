"""Shipment: a parcel that is watched, who wants to know, and when it is asked about next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b

from amends.domain.ids import derived
from amends.domain.parcel.carriers import house_of
from amends.domain.parcel.channel import Asked
from amends.domain.parcel.merging import empty
from amends.domain.parcel.state import Lane, ParcelState

DUE_SHARDS = 16
"""Partitions of the due rows; each bears 1,000 writes a second, ten million parcels need 700."""

_CASE = "case@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """What is known of one watched parcel; one for each waybill, whoever watches it.

    `watchers` are ids of merchants' watches (`shp_…`) and `case@<hour>`. `token` is borne by the
    one due row that counts: one with another token is a leftover, thrown away when it comes up.
    """

    waybill: str
    number: str
    carrier: str | None = None
    shipped_on: date | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    destination_postal_code: str | None = None
    phone_tail: str | None = None
    service: str | None = None
    expected_on: date | None = None
    """The day that was promised to its addressee, by whoever named one first."""
    watched_since: datetime
    channels: tuple[str, ...] = ()
    """Where it is asked about, the first choice first."""
    registered: frozenset[str] = frozenset()
    watchers: frozenset[str] = frozenset()
    state: ParcelState
    token: str = ""
    version: int = 0

    @property
    def has_case(self) -> bool:
        """Whether a person waits for news."""
        return any(watcher.startswith(_CASE) for watcher in self.watchers)

    def cases_before(self, at: datetime) -> tuple[str, ...]:
        """Watchers for cases that began an hour or more before."""
        hour = case_watcher(at - timedelta(hours=1))
        return tuple(one for one in self.watchers if one.startswith(_CASE) and one < hour)

    @property
    def lane(self) -> Lane:
        """From where to where."""
        return Lane(origin=self.origin_country, destination=self.destination_country)

    @property
    def asked(self) -> Asked:
        """The parcel as a channel is asked about it."""
        ids = {word.unique_id for word in self.state.words if word.unique_id}
        return Asked(
            number=self.number,
            carrier=self.carrier,
            shipped_on=self.shipped_on,
            destination_country=self.destination_country,
            destination_postal_code=self.destination_postal_code,
            phone_tail=self.phone_tail,
            unique_id=ids.pop() if len(ids) == 1 else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a parcel is asked about next, and where.

    It carries what only the next asking needs to know, so that an answer without news moves this
    row and writes nothing else. Parcels that are due together may share one (`packing`).
    """

    waybill: str
    due_at: datetime
    channel: str
    token: str
    asked: Mapping[str, datetime] = field(default_factory=dict)
    """When each channel was last asked: words that are unchanged are not written."""
    empty_polls: int = 0
    """Answers without news in a row."""
    failures: int = 0
    """Failures in a row."""
    packed: str = ""
    """The key of the row that it shares with others; empty where it has its own."""
    patience: timedelta = field(default=timedelta(), compare=False)
    """By so much it may come later to share a row; not kept."""

    @property
    def shard(self) -> int:
        """The partition of its waybill."""
        return shard_of(self.waybill)

    @property
    def key(self) -> str:
        """`<due_at>#<waybill>`, of the first where a row is shared: sorts by time."""
        return self.packed or due_key(self.due_at, self.waybill)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One merchant's wish to know about one parcel."""

    id: str
    owner: str
    waybill: str
    number: str
    order_reference: str | None = None
    created_at: datetime
    people: Mapping[str, str] = field(default_factory=dict)
    """Keyed digests of sender and addressee, by field: enough to compare, not to know them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A parcel that somebody wants watched, with what they know of it."""

    number: str
    carrier: str | None = None
    shipped_on: date | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    destination_postal_code: str | None = None
    phone_tail: str | None = field(default=None, repr=False)
    service: str | None = None
    expected_on: date | None = None
    order_reference: str | None = None
    people: Mapping[str, str] = field(default_factory=dict)
    """Keyed digests of sender and addressee, by field."""


def waybill_of(number: str, carrier: str | None, shipped_on: date | None) -> str:
    """The identity of a parcel: numbers are used again, so the day belongs to it.

    Of the carrier its house counts: one asker names the division, another the house alone.
    """
    return f"{number}#{house_of(carrier) or ''}#{shipped_on.isoformat() if shipped_on else ''}"


def case_watcher(at: datetime) -> str:
    """Who watches for a case: the hour is kept, for an index shows a new case a little late."""
    return f"{_CASE}{at:%Y-%m-%dT%H}"


def is_watch(watcher: str) -> bool:
    """Whether it watches for a merchant, not for a case."""
    return not watcher.startswith(_CASE)


def watch_id(owner: str, waybill: str) -> str:
    """The same owner and waybill give the same id, so that watching twice watches once."""
    return derived("shp", owner, waybill)


def new_shipment(wanted: Wanted, *, channels: tuple[str, ...], at: datetime) -> Shipment:
    """A parcel of which nothing has been heard."""
    waybill = waybill_of(wanted.number, wanted.carrier, wanted.shipped_on)
    return Shipment(
        waybill=waybill,
        number=wanted.number,
        carrier=wanted.carrier,
        shipped_on=wanted.shipped_on,
        origin_country=wanted.origin_country,
        destination_country=wanted.destination_country,
        destination_postal_code=wanted.destination_postal_code,
        phone_tail=wanted.phone_tail,
        service=wanted.service,
        expected_on=wanted.expected_on,
        watched_since=at,
        channels=channels,
        state=empty(wanted.number),
        token=token_of(waybill, at),
    )


def token_of(waybill: str, at: datetime) -> str:
    """What marks the due row that belongs to one state of the shipment."""
    return blake2b(f"{waybill}{at.isoformat()}".encode(), digest_size=6).hexdigest()


def due_key(at: datetime, waybill: str) -> str:
    """The sort key of a due row; milliseconds, so that keys compare as times do."""
    return f"{stamp(at)}#{waybill}"


def stamp(at: datetime) -> str:
    """A moment as due keys begin: fixed width, UTC."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shard_of(waybill: str) -> int:
    """The partition of a waybill."""
    return blake2b(waybill.encode(), digest_size=1).digest()[0] % DUE_SHARDS


SOONEST = timedelta(seconds=90)
"""A due row is never written behind the sweep: at least so far ahead of the clock."""
