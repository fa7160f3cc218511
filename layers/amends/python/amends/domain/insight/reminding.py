"""Reminding: who is told of a corrective action that should have been done by now, and when."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from amends.domain.insight.action import PlannedAction

ESCALATED_AFTER = timedelta(days=3)
"""From the owner's reminder to the supervisor. Our own figure."""
AGAIN_AFTER = timedelta(days=7)
"""From one escalation to the next, as long as nothing is done. Our own figure."""


class Reminded(StrEnum):
    """Who is told."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"


def reminder_due(action: PlannedAction, now: datetime) -> Reminded | None:
    """Whom to tell now: the owner first, then the supervisor, again and again until it is done.

    An action that nobody has taken on is the supervisor's at once.
    """
    if not action.is_overdue(now.date()):
        return None
    if action.escalated_at is not None:
        return Reminded.SUPERVISOR if now >= action.escalated_at + AGAIN_AFTER else None
    if action.owner is None:
        return Reminded.SUPERVISOR
    if action.reminded_at is None:
        return Reminded.OWNER
    return Reminded.SUPERVISOR if now >= action.reminded_at + ESCALATED_AFTER else None


def reminded(action: PlannedAction, who: Reminded, at: datetime) -> PlannedAction:
    """The action once they are told."""
    if who is Reminded.OWNER:
        return replace(action, reminded_at=at)
    return replace(action, escalated_at=at)
