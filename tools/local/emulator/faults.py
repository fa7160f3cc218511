"""Start microburst leaving the Host header alone: `python -m tools.local.emulator.faults`.

The header is part of what a caller signs, and the emulator verifies signatures; rewritten to the
emulator's own address, every request of a function would be refused.
"""

import importlib
import importlib.metadata
from collections.abc import Callable
from typing import Any

PINNED = "0.10.0"


def honest(headers_of: Callable[[Any, Any], dict[str, str]]) -> Callable[[Any, Any], Any]:
    """Outgoing headers with the host that the caller signed."""

    def outbound(upstream: Any, request: Any) -> dict[str, str]:
        return headers_of(upstream, request) | {"host": request.headers["Host"]}

    return outbound


if __name__ == "__main__":
    if importlib.metadata.version("microburst") != PINNED:
        raise SystemExit(f"the correction is made for microburst {PINNED}")
    forward = importlib.import_module("microburst.forward")
    kinds = [kind for kind in vars(forward).values() if hasattr(kind, "_outbound_headers")]
    for kind in kinds:
        kind._outbound_headers = honest(kind._outbound_headers)
    raise SystemExit(importlib.import_module("microburst.cli").main())
