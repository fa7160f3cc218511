"""Unsaid: an answer that tells of no parcel: an empty list, a gateway's own error, or nonsense."""

import json
import re

from amends.domain.parcel.derive import no_scans, not_said
from amends.domain.parcel.reading import Reading

_LOOKED = 4000
_GATEWAYS = tuple(
    (re.compile(words, re.IGNORECASE), error)
    for words, error in (
        (r"too many requests|rate.?limit|throttl|quota.?(violation|exceeded)", "rate_limited"),
        (
            r"unauthori[sz]ed|forbidden|access.?denied|invalid.{0,12}(token|api.?key|client)",
            "unauthorised",
        ),
        (r"gateway time.?out|request time.?out|timed out", "timeout"),
        (r"bad gateway|service (temporarily )?unavailable|internal server error", "unavailable"),
    )
)
"""What API gateways and proxies say in place of a channel, whatever the document around it."""


def nothing_told(body: bytes, *, number: str, channel: str, carrier: str | None = None) -> Reading:
    """The reading of a body in which a channel's reader found no parcel.

    An empty list where the parcels would stand is the honest "no scans yet"; a gateway's words
    name its error; anything else is malformed.
    """
    if _is_empty_list(body):
        return no_scans(number=number, channel=channel, carrier=carrier)
    words = body[:_LOOKED].decode("utf-8", "replace")
    error = next((error for said, error in _GATEWAYS if said.search(words)), "malformed")
    return not_said(number=number, channel=channel, carrier=carrier, error=error)


def _is_empty_list(body: bytes) -> bool:
    try:
        parsed: object = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return parsed != [] and _holds_empty_list(parsed, depth=3)


def _holds_empty_list(value: object, *, depth: int) -> bool:
    if value == []:
        return True
    if isinstance(value, dict) and depth:
        return any(_holds_empty_list(inner, depth=depth - 1) for inner in value.values())
    return False
