"""Waiting for what the stack does in its own time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
SOON = 0.1
"""Seconds between the first looks."""
SHARE = 0.05
"""Of the time that has passed: each look costs the stack an invocation or a query."""


def until(found: Callable[[], Found | None], within: float) -> Found:
    """Look ever less often until something is found; TimeoutError after `within` seconds."""
    began = time.monotonic()
    while (passed := time.monotonic() - began) < within:
        answer = found()
        if answer is not None:
            return answer
        time.sleep(max(SOON, SHARE * passed))
    raise TimeoutError(f"not within {within} s")
