"""Placeholder of tracking_poller/schedule."""

from collections.abc import Mapping


def handler(_event: Mapping[str, object], _context: object) -> None:
    """Do nothing yet."""
