"""Custody: who held the parcel when, built from scans and node records; where the chain breaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from amends.domain.case.state.custody import Gap, GapKind, NodeRecord, RecordKind, Stay

STAY_TOO_LONG = timedelta(hours=68)
"""Within one country: 95 of 100 gaps between scans are shorter (reference 5.4; small sample,
biased to happy paths: confidence low)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The holdings in order, and what is wrong with them."""

    holdings: tuple[Holding, ...]
    gaps: tuple[Gap, ...]
    stays: tuple[Stay, ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node passed, once each, in order."""
        return tuple(dict.fromkeys(holding.node for holding in self.holdings))


def build_chain(records: Sequence[NodeRecord], *, at: datetime) -> Chain:
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
        stays=tuple(_stays(holdings, at=at, delivered=delivered)),
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


def _stays(holdings: Sequence[Holding], *, at: datetime, delivered: bool) -> list[Stay]:
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
        if stood > STAY_TOO_LONG:
            hour = timedelta(hours=1)
            stays.append(
                Stay(
                    node=holding.node,
                    since=holding.since,
                    hours=stood // hour,
                    limit_hours=STAY_TOO_LONG // hour,
                )
            )
    return stays
