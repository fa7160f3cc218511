"""Shapes: the documents that views write of a case, for whoever reads the contract.

They name what `case_view` and `investigation_view` return; the suite holds every answer to them.
"""

from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from amends.domain.case.events import Concluded
from amends.domain.case.report import ItemLine, Shipment
from amends.domain.case.state.agreement import Presumed
from amends.domain.case.state.investigation import Route, Severity
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.vocabulary import Kind, Outcome, ReportChannel, Role, Stage, Status
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
    overdue_since: str | None
    """Since when something that was due from us is not done, in a closed case too."""
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
