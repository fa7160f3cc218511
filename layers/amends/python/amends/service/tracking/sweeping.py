"""Sweeping: what has fallen due goes to the queue, in messages that a channel takes at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from amends.domain.parcel.shipment import Due, stamp
from amends.service.tracking.asking import channel_of
from amends.service.tracking.tracker import Tracker

SWEPT_AT_ONCE = 5000
OVERDUE_AFTER = timedelta(hours=1)
OVERDUE = "overdue"
"""The mark of the slower sweep."""
_SMALLEST_MESSAGE = 10


def sweep(tracker: Tracker, shard: int, *, at: datetime, limit: int = SWEPT_AT_ONCE) -> int:
    """Send what of one shard has fallen due since the last sweep; how many.

    The mark is moved first: of two sweeps at once only one sends. One that dies in between leaves
    its parcels to `sweep_overdue`.
    """
    known = tracker.shipments.mark(shard)
    until = f"{stamp(at)}~"
    rows = tracker.shipments.due(shard=shard, after=known, until=until, limit=limit)
    if not rows:
        return 0
    to = rows[-1].key if len(rows) >= limit else until
    if not tracker.shipments.move_mark(shard, known=known, to=to):
        return 0
    try:
        tracker.queue.send_many(messages(tracker, rows))
    except Exception:
        tracker.shipments.move_mark(shard, known=to, to=known)
        raise
    return len(rows)


def sweep_overdue(tracker: Tracker, shard: int, *, at: datetime, limit: int = 1000) -> int:
    """Send again what has been due for an hour, whatever became of it; how many.

    Where there are more than the limit the next turn goes on behind them, and begins again at the
    end: what fails for ever keeps none of the others from its turn.
    """
    until = f"{stamp(at - OVERDUE_AFTER)}~"
    known = tracker.shipments.mark(shard, of=OVERDUE)
    rows = tracker.shipments.due(shard=shard, after=known, until=until, limit=limit)
    tracker.queue.send_many(messages(tracker, rows))
    to = rows[-1].key if len(rows) >= limit else ""
    if to != known:
        tracker.shipments.move_mark(shard, known=known, to=to, of=OVERDUE)
    return len(rows)


def messages(tracker: Tracker, rows: Sequence[Due]) -> list[Mapping[str, object]]:
    """Messages of as many parcels as one request takes; what shares a row stays together."""
    by_channel: dict[str, list[Due]] = {}
    for row in rows:
        by_channel.setdefault(row.channel, []).append(row)
    made: list[Mapping[str, object]] = []
    for code, due in by_channel.items():
        is_known = code in tracker.channels.codes
        most = channel_of(code).LIMITS.batch_size if is_known else 1
        made += [message(code, part) for part in _filled(due, max(most, _SMALLEST_MESSAGE))]
    return made


def message(code: str, rows: Iterable[Due]) -> Mapping[str, object]:
    """What a worker is told."""
    return {"channel": code, "items": [[row.waybill, row.key] for row in rows]}


def _filled(rows: Sequence[Due], most: int) -> list[list[Due]]:
    """The largest packs first, each where it still fits; of the rest those of a pace together."""
    packs = [list(pack) for _, pack in groupby(rows, key=lambda row: row.key)]
    full: list[list[Due]] = []
    open_: list[list[Due]] = []
    for pack in sorted(packs, key=lambda pack: (-len(pack), _pace(pack[0]))):
        into = next((one for one in open_ if len(one) + len(pack) <= most), None)
        if into is None:
            open_.append(into := [])
        into += pack
        if len(into) >= most:
            full.append(into)
            open_.remove(into)
    return full + open_


def _pace(due: Due) -> timedelta:
    """How long it waited: like ones may well be due together again."""
    return due.due_at - max(due.asked.values(), default=due.due_at)
