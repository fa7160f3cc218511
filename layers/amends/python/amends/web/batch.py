"""Batch: records of a queue or a stream, each its own unit.

Powertools' batch processor costs 0.41 of a boto3 client to import; this is what is needed of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from amends.domain.occasion import BY_DUE
from amends.web.log import say
from amends.web.trace import trace_of

Record = Mapping[str, Any]


def each(
    event: Mapping[str, Any], act: Callable[[Record], None]
) -> dict[str, list[dict[str, str]]]:
    """Give every record to `act`; answer which failed, so that those alone come again.

    A stream is retried from its earliest failure on, so that `act` must bear a repeat. What stands
    behind a failed record of the same case waits for it: a case is told in its order.
    """
    failed = []
    waiting: set[str] = set()
    records = event.get("Records", [])
    for record in records:
        subject = _subject_of(record)
        if subject in waiting:
            failed.append({"itemIdentifier": identifier_of(record)})
            continue
        try:
            act(record)
        except Exception as error:  # noqa: BLE001 - one record must not stop the rest
            failed.append({"itemIdentifier": identifier_of(record)})
            waiting |= {subject} if subject else set()
            named = identifier_of(record)
            say("record failed", {"record": named, **trace_of(error)}, level="ERROR")
    say("batch", {"records": len(records), "failed": len(failed)})
    return {"batchItemFailures": failed}


def turns_of_cases(event: Mapping[str, Any], *types: str) -> dict[str, list[Record]]:
    """Of the events' stream: the first record of each case, and every one of these types.

    Whoever acts on a case reads it as it is now, with everything behind that record: to read it
    again for each event of one decision would be the same work many times over. What was recorded
    of a case that was due is left to whoever recorded it, but for these types.
    """
    seen: set[str] = set()
    wanted = []
    for record in event.get("Records", []):
        row = record["dynamodb"]
        case_id = row["Keys"]["case_id"]["S"]
        image = row["NewImage"]
        if image["type"]["S"] in types:
            wanted.append(record)
        elif image.get("by", {}).get("S") == BY_DUE:
            continue
        elif case_id not in seen:
            wanted.append(record)
        seen.add(case_id)
    return {"Records": wanted}


def identifier_of(record: Record) -> str:
    """What names a record to its source: SQS its message id, a stream its sequence number."""
    if "messageId" in record:
        return str(record["messageId"])
    part = record.get("dynamodb") or record.get("kinesis") or {}
    return str(part.get("SequenceNumber") or part.get("sequenceNumber") or "")


def _subject_of(record: Record) -> str:
    """The case that a stream's record is about; nothing for a queue, which has no order."""
    keys = record.get("dynamodb", {}).get("Keys", {})
    return str(keys.get("case_id", {}).get("S", ""))
