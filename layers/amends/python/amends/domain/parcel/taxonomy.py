"""Taxonomy: what each vocabulary's codes mean, from `mapping.csv` (our own collection)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.domain.parcel.vocabulary import Milestone, Reason, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one raw code says: milestone always, step and reason where the code is that fine."""

    milestone: Milestone
    step: Step | None = None
    reason: Reason | None = None


UNMAPPED = Meaning(milestone=Milestone.UNKNOWN)


def meaning(vocabulary: str, code: str) -> Meaning | None:
    """The meaning of a code, or None when no table knows it (count it, keep the raw code)."""
    return _table(vocabulary).get(code)


@cache
def _table(vocabulary: str) -> dict[str, Meaning]:
    text = Path(__file__).with_name("mapping.csv").read_text("utf-8")
    return {
        row["code"]: Meaning(
            milestone=Milestone(row["milestone"].lower()),
            step=Step(row["step"]) if row["step"] else None,
            reason=Reason(row["reason"]) if row["reason"] else None,
        )
        for row in csv.DictReader(text.splitlines())
        if row["vocab"] == vocabulary
    }
