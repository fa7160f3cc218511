"""Log: one line of JSON for each thing worth telling; Lambda's log is what a function prints."""

import json
import sys
from collections.abc import Mapping


def say(message: str, told: Mapping[str, object], *, level: str = "INFO") -> None:
    """One line; `told` names no person."""
    print(json.dumps({"level": level, "message": message, **told}), file=sys.stderr)  # noqa: T201 - the log


def measure(
    counts: Mapping[str, int], *, by: Mapping[str, str], at_ms: int, **told: object
) -> None:
    """One line that is metrics as well (CloudWatch's embedded format), of the one thing in `by`.

    On standard output, where CloudWatch reads them.
    """
    metrics = [{"Name": name, "Unit": "Count"} for name in counts]
    directive = {"Namespace": "Amends", "Dimensions": [[*by]], "Metrics": metrics}
    line = {"_aws": {"Timestamp": at_ms, "CloudWatchMetrics": [directive]}, **by, **counts, **told}
    print(json.dumps(line))  # noqa: T201 - the log
