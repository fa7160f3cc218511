"""Routes: at which channels a carrier's parcels are asked about, the first choice first."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_ANY = "*"


def channels_for(
    carrier: str | None,
    *,
    overrides: Mapping[str, Sequence[str]] | None = None,
    known: Sequence[str],
) -> tuple[str, ...]:
    """The channels of one carrier among those known (with an account), never twice the same.

    `routes.csv` is ours: the operator's own service first, then the aggregators that cover it by
    `reference/tracking.md` section 2. `overrides` are the settings of a stack; a carrier that
    neither names is asked about at the aggregators.
    """
    rows = overrides or {}
    named = rows.get(carrier or _ANY) or _routes().get(carrier or _ANY)
    chosen = named or rows.get(_ANY) or _routes()[_ANY]
    return tuple(dict.fromkeys(code for code in chosen if code in known))


@cache
def _routes() -> dict[str, tuple[str, ...]]:
    text = Path(__file__).with_name("routes.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["carrier"]: tuple(row["channels"].split("|")) for row in rows}
