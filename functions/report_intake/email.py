"""Placeholder of report_intake/email."""

from collections.abc import Mapping


def handler(event: Mapping[str, object], context: object) -> None:
    """Do nothing yet."""
