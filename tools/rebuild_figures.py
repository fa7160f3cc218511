"""Count every case again from its events: harmless beside a living system, for it only catches up.

Parcels are counted when they end and stay counted; their accounts are left alone.

    python -m tools.rebuild_figures --local .amends/local.json
    python -m tools.rebuild_figures --events-table NAME --insight-table NAME
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from amends.adapters.codec import Undecodable
from amends.adapters.dynamodb import DynamoCases
from amends.adapters.insight import DynamoTallies
from amends.domain.insight.case_tally import count_case
from amends.service.insight.counting import count
from tools.rebuild_cases import case_ids, client_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def rebuild(
    client: "DynamoDBClient", *, events_table: str, insight_table: str
) -> tuple[int, int, list[str]]:
    """How many accounts were put right, how many were right, and which cases cannot be read."""
    store = DynamoCases(
        client,
        events_table=events_table,
        cases_table="",
        ledger_table="",
        book=lambda _case, _recorded: (),
    )
    tallies = DynamoTallies(client, table=insight_table)
    mended, right = 0, 0
    unreadable: list[str] = []
    for case_id in case_ids(client, events_table):
        try:
            history = store.history(case_id)
        except Undecodable:
            unreadable.append(case_id)
            continue
        if count(tallies, count_case(history)):
            mended += 1
        else:
            right += 1
    return mended, right, unreadable


def main(arguments: Sequence[str]) -> int:
    """Count again and say what was put right; exit 1 when a history could not be read."""
    parser = argparse.ArgumentParser(prog="tools.rebuild_figures", description=__doc__)
    parser.add_argument("--local", type=Path, help="local.json of a running local stack")
    parser.add_argument("--events-table")
    parser.add_argument("--insight-table")
    options = parser.parse_args(arguments)
    local = json.loads(options.local.read_text()) if options.local else {}
    tables = local.get("tables", {})
    events_table = options.events_table or tables.get("events_table")
    insight_table = options.insight_table or tables.get("insight_table")
    if not events_table or not insight_table:
        parser.error("name both tables, or a local.json")
    mended, right, unreadable = rebuild(
        client_of(local), events_table=events_table, insight_table=insight_table
    )
    print(f"{mended} accounts put right, {right} were right")
    for case_id in unreadable:
        print(f"{case_id} cannot be read: its account was left alone", file=sys.stderr)
    return 1 if unreadable else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
