"""Counting: a case's or a parcel's account replaces its earlier one, and every sum moves with it.

Idempotent for each event: the account is worked out from the whole history, and only what differs
from the account on file is added.
"""

from amends.domain.insight.tally import Counted
from amends.ports.insight import StaleCount, Tallies

_ATTEMPTS = 8


def count(tallies: Tallies, counted: Counted) -> bool:
    """Take an account in; False when it says nothing new, or is older than the one on file."""
    for _ in range(_ATTEMPTS):
        known = tallies.known(counted.source)
        if known is None and not counted.groups:
            return False
        if known is not None and (
            known.version > counted.version or _says(known) == _says(counted)
        ):
            return False
        if tallies.swap(known, counted):
            return True
    raise StaleCount(f"{counted.source} kept changing while it was counted")


def _says(counted: Counted) -> object:
    return counted.month, counted.groups, counted.measures, counted.nodes
