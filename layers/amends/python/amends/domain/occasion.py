"""Occasion: when something is decided, by whom, and why."""

from dataclasses import dataclass
from datetime import UTC, datetime

BY_DUE = "followup_due"
"""The actor on what is due. It takes the next step and informs by itself, and comes again until it
has, so that whoever follows the events need not do either for what it recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Time, actor and cause, travelling together.

    `at` is aware and in UTC; `by` names the actor (`claimant`, `staff:<id>`, a function's name);
    `because` names what caused it: a request id, a record's event id, a schedule.
    """

    at: datetime
    by: str
    because: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None or self.at.utcoffset() != UTC.utcoffset(None):
            raise ValueError(f"an occasion is in aware UTC, not {self.at!r}")
