"""Reminder pass: when the queue is asked to look for overdue actions."""

from datetime import timedelta

from amends.domain.occasion import Occasion
from amends.ports.sweeping import Pass, Passes, WorkQueue

NAME = "reminders"
EVERY = timedelta(hours=1)


def plan_reminders(queue: WorkQueue, passes: Passes, occasion: Occasion) -> int:
    """Once an hour the queue is asked to look for overdue actions; 1 when it was asked."""
    known = passes.load(NAME)
    if known is not None and occasion.at < known.began_at + EVERY:
        return 0
    queue.send_many([{"remind": "owners"}])
    passes.save(NAME, Pass(began_at=occasion.at, marks={}))
    return 1
