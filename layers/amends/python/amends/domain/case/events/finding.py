"""Events of finding out: readings, anomalies, conclusion, liability, what is owed."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.domain.case.vocabulary import Finding, Party
from amends.domain.money import Money
from amends.domain.parcel.vocabulary import Direction, Milestone, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingRead:
    """The channels' merged reading, when it says something that the case did not know."""

    milestone: Milestone
    reason: Reason | None = None
    direction: Direction = Direction.FORWARD
    found: bool
    channels: tuple[str, ...]
    scans: int
    last_movement_at: datetime | None = None
    ask_again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalySeen:
    """The reading stands out: which rule, since when, where."""

    kind: str
    since: datetime
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What became of the parcel, with the ground for it."""

    finding: Finding
    ground: str
    rule: str
    source: str
    presumed_from: date | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityFound:
    """Who answers for it, by which rule; shares of all such events of a finding sum to one."""

    party: Party
    share: str
    ground: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What is owed. `facts` and `assessment` are JSON documents, kept to the letter.

    `rates` and `tariff` are the rates beside the shipped table and the contract that it was
    worked out with, as JSON, so that it can be worked out again for ever.
    """

    regime: str
    rule_version: str
    total: Money
    denied: str | None
    facts: str
    assessment: str
    rates: str | None = None
    tariff: str | None = None


__all__ = [
    "AnomalySeen",
    "Assessed",
    "Concluded",
    "LiabilityFound",
    "TrackingRead",
]
