"""Placeholder of followup/schedule."""

from collections.abc import Mapping


def handler(event: Mapping[str, object], context: object) -> None:
    """Do nothing yet."""
