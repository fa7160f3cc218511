"""Start the emulator with its corrections: `python -m tools.local.emulator`, settings as its own.

It runs in the cloud environment; nothing of the product is imported here.
"""

import functools
import gc
import importlib
import importlib.metadata

from tools.local.emulator.actions import as_policies_name_them
from tools.local.emulator.invocations import note
from tools.local.emulator.properties import restore
from tools.local.emulator.schedules import TICK, Sweep, hurried, minute
from tools.local.emulator.streams import StreamPoll
from tools.local.emulator.unpacking import share

PINNED = "1.5.33"
# A handler that logs nothing would otherwise cost 50 ms each time.
LOG_WAIT = 0.002


def correct() -> None:
    """Apply every correction; refuses another release, whose insides may differ."""
    found = importlib.metadata.version("ministack")
    if found != PINNED:
        raise SystemExit(f"the corrections are made for ministack {PINNED}; {found} is installed")
    functions = importlib.import_module("ministack.services.lambda_svc")
    tables = importlib.import_module("ministack.services.dynamodb")
    scheduler = importlib.import_module("ministack.services.scheduler")
    rules = importlib.import_module("ministack.services.eventbridge")
    workers = importlib.import_module("ministack.core.lambda_runtime")
    provisioners = importlib.import_module("ministack.services.cloudformation.provisioners")
    restore(provisioners, functions, tables)
    share(workers)
    note(functions)
    as_policies_name_them(importlib.import_module("ministack.core.iam_actions"))
    vars(functions)["_poll_dynamodb_streams"] = StreamPoll(functions, tables)
    vars(rules)["_parse_rate_seconds"] = hurried(rules._parse_rate_seconds, minute())
    vars(scheduler)["_tick_schedules"] = Sweep(scheduler)
    vars(scheduler)["_SCHEDULE_TICK_INTERVAL"] = TICK
    workers.Worker._drain_stderr_bounded = functools.partialmethod(
        workers.Worker._drain_stderr_bounded, first_line_wait=LOG_WAIT
    )


if __name__ == "__main__":
    application = importlib.import_module("ministack.app")
    correct()
    gc.freeze()  # what is there at the start stays
    gc.set_threshold(20_000, 20, 50)
    application.main()
