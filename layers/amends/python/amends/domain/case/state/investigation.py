"""Parts of a case's state: triage, verification, levels, tasks, cameras, inquiries."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.question import Fact
from amends.domain.case.state.custody import Gap, NodeRecord, Stay


class Severity(StrEnum):
    """How grave."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Route(StrEnum):
    """Which way a case is handled first."""

    WAIT = "wait"
    INVESTIGATE = "investigate"
    REDIRECT = "redirect"
    FETCH_BACK = "fetch_back"
    INSPECT = "inspect"
    QUARANTINE = "quarantine"


class Match(StrEnum):
    """What a comparison says."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck:
    """One field compared; `against` names with what, never the value itself."""

    field: str
    result: Match
    against: str


class TaskRole(StrEnum):
    """Who is asked."""

    STATION = "station"
    HUB = "hub"
    DRIVER = "driver"
    ESCORT = "escort"
    VEHICLE = "vehicle"
    WAREHOUSE = "warehouse"
    DELIVERY = "delivery"
    CUSTOMS = "customs"
    ORDER_DESK = "order_desk"
    REGION = "region"
    STAFF_STATEMENT = "staff_statement"
    PICKUP = "pickup"
    REPACK = "repack"
    INSPECTOR = "inspector"


class TaskState(StrEnum):
    """What became of a task."""

    OPEN = "open"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLink:
    """A link to one task, known by the hash of its token."""

    token_hash: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Questions to one role at one node."""

    id: str
    role: TaskRole
    node: str | None
    level: int
    questions: tuple[str, ...]
    opened_at: datetime
    due_at: datetime
    is_restricted: bool = False
    state: TaskState = TaskState.OPEN
    link: TaskLink | None = None
    reminders: int = 0
    escalated_to: str | None = None
    answers: tuple[Fact, ...] = ()
    evidence: tuple[str, ...] = ()
    answered_at: datetime | None = None
    by_link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """Who looked at a clip when, and what was seen: the clip's own custody."""

    by: str
    at: datetime
    shows_anomaly: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cctv:
    """A camera's window and what became of it."""

    id: str
    node: str
    camera: str
    from_at: datetime
    to_at: datetime
    retained_until: datetime
    is_held: bool = False
    sha256: str | None = None
    viewings: tuple[Viewing, ...] = ()


class InquiryState(StrEnum):
    """How far an inquiry has come."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REPLIED = "replied"
    EXPIRED = "expired"


class InquiryFinding(StrEnum):
    """What a carrier answers (the closed list of an inquiry form)."""

    DELIVERED = "delivered"
    IN_TRANSIT = "in_transit"
    HELD_BY_CUSTOMS = "held_by_customs"
    RETURNED = "returned"
    NO_TRACE = "no_trace"
    LOST = "lost"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What was asked of another operator."""

    id: str
    to: str
    form: tuple[Fact, ...]
    sent_at: datetime
    reply_by: datetime
    state: InquiryState = InquiryState.SENT
    reference: str | None = None
    finding: InquiryFinding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accident:
    """A breakdown or a traffic accident."""

    accident: str
    at: datetime
    node: str | None
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """All that was asked and found out; `level` 0: not begun."""

    severity: Severity = Severity.NORMAL
    route: Route | None = None
    level: int = 0
    level_opened_at: datetime | None = None
    level_due_at: datetime | None = None
    first_reply_by: datetime | None = None
    first_replied_at: datetime | None = None
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    paused_since: datetime | None = None
    is_clock_owed: bool = False
    """A pause has ended, and the level's clock has not been moved on yet."""
    reminders: int = 0
    assignee: str | None = None
    team: str | None = None
    checks: tuple[FieldCheck, ...] = ()
    asked: tuple[str, ...] = ()
    """Everything the claimant was ever asked for: nothing is asked twice by itself."""
    joined: int = 0
    joined_parts: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    records: tuple[NodeRecord, ...] = ()
    links: int | None = None
    gaps: tuple[Gap, ...] = ()
    stays: tuple[Stay, ...] = ()
    cctv: tuple[Cctv, ...] = ()
    inquiries: tuple[Inquiry, ...] = ()
    accidents: tuple[Accident, ...] = ()
    statements: tuple[str, ...] = ()
    escalations: tuple[str, ...] = ()

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks that wait for an answer."""
        return tuple(task for task in self.tasks if task.state is TaskState.OPEN)
