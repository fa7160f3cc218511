"""The status page: which channels answer, for anyone who wonders why a parcel is not seen."""

from functools import lru_cache
from typing import Any

from amends import runtime
from amends.service.tracking.health import health_of
from amends.web.answer import Answer
from amends.web.call import Call
from tracking_poller.documents import moment

FRESH_SECONDS = 60
"""Looked up once in so long by each warm function, however many ask."""


def status(_call: Call) -> Answer:
    """`GET /v1/status`: no limits, no counts, nobody's parcels."""
    minute = int(runtime.now().timestamp()) // FRESH_SECONDS
    kept = {"cache-control": f"public, max-age={FRESH_SECONDS}"}
    return Answer.of(_looked_up(minute), headers=kept)


@lru_cache(maxsize=1)
def _looked_up(_minute: int) -> dict[str, Any]:
    at, channels = runtime.now(), runtime.tracker().channels
    found = health_of(channels, channels.codes, at=at)
    return {
        "at": moment(at),
        "is_undisturbed": all(one.is_up for one in found),
        "channels": [
            {
                "channel": one.channel,
                "is_answering": one.is_up,
                "tried_again_at": moment(one.closed_until),
            }
            for one in found
        ],
    }
