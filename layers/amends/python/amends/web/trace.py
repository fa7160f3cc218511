"""Trace: what a log says of an exception."""

import traceback

from amends.domain.refusal import Refusal

FRAMES = 6


def trace_of(error: Exception) -> dict[str, object]:
    """Which one and where, never with what: its message may name people."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return {
        "error": type(error).__name__,
        "code": error.code if isinstance(error, Refusal) else None,
        "where": [f"{frame.filename}:{frame.lineno}" for frame in frames],
    }
