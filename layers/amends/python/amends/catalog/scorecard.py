"""Scorecard: the criteria of a carrier's score, with their weights, from `scorecard.json`."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from amends.domain.insight.scorecard import SHARES, Criterion


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every criterion; refuses a file that names what cannot be weighed."""
    told = json.loads(Path(__file__).with_name("scorecard.json").read_text("utf-8"))
    found = tuple(
        Criterion(
            code=row["code"],
            weight=row["weight"],
            is_bad=row["is_bad"],
            tolerated=Decimal(row["tolerated"]) if "tolerated" in row else None,
            because=row["because"],
        )
        for row in told["criteria"]
    )
    unknown = {one.code for one in found} - set(SHARES)
    if unknown or any(one.weight <= 0 for one in found):
        raise ValueError(f"scorecard.json: {sorted(unknown) or 'a weight is not positive'}")
    return found
