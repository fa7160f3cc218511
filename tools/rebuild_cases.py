"""Derive the summary row of every case again from its events: the events table is the truth.

Safe beside a living system: a row is written only over an older or an equal version, so that a
case that moves on meanwhile is never put back. Ledger rows are not derived here: they are entries
of their own, written once with the events that caused them.

    python -m tools.rebuild_cases --local .amends/local.json
    python -m tools.rebuild_cases --events-table NAME --cases-table NAME
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.adapters.summary import summary_item
from amends.domain.case.evolution import replay
from tools.rebuilding import Histories, ended, place_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OLDER_OR_EQUAL = "attribute_not_exists(case_id) OR version <= :version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How many rows were written, how many had moved on, and which histories cannot be read."""

    written: int
    moved_on: int
    unreadable: tuple[str, ...]


def rebuild(client: "DynamoDBClient", *, events_table: str, cases_table: str) -> Rebuilt:
    """Write every case's summary row from its history."""
    written, moved_on = 0, 0
    histories = Histories(client, events_table)
    for history in histories:
        case = replay(history)
        try:
            client.put_item(
                TableName=cases_table,
                Item=summary_item(case),
                ConditionExpression=OLDER_OR_EQUAL,
                ExpressionAttributeValues={":version": {"N": str(case.version)}},
            )
            written += 1
        except client.exceptions.ConditionalCheckFailedException:
            moved_on += 1
    return Rebuilt(written=written, moved_on=moved_on, unreadable=tuple(histories.unreadable))


def main(arguments: Sequence[str]) -> int:
    """Rebuild and say what was done; exit 1 when a history could not be read."""
    client, (events_table, cases_table) = place_of(arguments, __doc__, "events", "cases")
    done = rebuild(client, events_table=events_table, cases_table=cases_table)
    print(f"{done.written} rows written, {done.moved_on} cases had moved on by themselves")
    return ended(done.unreadable, "row")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
