"""Deadlines: the days of law and contract, kept on the case from its report on, and warned of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from amends.domain.case.agreement.state import CaseDeadline, Presumed
from amends.domain.case.case import Case
from amends.domain.case.events import DeadlinesSet, DeadlineWarned, Event
from amends.domain.case.money.insuring import policy_days
from amends.domain.occasion import Occasion

OURS = frozenset({"payment", "policy_notice", "policy_claim"})
"""Days that bind whoever pays or is insured, not whoever claims: staff alone are warned."""


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


def day_of(case: Case, name: str) -> CaseDeadline | None:
    """The day of that name, as far as the case knows it."""
    return next((one for one in _every_day(case) if one.name == name), None)


def alarms(case: Case, at: datetime, *, before: timedelta) -> dict[str, datetime | None]:
    """When to warn of each day: not of one that was kept, is over, or was warned of."""
    due: dict[str, datetime | None] = {n: None for n in case.waits if n.startswith("deadline:")}
    for one in _every_day(case):
        name = f"deadline:{one.name}"
        if one.met or one.last_day < at.date() or one.name in case.agreement.warned:
            continue
        alarm = datetime.combine(one.last_day, time(), UTC) - before
        known = due.get(name)
        due[name] = alarm if known is None else min(known, alarm)
    return due


def _every_day(case: Case) -> list[CaseDeadline]:
    """The days of law and contract, and the windows of the policies on file."""
    policies = case.agreement.policies
    windows = (day for policy in policies for day in policy_days(case, policy))
    return [*case.agreement.deadlines, *windows]
