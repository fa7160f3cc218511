"""What becomes of one batch of stream records: done, tried again, split, or parked.

Pure, so that it is tested without the emulator. The rules are those of Lambda's event source
mappings on DynamoDB streams (AWS Lambda developer guide, "Configuring partial batch response"
and "Retaining records of failed invocations").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
FOR_EVER = -1

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What a mapping asks for; `retries` and `oldest` are -1 where nothing was set."""

    reports_items: bool
    bisects: bool
    retries: int
    oldest: float

    @classmethod
    def of(cls, mapping: Mapping[str, Any]) -> "Reader":
        """Read the mapping as the Lambda API describes it."""
        retries, oldest = (
            mapping.get("MaximumRetryAttempts"),
            mapping.get("MaximumRecordAgeInSeconds"),
        )
        return cls(
            reports_items="ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or ()),
            bisects=str(mapping.get("BisectBatchOnFunctionError")).lower() == "true",
            retries=FOR_EVER if retries is None else int(retries),
            oldest=FOR_EVER if oldest is None else float(oldest),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Records in stream order, and how often this very batch has failed."""

    records: Sequence[Record]
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the function said: an error, or the sequence numbers that failed."""

    error: bool
    failed: Sequence[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What comes next: batches in order, one given up on with its reason, a pause in seconds."""

    again: Sequence[Batch] = ()
    parked: Batch | None = None
    condition: str = ""
    pause: float = 0.0


def sequence_number(record: Record) -> str:
    """The record's place in its stream."""
    return str(record["dynamodb"]["SequenceNumber"])


def judge(batch: Batch, answer: Answer, reader: Reader, *, now: float) -> Verdict:
    """Decide about a batch that the function has just seen; `now` in epoch seconds.

    Splitting does not use up a retry, so a poison record ends alone and its neighbours pass.
    """
    left = _left(batch, answer, reader)
    if not left.records:
        return Verdict()
    if reader.bisects and len(left.records) > 1:
        half = len(left.records) // 2
        return Verdict(
            again=(
                Batch(records=left.records[:half], failures=left.failures),
                Batch(records=left.records[half:], failures=left.failures),
            )
        )
    if 0 < reader.oldest < now - _born(left):
        return Verdict(parked=left, condition="RecordAgeExceeded")
    if 0 <= reader.retries <= left.failures:
        return Verdict(parked=left, condition="RetryAttemptsExhausted")
    return Verdict(
        again=(Batch(records=left.records, failures=left.failures + 1),),
        pause=min(FIRST_PAUSE * 2**left.failures, LONGEST_PAUSE),
    )


def _left(batch: Batch, answer: Answer, reader: Reader) -> Batch:
    """The records that still need work: all after an error, else those from the first failed on."""
    if answer.error:
        return batch
    if not reader.reports_items or not answer.failed:
        return Batch(records=())
    places = {sequence_number(record): place for place, record in enumerate(batch.records)}
    if any(number not in places for number in answer.failed):
        return batch  # an unknown identifier fails the whole batch, as Lambda says
    first = min(places[number] for number in answer.failed)
    return Batch(records=batch.records[first:], failures=batch.failures)


def _born(batch: Batch) -> float:
    return min(float(record["dynamodb"]["ApproximateCreationDateTime"]) for record in batch.records)
