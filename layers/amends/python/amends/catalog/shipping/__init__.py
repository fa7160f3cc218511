"""Shipping: what destinations' customs ask for, and words that declarations are read by."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from amends.domain.money import Money
from amends.domain.parcel.customs import Ask, CustomsRule
from amends.domain.parcel.declaring import Instead, Words
from amends.domain.parcel.preflight import Severity


@cache
def customs_rules() -> tuple[CustomsRule, ...]:
    """Every rule that is sure enough to be told; one without source or date is refused."""
    return tuple(_rule(row) for row in _read("customs.json")["rules"] if row["is_on"])


@cache
def words() -> Words:
    """The words of declarations."""
    told = _read("declaring.json")
    return Words(
        vague={
            word: Instead(en=row["en"], zh=row["zh"])
            for row in told["vague"]
            for word in row["words"].split()
        },
        empty=frozenset(told["empty"].split()),
        of_material=tuple(told["of_material"].split()),
        materials=tuple(told["materials"].split()),
        chapters={chapter: tuple(named.split()) for chapter, named in told["chapters"].items()},
    )


def _rule(row: dict[str, Any]) -> CustomsRule:
    if not row["source"]:
        raise ValueError(f"customs.json: {row['code']} has no source")
    limit = row.get("limit")
    return CustomsRule(
        code=Ask(row["code"]),
        countries=frozenset(row["countries"].split()),
        severity=Severity(row["severity"]),
        since=date.fromisoformat(row["since"]) if "since" in row else None,
        digits=row.get("digits", 0),
        limit=Money.of(limit["amount"], limit["currency"]) if limit else None,
        en=row["en"],
        zh=row["zh"],
        source=row["source"],
        on=date.fromisoformat(row["on"]),
        confidence=row["confidence"],
    )


def _read(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return told
