"""Repeats: the rule by which a repeated cause raises an action, from `repeats.json`."""

import json
from functools import cache
from pathlib import Path

from amends.domain.case.state.liability import ActionKind
from amends.domain.insight.repeats import RepeatRule


@cache
def repeat_rule() -> RepeatRule:
    """The rule; refuses a file that leaves a kind of action without its days."""
    told = json.loads(Path(__file__).with_name("repeats.json").read_text("utf-8"))
    days = {ActionKind(kind): int(value) for kind, value in told["due_after_days"].items()}
    missing = set(ActionKind) - set(days)
    if missing:
        raise ValueError(f"repeats.json says no days for {', '.join(sorted(missing))}")
    return RepeatRule(
        months=told["months"]["value"],
        at_least=told["at_least"]["value"],
        chance=float(told["chance"]["value"]),
        usual_named=told["usual"]["named"],
        usual_passed=told["usual"]["passed"],
        due_after_days=days,
        because=told["says"],
        source=told["chance"]["source"],
    )
