"""Deadlines: the days of law and contract, kept on the case from its report on, and warned of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.events import DeadlinesSet, DeadlineWarned, Event
from amends.domain.case.state.agreement import CaseDeadline, Presumed
from amends.domain.occasion import Occasion


def days_of(assessment: Mapping[str, Any]) -> tuple[CaseDeadline, ...]:
    """The days that a worked assessment (its JSON form) names, each with its regime."""
    return tuple(
        CaseDeadline(
            name=str(one["name"]),
            first_day=date.fromisoformat(one["first_day"]) if one["first_day"] else None,
            last_day=date.fromisoformat(one["last_day"]),
            rule=str(one["rule"]),
            source=str(one["source"]),
            regime=assessment["regime"],
            met=True if one["met"] else None,
        )
        for one in assessment["deadlines"]
        if one["last_day"]
    )


def presumed_by(assessment: Mapping[str, Any]) -> Presumed | None:
    """From when the assessment counts a silent parcel as lost."""
    told = assessment["presumed_loss"]
    if not told:
        return None
    first = date.fromisoformat(told["from"])
    return Presumed(first_day=first, rule=told["rule"], source=told["source"])


def soonest(found: Iterable[CaseDeadline]) -> tuple[CaseDeadline, ...]:
    """Of several regimes that may apply, for each act the day that comes first."""
    kept: dict[str, CaseDeadline] = {}
    for one in found:
        known = kept.get(one.name)
        if known is None or one.last_day < known.last_day:
            kept[one.name] = one
    return tuple(kept.values())


def set_days(
    case: Case, found: Sequence[CaseDeadline], presumed: Presumed | None = None
) -> list[Event]:
    """Keep the days; said again they change nothing, and an empty hand takes none away."""
    known = case.agreement
    days, presumed = tuple(found) or known.deadlines, presumed or known.presumed
    if (days, presumed) == (known.deadlines, known.presumed):
        return []
    return [DeadlinesSet(deadlines=days, presumed=presumed)]


def warn(case: Case, occasion: Occasion) -> list[Event]:
    """Warn of each day that comes near, once."""
    due = [
        name.removeprefix("deadline:")
        for name, at in sorted(case.waits.items())
        if name.startswith("deadline:") and at <= occasion.at
    ]
    return [DeadlineWarned(name=name) for name in due]
