"""Batch: records of a queue or a stream, each its own unit.

Powertools' batch processor costs 0.41 of a boto3 client to import; this is what is needed of it.
"""

import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from amends.domain.refusal import Refusal

Record = Mapping[str, Any]


def each(
    event: Mapping[str, Any], act: Callable[[Record], None]
) -> dict[str, list[dict[str, str]]]:
    """Give every record to `act`; answer which failed, so that those alone come again.

    Stream records behind a failed one of the same key are delivered again with it by the service,
    as a stream is retried from its earliest failure on: `act` must bear a repeat.
    """
    failed = []
    records = event.get("Records", [])
    for record in records:
        try:
            act(record)
        except Exception as error:  # noqa: BLE001 - one record must not stop the rest
            failed.append({"itemIdentifier": identifier_of(record)})
            _log(record, error)
    line = {"level": "INFO", "message": "batch", "records": len(records), "failed": len(failed)}
    print(json.dumps(line), file=sys.stderr)  # noqa: T201 - Lambda's log is its output
    return {"batchItemFailures": failed}


def identifier_of(record: Record) -> str:
    """What names a record to its source: SQS its message id, a stream its sequence number."""
    if "messageId" in record:
        return str(record["messageId"])
    part = record.get("dynamodb") or record.get("kinesis") or {}
    return str(part.get("SequenceNumber") or part.get("sequenceNumber") or "")


def _log(record: Record, error: Exception) -> None:
    """Where and what, never with what: a record may name people."""
    trace = traceback.extract_tb(error.__traceback__)
    line = {
        "level": "ERROR",
        "message": "record failed",
        "record": identifier_of(record),
        "error": type(error).__name__,
        "code": error.code if isinstance(error, Refusal) else None,
        "where": [f"{frame.filename}:{frame.lineno}" for frame in trace[-6:]],
    }
    print(json.dumps(line), file=sys.stderr)  # noqa: T201 - Lambda's log is its output
