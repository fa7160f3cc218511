"""Shapes: the documents that views write of a case, for whoever reads the contract.

They name what `case_view` and `investigation_view` return; the suite holds every answer to them.
"""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from amends.domain.case.events import Concluded
from amends.domain.case.report import ItemLine, Shipment
from amends.domain.case.state.agreement import Presumed
from amends.domain.case.state.investigation import Route, Severity
from amends.domain.case.state.settlement import OfferState, PayoutState
from amends.domain.case.vocabulary import Kind, Outcome, Remedy, ReportChannel, Role, Stage, Status
from amends.domain.compensation.assessment import Ground, Part
from amends.domain.money import Money
from amends.domain.parcel.vocabulary import Milestone, Reason


class Incident(TypedDict):
    """What is alleged; `details` as they were told, by the code of what was asked."""

    kind: Kind
    noticed_at: datetime | None
    details: dict[str, str]


class CaseTracking(TypedDict):
    """What the channels said when they were last asked."""

    milestone: Milestone
    reason: Reason | None
    found: bool
    channels: list[str]
    last_movement_at: datetime | None


class AvailableAction(TypedDict):
    """What may be done now, by whom, until when."""

    action: str
    party: str
    due_at: datetime | None
    mandatory: bool


class DeadlineDocument(TypedDict):
    """A day by which something must have been done, by which rule of which regime."""

    name: str
    first_day: date | None
    due_at: date | None
    rule: str
    source: str | None
    regime: str | None
    met: bool | None


class PayoutDocument(TypedDict):
    """The newest payment of the case."""

    id: str
    rail: str
    amount: Money
    status: PayoutState
    pay_by: datetime
    reference: str | None


class CaseDocument(TypedDict):
    """A case as its claimant sees it."""

    id: str
    version: int
    stage: Stage
    status: Status
    outcome: Outcome | None
    incident: Incident
    shipment: Shipment
    items: list[ItemLine]
    number_valid: bool | None
    tracking: CaseTracking | None
    conclusion: Concluded | None
    available_actions: list[AvailableAction]
    deadlines: list[DeadlineDocument]
    presumed_loss: Presumed | None
    information_requested: list[str]
    payout: PayoutDocument | None
    created_at: datetime
    updated_at: datetime


class ReportedCase(CaseDocument):
    """A case just reported, with the token that opens it: it is told this once."""

    token: str


class Moment(TypedDict):
    """One thing that happened, in the reader's language; `facts` depend on `type`."""

    at: datetime
    type: str
    text: str
    facts: dict[str, Any]


class StaffMoment(Moment):
    """The same for staff: by whom, and because of what."""

    by: str
    because: str


class StaffCase(CaseDocument):
    """A case on a work queue: whose it is, and how grave."""

    channel: ReportChannel
    reported_by: Role
    assignee: str | None
    team: str | None
    severity: Severity
    route: Route | None


class JoinedReport(TypedDict):
    """The report joined a case that was known already; only its own merchant is told which."""

    joined: bool
    message: str
    case_id: NotRequired[str]


class StaffJoinedReport(TypedDict):
    """The same for staff, with the case where they may see it."""

    joined: bool
    message: str
    case_id: str | None


class CaseWithTimeline(StaffCase):
    """A case with its whole history, for staff."""

    timeline: list[StaffMoment]


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
