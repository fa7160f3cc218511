"""Clock -> queue: shipments that are due, and every ten minutes those that are overdue."""

from collections.abc import Mapping

from amends import runtime
from amends.domain.parcel.shipment import DUE_SHARDS
from amends.service.tracking.sweeping import sweep, sweep_overdue
from amends.web.log import say


def handler(_event: Mapping[str, object], _context: object) -> None:
    """Sweep every shard; one that fails must not keep the others from it."""
    tracker, at = runtime.tracker(), runtime.now()
    sent = overdue = 0
    failures: list[Exception] = []
    for shard in range(DUE_SHARDS):
        try:
            sent += sweep(tracker, shard, at=at)
            if at.minute % 10 == 0:
                overdue += sweep_overdue(tracker, shard, at=at)
        except Exception as error:  # noqa: BLE001 - raised below, after the other shards
            failures.append(error)
    say("swept", {"sent": sent, "overdue": overdue})
    if failures:
        raise failures[0]
