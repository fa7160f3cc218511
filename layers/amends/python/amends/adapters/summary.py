"""Summary: the one derived row of a case, as plain values; rebuildable from its events."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from amends.domain.case.case import Case
from amends.domain.refusal import Invalid
from amends.ports import DUE_SHARDS

LONGEST_CURSOR = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the cases table holds of one case; absent keys keep the row out of an index."""

    case_id: str
    version: int
    kind: str
    stage: str
    status: str
    waybill: str
    former_waybill: str | None
    """The number it was reported by, once it has travelled on under another."""
    reference: str | None
    """The seller's own name for the order, as it is compared."""
    due_shard: str | None
    due_at: str | None
    queue_key: str
    queue_sort: str
    claimant: str | None
    outcome: str | None
    """Only a closed case has one; the waybill index carries it."""
    opened_at: str
    updated_at: str


def summary_of(case: Case) -> Summary:
    """The row of a case."""
    due_at = case.due_at
    return Summary(
        case_id=case.id,
        version=case.version,
        kind=case.report.kind,
        stage=case.stage,
        status=case.status,
        waybill=case.number,
        former_waybill=_former(case),
        reference=reference_of(case.report.shipment.order_reference or ""),
        due_shard=shard_key(shard_of(case.id)) if due_at else None,
        due_at=moment(due_at) if due_at else None,
        queue_key=case.stage,
        queue_sort=f"{moment(due_at) if due_at else '9999'}#{case.id}",
        claimant=case.merchant,
        outcome=case.outcome,
        opened_at=moment(case.opened_at),
        updated_at=moment(case.updated_at),
    )


def summary_item(case: Case) -> dict[str, Any]:
    """The summary row as DynamoDB stores it."""
    summary = summary_of(case)
    return {
        name: {"N": str(value)} if isinstance(value, int) else {"S": value}
        for name in summary.__slots__
        if (value := getattr(summary, name)) is not None
    }


def _former(case: Case) -> str | None:
    reported = case.report.shipment.tracking_number
    return reported if reported != case.number else None


def reference_of(text: str) -> str | None:
    """A reference as it is compared: without blanks, in one case; None where nothing is left."""
    return "".join(text.split()).casefold()[:LONGEST_CURSOR] or None


def shard_of(case_id: str) -> int:
    """Which partition of the due index a case lives in, for ever."""
    return sha256(case_id.encode()).digest()[0] % DUE_SHARDS


def shard_key(shard: int) -> str:
    """The partition key of a shard."""
    return f"due#{shard:02d}"


def moment(at: datetime) -> str:
    """Sorts as it happened: UTC to the microsecond, always of one length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def check_cursor(cursor: str | None) -> str:
    """The sort key that a page of a queue comes after; refuses what was never a cursor."""
    if cursor is not None and len(cursor) > LONGEST_CURSOR:
        raise Invalid("there is no such page")
    return cursor or " "
