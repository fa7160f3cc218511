"""Due pass: every case whose moment has come goes to the queue, some in one document."""

from collections.abc import Sequence

from amends.domain.occasion import Occasion
from amends.ports import CaseStore
from amends.ports.sweeping import Passes, WorkQueue
from amends.service.sweeping import PAGE, Sweep, put_due

TOGETHER = 25
"""Cases in one document of the queue: a second or two of work, and a thousandth of its price."""


def sweep_cases(store: CaseStore, queue: WorkQueue, passes: Passes, occasion: Occasion) -> int:
    """Put every due case to the queue, some together; how many there were."""
    sweep = Sweep(
        name="cases",
        read=lambda shard, after: store.due(
            shard=shard, until=occasion.at, limit=PAGE, after=after
        ),
        worded=_together,
        queue=queue,
        passes=passes,
    )
    return put_due(sweep, occasion)


def _together(case_ids: Sequence[str]) -> Sequence[dict[str, object]]:
    starts = range(0, len(case_ids), TOGETHER)
    return [{"case_ids": list(case_ids[start : start + TOGETHER])} for start in starts]
