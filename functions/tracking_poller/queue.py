"""Queue -> channel: a message of parcels is asked about; the news reaches the cases."""

import json
from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.tracking.polling import Polled, poll
from amends.service.tracking.telling import tell_again
from amends.web.batch import each


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Take every message; those that failed come again alone."""
    return each(event, act)


def act(record: Mapping[str, Any]) -> None:
    """Ask, or only tell what is known already."""
    message = json.loads(record["body"])
    occasion = runtime.occasion(by="tracking_poller", because=str(record["messageId"]))
    if "tell" in message:
        tell_again(runtime.tracker(), message, occasion)
        return
    _measure(poll(runtime.tracker(), message, occasion), at_ms=int(occasion.at.timestamp() * 1000))


def _measure(polled: Polled, *, at_ms: int) -> None:
    """One line that is log and metric (CloudWatch's embedded format) at once."""
    metrics = [{"Name": name} for name in ("asked", "changed", "failed", "unmapped")]
    line = {
        "_aws": {
            "Timestamp": at_ms,
            "CloudWatchMetrics": [
                {"Namespace": "Amends", "Dimensions": [["channel"]], "Metrics": metrics}
            ],
        },
        "message": "polled",
        "channel": polled.channel,
        "asked": polled.asked,
        "changed": polled.changed,
        "failed": polled.failed,
        "unmapped": sum(polled.unmapped.values()),
        "codes": dict(polled.unmapped),
    }
    print(json.dumps(line))  # noqa: T201 - Lambda's log is its output
