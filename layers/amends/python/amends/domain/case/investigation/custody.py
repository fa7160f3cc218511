"""Custody: who held the parcel when, built from scans and node records; where the chain breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

STAY_TOO_LONG = timedelta(hours=68)
"""Within one country: 95 of 100 gaps between scans are shorter (reference 5.4; small sample,
biased to happy paths: confidence low)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One link: `node` held it from `since` (its first trace) until it is known to have left."""

    node: str
    since: datetime
    last_seen_at: datetime
    left_at: datetime | None
    to: str | None
    is_signed_in: bool
    documents: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The holdings in order, and what is wrong with them."""

    holdings: tuple[Holding, ...]
    gaps: tuple[Gap, ...]
    stays: tuple[Stay, ...]

    @property
    def last_holder(self) -> str | None:
        """The last node that is known to have had it."""
        return self.holdings[-1].node if self.holdings else None

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node passed, once each, in order."""
        return tuple(dict.fromkeys(holding.node for holding in self.holdings))


def build_chain(
    records: Sequence[NodeRecord], *, at: datetime, longest_stay: timedelta = STAY_TOO_LONG
) -> Chain:
    """The chain by `at`; the same records in any order give the same chain."""
    holdings: list[Holding] = []
    for record in sorted(set(records), key=_order):
        current = holdings[-1] if holdings else None
        if (
            current is not None
            and current.node == record.node
            and (current.left_at is None or record.kind in _LEAVING)
        ):
            holdings[-1] = _extended(current, record)
        else:
            holdings.append(_begun(record))
    delivered = any(record.kind is RecordKind.SIGN_OFF for record in records)
    return Chain(
        holdings=tuple(holdings),
        gaps=tuple(_gaps(holdings, delivered=delivered)),
        stays=tuple(_stays(holdings, at=at, limit=longest_stay, delivered=delivered)),
    )


_LEAVING = frozenset({RecordKind.STOCK_OUT, RecordKind.HANDOVER, RecordKind.SIGN_OFF})
_RANK = (
    RecordKind.STOCK_IN,
    RecordKind.SCAN,
    RecordKind.STOCK_OUT,
    RecordKind.HANDOVER,
    RecordKind.SIGN_OFF,
)


def _order(record: NodeRecord) -> tuple[object, ...]:
    rank = _RANK.index(record.kind)
    return (record.at, rank, record.node, record.to or "", record.document or "")


def _begun(record: NodeRecord) -> Holding:
    leaves = record.kind in _LEAVING
    return Holding(
        node=record.node,
        since=record.at,
        last_seen_at=record.at,
        left_at=record.at if leaves else None,
        to=record.to if leaves else None,
        is_signed_in=record.kind is RecordKind.STOCK_IN,
        documents=(record.document,) if record.document else (),
    )


def _extended(holding: Holding, record: NodeRecord) -> Holding:
    leaves = record.kind in _LEAVING
    documents = (*holding.documents, record.document) if record.document else holding.documents
    return Holding(
        node=holding.node,
        since=holding.since,
        last_seen_at=record.at,
        left_at=record.at if leaves else holding.left_at,
        to=(record.to or holding.to) if leaves else holding.to,
        is_signed_in=holding.is_signed_in or record.kind is RecordKind.STOCK_IN,
        documents=documents,
    )


def _gaps(holdings: Sequence[Holding], *, delivered: bool) -> list[Gap]:
    gaps = []
    for holding, following in pairwise(holdings):
        if holding.left_at is None:
            kind = GapKind.NO_DEPARTURE
        elif holding.to is not None and holding.to != following.node:
            kind = GapKind.ELSEWHERE
        else:
            continue
        gaps.append(
            Gap(
                kind=kind,
                node=holding.node,
                since=holding.left_at or holding.last_seen_at,
                until=following.since,
                next_node=following.node,
            )
        )
    if holdings and not delivered:
        last = holdings[-1]
        kind = GapKind.NO_STOCK_OUT if last.left_at is None else GapKind.NO_ARRIVAL
        since = last.left_at or last.last_seen_at
        gaps.append(Gap(kind=kind, node=last.node, since=since, next_node=last.to))
    return gaps


def _stays(
    holdings: Sequence[Holding], *, at: datetime, limit: timedelta, delivered: bool
) -> list[Stay]:
    stays = []
    for index, holding in enumerate(holdings):
        is_last = index == len(holdings) - 1
        if holding.left_at is not None:
            until = holding.left_at
        elif is_last:
            until = holding.last_seen_at if delivered else at
        else:
            until = holdings[index + 1].since
        stood = until - holding.since
        if stood > limit:
            hour = timedelta(hours=1)
            stays.append(
                Stay(
                    node=holding.node,
                    since=holding.since,
                    hours=stood // hour,
                    limit_hours=limit // hour,
                )
            )
    return stays
