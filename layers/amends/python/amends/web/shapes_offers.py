"""Shapes of what is owed and offered, for whoever reads the contract."""

from datetime import date, datetime
from typing import TypedDict

from amends.domain.case.state.settlement import OfferState
from amends.domain.case.vocabulary import Remedy
from amends.domain.compensation.assessment import Ground, Part
from amends.domain.money import Money


class Denied(TypedDict):
    """Why nothing is owed."""

    reason: Ground
    rule: str
    text: str


class AlternativeDocument(TypedDict):
    """What another rule would give, and when."""

    regime: str
    total: Money | None
    when: str


PresumedLossDocument = TypedDict(
    "PresumedLossDocument", {"treat_as": str, "from": date, "rule": str, "source": str}
)
"""From which day an item that has not come is treated as lost."""


class StepDocument(TypedDict):
    """One line of the calculation; those with `adds_to` sum to the total."""

    rule: str
    text: str
    amount: Money | None
    source: str
    adds_to: Part | None


class AssessmentDeadline(TypedDict):
    """Earliest and latest day for one act; `met` is null while it is open or unknown."""

    name: str
    first_day: date | None
    last_day: date | None
    rule: str
    source: str
    met: bool | None


class FigureDocument(TypedDict):
    """A figure that was read: its source, its dates, and how sure it is."""

    name: str
    value: str
    source: str
    valid_from: date
    valid_to: date | None
    checked_on: date
    confidence: str


class AssessmentDocument(TypedDict):
    """What is owed under one regime, worked out step by step."""

    regime: str | None
    version: str | None
    confidence: str | None
    indemnity: Money | None
    refund: Money | None
    total: Money | None
    cap: Money | None
    cap_binds: bool
    denied: Denied | None
    flags: list[str]
    alternatives: list[AlternativeDocument]
    presumed_loss: PresumedLossDocument | None
    steps: list[StepDocument]
    deadlines: list[AssessmentDeadline]
    figures: list[FigureDocument]
    missing: list[str]


class OptionPart(TypedDict):
    """One thing that an option gives."""

    remedy: Remedy
    amount: Money


class OptionDocument(TypedDict):
    """One way to settle, counted from one; `payable` is what the payout carries."""

    option: int
    remedy: Remedy
    payable: Money
    parts: list[OptionPart]


class OfferDocument(TypedDict):
    """An offer with its worked explanation."""

    id: str
    remedy: Remedy
    amount: Money
    status: OfferState
    made_at: datetime
    expires_at: datetime
    options: list[OptionDocument]
    explanation: AssessmentDocument | None
