"""Schedules in their own time zone, swept twice a second; plain, it is UTC and ten seconds.

`AMENDS_MINUTE_SECONDS` says how long a minute of a `rate()` lasts: tests let it last less, so that
they wait less for the same sweeps.
"""

import datetime as dt
import os
import re
import zoneinfo
from collections.abc import Callable
from types import ModuleType
from typing import Any

TICK = 0.5
MINUTE = 60.0
ONCE = re.compile(r"^\s*at\(([^)Z+]+)\)\s*$")


def in_utc(expression: str, zone: str) -> str | None:
    """A one-off expression of another zone, said in UTC; None where there is nothing to change."""
    once = ONCE.match(expression)
    if once is None or zone in ("", "UTC"):
        return None
    there = dt.datetime.fromisoformat(once[1].strip()).replace(tzinfo=zoneinfo.ZoneInfo(zone))
    return there.astimezone(dt.UTC).strftime("at(%Y-%m-%dT%H:%M:%S)")


def minute() -> float:
    """How many seconds a minute of a `rate()` lasts in this run."""
    return float(os.environ.get("AMENDS_MINUTE_SECONDS") or MINUTE)


def hurried(parse: Callable[[str], int | None], minute: float) -> Callable[[str], float | None]:
    """Read a `rate()` with minutes of that many seconds; anything else stays what it was."""

    def seconds(expression: str) -> float | None:
        honest = parse(expression)
        return None if honest is None else honest * minute / MINUTE

    return seconds


class Sweep:
    """The emulator's sweep, after every one-off schedule has been put into UTC."""

    def __init__(self, scheduler: ModuleType) -> None:
        self._scheduler = scheduler
        self._sweep = scheduler._tick_schedules

    def __call__(self) -> None:
        """Fire what is due."""
        for schedule in list(self._scheduler._schedules._data.values()):
            self._into_utc(schedule)
        self._sweep()

    def _into_utc(self, schedule: dict[str, Any]) -> None:
        zone = str(schedule.get("ScheduleExpressionTimezone") or "")
        expression = in_utc(str(schedule.get("ScheduleExpression", "")), zone)
        if expression is not None:
            schedule["ScheduleExpression"] = expression
            schedule["ScheduleExpressionTimezone"] = "UTC"
