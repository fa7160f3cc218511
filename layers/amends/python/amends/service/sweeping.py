"""Sweeping: every due row of an index is put to its queue, a page at a time.

While its queue is empty a sweep begins anew each time, so that nothing due is overlooked. While
work waits there, the next sweep goes on where the last one stopped: what was put is not put again,
unless the pass has become old, for then something may have been lost on its way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from amends.domain.occasion import Occasion
from amends.ports import DUE_SHARDS
from amends.ports.sweeping import DuePage, Pass, Passes, WorkQueue

Row = TypeVar("Row")
PAGE = 1_000
"""Rows held at once; what a sweep needs of memory does not grow with what is due."""
AT_ONCE = 200_000
"""At most so many in one sweep, well within its minute; the rest follows in the next."""
ANEW_AFTER = timedelta(minutes=5)
"""So old a pass is given up: what fell due behind its marks waits no longer than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep(Generic[Row]):
    """One due index and the queue that its rows go to; `worded` packs rows into documents."""

    name: str
    read: Callable[[int, str | None], DuePage[Row]]
    worded: Callable[[Sequence[Row]], Sequence[Mapping[str, object]]]
    queue: WorkQueue
    passes: Passes


def put_due(sweep: Sweep[Row], occasion: Occasion, *, most: int = AT_ONCE) -> int:
    """Put to the queue what is due, up to `most` and a page; how many rows that were."""
    known = sweep.passes.load(sweep.name) if sweep.queue.waiting() else None
    if known is None or occasion.at - known.began_at >= ANEW_AFTER:
        known = Pass(began_at=occasion.at, marks={})
    marks, seen = dict(known.marks), 0
    for shard in range(DUE_SHARDS):
        has_more = True
        while has_more and seen < most:
            page = sweep.read(shard, marks.get(str(shard)))
            sweep.queue.send_many(sweep.worded(page.rows))
            seen += len(page.rows)
            has_more = page.has_more
            if page.mark is not None:
                marks[str(shard)] = page.mark
    if marks != known.marks:
        sweep.passes.save(sweep.name, Pass(began_at=known.began_at, marks=marks))
    return seen
