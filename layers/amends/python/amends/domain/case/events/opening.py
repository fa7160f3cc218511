"""Events of intake: the report, its evidence, its withdrawal."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """A report became a case. `number_valid` None: the number's format has no check digit.

    `discovered_as` names the anomaly for which we opened it ourselves, before anybody reported.
    """

    case_id: str
    report: Report
    number_valid: bool | None = None
    token_hash: str
    merchant: str | None = None
    discovered_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued:
    """A new case token replaces the old one."""

    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLinkIssued:
    """A link to the case goes to the contact on file: good once, until then, and the only one."""

    link_hash: str
    good_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequested:
    """The claimant is asked; the clock pauses until answered or `due_at`."""

    items: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationGiven:
    """The claimant answered; the answers stand with the contact."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCorrected:
    """What was told before is now told better; the case keeps its id."""

    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceExpected:
    """An upload was granted: what will arrive, as its sender says."""

    evidence_id: str
    kind: str
    content_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReceived:
    """It arrived, and is what was announced."""

    evidence_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRefused:
    """It arrived, and is not what was announced; it is quarantined and can be replaced."""

    evidence_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCarried:
    """What was kept of the shipment before there was a case belongs to the case as well.

    `owner` is the merchant whose shipment it is, `sent_by` whoever sent it, and it came there on
    `arrived_at`.
    """

    evidence_id: str
    kind: str
    content_type: str
    size: int
    sha256: str
    shipment_id: str
    owner: str
    sent_by: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """The claimant takes the report back."""

    reason: str


__all__ = [
    "AccessLinkIssued",
    "CaseOpened",
    "CaseWithdrawn",
    "EvidenceCarried",
    "EvidenceExpected",
    "EvidenceReceived",
    "EvidenceRefused",
    "InformationGiven",
    "InformationRequested",
    "ReportCorrected",
    "TokenIssued",
]
