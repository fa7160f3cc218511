"""Clock -> queue: shipments that are due, and every ten minutes those that are overdue."""

import json
import sys
from collections.abc import Mapping

from amends import runtime
from amends.domain.parcel.shipment import DUE_SHARDS
from amends.service.tracking.sweeping import sweep, sweep_overdue


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
    line = {"level": "INFO", "message": "swept", "sent": sent, "overdue": overdue}
    print(json.dumps(line), file=sys.stderr)  # noqa: T201 - Lambda's log is its output
    if failures:
        raise failures[0]
