"""Log: one line of JSON for each thing worth telling; Lambda's log is what a function prints."""

import json
import sys
from collections.abc import Mapping


def say(message: str, told: Mapping[str, object], *, level: str = "INFO") -> None:
    """One line; `told` names no person."""
    print(json.dumps({"level": level, "message": message, **told}), file=sys.stderr)  # noqa: T201 - the log


def measure(counts: Mapping[str, int], *, by: Mapping[str, str], **told: object) -> None:
    """One line that is metrics as well (CloudWatch's embedded format), of the one thing in `by`.

    On standard output, where CloudWatch reads them. Powertools is imported with the first of them.
    """
    from aws_lambda_powertools.metrics import EphemeralMetrics

    metrics = EphemeralMetrics(namespace="Amends")
    for name, value in by.items():
        metrics.add_dimension(name, value)
    for name, count in counts.items():
        metrics.add_metric(name, "Count", count)
    for name, fact in told.items():
        metrics.add_metadata(name, fact)
    metrics.flush_metrics()
