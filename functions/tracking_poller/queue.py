"""Queue -> channel: a message of parcels is asked about; the news reaches the cases."""

import json
from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.tracking.polling import poll
from amends.service.tracking.telling import tell_again
from amends.web.batch import each
from amends.web.log import measure


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
    polled = poll(runtime.tracker(), message, occasion)
    measure(
        {
            "asked": polled.asked,
            "changed": polled.changed,
            "failed": polled.failed,
            "unmapped": sum(polled.unmapped.values()),
        },
        by={"channel": polled.channel},
        message="polled",
        codes=dict(polled.unmapped),
    )
