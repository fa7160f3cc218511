"""Events of custody: who held it when, what was seen, and what carriers answered."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.question import Fact
from amends.domain.case.state.custody import Gap, NodeRecord, Stay
from amends.domain.case.state.investigation import InquiryFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRecorded:
    """A node's own record: stock-in, stock-out, handover, sign-off."""

    record: NodeRecord
    task_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyTraced:
    """The chain from scans and records: where it breaks, where it stood too long."""

    links: int
    gaps: tuple[Gap, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CctvRequested:
    """A camera's window is asked for; it is overwritten at `retained_until` unless held."""

    request_id: str
    node: str
    camera: str
    from_at: datetime
    to_at: datetime
    retained_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CctvHeld:
    """The clip may not be overwritten while the case is open."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CctvReceived:
    """The clip came, known by its hash."""

    request_id: str
    sha256: str
    evidence_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CctvViewed:
    """Somebody looked at it (the record says who), and saw this."""

    request_id: str
    shows_anomaly: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccidentRecorded:
    """A breakdown or a traffic accident, and the reference of police or rescue."""

    accident: str
    at: datetime
    node: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorded:
    """A member of staff was heard; the words stand apart, restricted, under `part`."""

    statement_id: str
    node: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquirySent:
    """The inquiry to a carrier or a region went out, with the fields of the form."""

    inquiry_id: str
    to: str
    form: tuple[Fact, ...]
    reply_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAcknowledged:
    """They have it, under their own reference."""

    inquiry_id: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryReplied:
    """They say what they found."""

    inquiry_id: str
    finding: InquiryFinding
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryExpired:
    """Their time to reply has passed in silence."""

    inquiry_id: str


CustodyEvent = (
    NodeRecorded
    | CustodyTraced
    | CctvRequested
    | CctvHeld
    | CctvReceived
    | CctvViewed
    | AccidentRecorded
    | StatementRecorded
    | InquirySent
    | InquiryAcknowledged
    | InquiryReplied
    | InquiryExpired
)


__all__ = [
    "AccidentRecorded",
    "CctvHeld",
    "CctvReceived",
    "CctvRequested",
    "CctvViewed",
    "CustodyEvent",
    "CustodyTraced",
    "InquiryAcknowledged",
    "InquiryExpired",
    "InquiryReplied",
    "InquirySent",
    "NodeRecorded",
    "StatementRecorded",
]
