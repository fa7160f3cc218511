"""Every invocation of a function written down, one line each: the emulator logs only some.

`AMENDS_INVOCATIONS` names the file; without it nothing is written. Whatever calls a function goes
through one place of the emulator, which calls itself again where the account is another.
"""

import functools
import json
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

_one_at_a_time = threading.Lock()


def note(functions: ModuleType, path: Path | None = None) -> None:
    """Write down each invocation: its function, its memory, its milliseconds, when it ended."""
    named = os.environ.get("AMENDS_INVOCATIONS")
    book = path or (Path(named) if named else None)
    if book is not None:
        vars(functions)["_execute_function"] = noted(
            functions._execute_function, functions._function_config_scope_mismatch, book
        )


def noted(
    execute: Callable[..., Any], calls_itself: Callable[[Mapping[str, Any]], bool], book: Path
) -> Callable[..., Any]:
    """The same, with a line for each that runs a function."""

    @functools.wraps(execute)
    def run(function: Mapping[str, Any], event: Any) -> Any:
        config = function.get("config") or function
        if calls_itself(config):
            return execute(function, event)
        began = time.monotonic()
        try:
            return execute(function, event)
        finally:
            line = {
                "function": config["FunctionName"],
                "memory_mb": int(config.get("MemorySize", 128)),
                "ms": round((time.monotonic() - began) * 1000, 1),
                "at": time.time(),
            }
            with _one_at_a_time, book.open("a") as lines:
                lines.write(json.dumps(line) + "\n")

    return run
