"""An opinion as it is counted: score, themes, and what it is grouped by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One claimant's answer without their words; `agent` is a staff id."""

    case_id: str
    at: datetime
    score: int
    resolved: bool | None
    themes: tuple[str, ...]
    node: str
    carrier: str
    agent: str
    kind: str
