"""Events of triage and verification: is it what was reported."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.state.investigation import FieldCheck, Route, Severity
from amends.domain.case.state.upload import Flaw
from amends.domain.case.vocabulary import Kind, ReportChannel, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportJoined:
    """Somebody else reported the same incident: it is the same case."""

    role: Role
    channel: ReportChannel
    part: str | None = None
    """Where the contacts keep what was told, by which the same report is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """How grave it is, and which way it is handled."""

    severity: Severity
    route: Route
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChanged:
    """A finding made it another kind of incident: the case goes on under its id."""

    before: Kind
    after: Kind
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The report against the shipment on file and the channels, field by field."""

    checks: tuple[FieldCheck, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationReminded:
    """The claimant has not answered yet; asked again, until `again_at`; None gives up asking."""

    count: int
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookPlanned:
    """Nothing can be concluded yet; it is looked at again then."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVerified:
    """A person looked at a document: accepted where no flaw is named; else another is wanted."""

    evidence_id: str
    kind: str
    flaw: Flaw | None = None
    because: str | None = None
    replace_by: datetime | None = None


VerifyingEvent = (
    ReportJoined
    | Triaged
    | KindChanged
    | Verified
    | InformationReminded
    | LookPlanned
    | DocumentVerified
)


__all__ = [
    "DocumentVerified",
    "InformationReminded",
    "KindChanged",
    "LookPlanned",
    "ReportJoined",
    "Triaged",
    "Verified",
    "VerifyingEvent",
]
