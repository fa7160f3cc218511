"""Waiting: what a case waits for, changed by name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from amends.domain.case.case import NOTHING, Case


def waits(
    case: Case, changes: Mapping[str, datetime | None] = NOTHING, /, **named: datetime | None
) -> Case:
    """The case with these moments to wait for; None forgets one."""
    merged = {**case.waits, **changes, **named}
    kept = {name: due for name, due in merged.items() if due is not None}
    return replace(case, waits=MappingProxyType(kept))


def only(case: Case, kept: Mapping[str, datetime]) -> Case:
    """The case, waiting for these alone."""
    return replace(case, waits=MappingProxyType(dict(kept)))


def without_investigation(case: Case) -> dict[str, datetime | None]:
    """The changes that forget every clock of the investigation and the recovery."""
    named = ("task:", "inquiry:", "stop:", "cctv:", "quarantine")
    single = ("level", "recovery", "pickup", "recipient", "redelivery", "inspection")
    return {name: None for name in case.waits if name.startswith(named) or name in single}
