"""Count every case again from its events: harmless beside a living system, for it only catches up.

Parcels are counted when they end and stay counted; their accounts are left alone.

    python -m tools.rebuild_figures --local .amends/local.json
    python -m tools.rebuild_figures --events-table NAME --insight-table NAME
"""

import sys
from collections.abc import Sequence

from amends.adapters.insight import DynamoTallies
from amends.domain.insight.case_tally import count_case
from amends.service.insight.counting import count
from tools.rebuilding import Histories, ended, place_of


def main(arguments: Sequence[str]) -> int:
    """Count again and say what was put right; exit 1 when a history could not be read."""
    client, (events_table, insight_table) = place_of(arguments, __doc__, "events", "insight")
    tallies = DynamoTallies(client, table=insight_table)
    histories = Histories(client, events_table)
    mended = [count(tallies, count_case(history)) for history in histories]
    print(f"{sum(mended)} accounts put right, {len(mended) - sum(mended)} were right")
    return ended(histories.unreadable, "account")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
