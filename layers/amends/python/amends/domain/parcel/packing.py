"""Packing: parcels asked about together that are due again at nearly the same time share a row.

A due row is written and deleted for each asking; shared by twenty it costs each a twentieth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.parcel.shipment import Due, due_key

PATIENCE = 20
"""By one in so many of its wait a parcel may be asked about later, for company."""


def patience(due_at: datetime, *, at: datetime, is_exact: bool) -> timedelta:
    """How long one may wait for others; not at all for the moment that an anomaly falls due."""
    return timedelta() if is_exact else max(due_at - at, timedelta()) / PATIENCE


def packs(rows: Iterable[Due]) -> list[tuple[Due, ...]]:
    """Rows of one channel and partition that may be due together, at the latest of their times."""
    made: list[list[Due]] = []
    until: datetime | None = None
    place: tuple[int, str] | None = None
    for due in sorted(rows, key=lambda one: (one.shard, one.channel, one.due_at, one.waybill)):
        mine = due.due_at + due.patience
        if place != (due.shard, due.channel) or until is None or due.due_at > until:
            place, until = (due.shard, due.channel), mine
            made.append([])
        until = min(until, mine)
        made[-1].append(due)
    return [_shared(one) for one in made]


def _shared(rows: Sequence[Due]) -> tuple[Due, ...]:
    """The rows as one; a row alone stays as it is."""
    if len(rows) == 1:
        return (rows[0],)
    at = rows[-1].due_at
    key = f"{due_key(at, rows[0].waybill)}+"
    return tuple(replace(one, due_at=at, packed=key) for one in rows)
