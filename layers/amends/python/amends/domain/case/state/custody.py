"""Parts of a case's state: what nodes write down, and where the chain of custody breaks."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RecordKind(StrEnum):
    """What a node writes down."""

    STOCK_IN = "stock_in"
    STOCK_OUT = "stock_out"
    HANDOVER = "handover"
    SIGN_OFF = "sign_off"
    SCAN = "scan"


class Seal(StrEnum):
    """How the bag or parcel looked."""

    INTACT = "intact"
    BROKEN = "broken"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRecord:
    """One entry: the parcel came to, left, or was seen at a node.

    `to` is the node or carrier it went to; `signed_by` is a reference into the contacts, never a
    name; `document` is the list, bag or waybill number that proves it.
    """

    kind: RecordKind
    node: str
    at: datetime
    to: str | None = None
    signed_by: str | None = None
    document: str | None = None
    weight_grams: int | None = None
    seal: Seal | None = None


class GapKind(StrEnum):
    """How the chain breaks."""

    NO_ARRIVAL = "no_arrival"
    """It left for a node that never recorded it."""
    NO_DEPARTURE = "no_departure"
    """It turned up at the next node, and the one before has no stock-out."""
    NO_STOCK_OUT = "no_stock_out"
    """It came in and never left: it was lost there, or stands there."""
    ELSEWHERE = "elsewhere"
    """It was sent to one node and turned up at another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Where nobody can say who held it, and since when."""

    kind: GapKind
    node: str
    since: datetime
    until: datetime | None = None
    next_node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """It stood at one node for longer than that is usual."""

    node: str
    since: datetime
    hours: int
    limit_hours: int
