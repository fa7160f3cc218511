"""Shapes: the documents of tracking, watched shipments and preflight; no handler imports this."""

from datetime import date, datetime
from typing import NotRequired, TypedDict

from amends.domain.insight.figure import Share
from amends.domain.money import Money
from amends.domain.parcel.diagnosis import Sure
from amends.domain.parcel.diagnosis_text import Cause, NextStep
from amends.domain.parcel.insurance import Advice
from amends.domain.parcel.number import Confidence
from amends.domain.parcel.preflight import Severity
from amends.domain.parcel.state import Clash
from amends.domain.parcel.thresholds import AnomalyKind
from amends.domain.parcel.vocabulary import Direction, Milestone, OffsetSource, Reason, Step
from amends.service.tracking.health import Condition


class Candidate(TypedDict):
    """A carrier whose numbers look like this one."""

    carrier: str
    confidence: Confidence


class ChannelStanding(TypedDict):
    """How a channel stands to the number, and how fresh its word is."""

    channel: str
    state: str
    asked_at: datetime | None
    fresh_at: datetime | None


class ScanDocument(TypedDict):
    """One thing that happened, with every channel that told it."""

    at: datetime
    at_raw: str
    offset_source: OffsetSource
    milestone: Milestone
    step: Step | None
    reason: Reason | None
    location: str | None
    country: str | None
    text: str
    code: str
    channels: list[str]


class ContradictionDocument(TypedDict):
    """Two events that cannot both be."""

    clash: Clash
    at: datetime
    channels: list[str]


class StateDocument(TypedDict):
    """What is known of a parcel; scans oldest first."""

    found: bool
    milestone: Milestone
    step: Step | None
    reason: Reason | None
    direction: Direction
    since: datetime | None
    last_scan_at: datetime | None
    estimated_delivery_at: datetime | None
    scans: list[ScanDocument]
    contradictions: list[ContradictionDocument]


class DiagnosisDocument(TypedDict):
    """The likeliest cause, until when to wait, and what to do then."""

    cause: Cause
    confidence: Sure
    score: float
    evidence: list[str]
    wait_until: datetime | None
    next_step: NextStep
    suggestion: str | None
    message: str


class LookDocument(StateDocument):
    """A number, checked and asked about."""

    number: str
    valid: bool | None
    suggestions: list[str]
    candidates: list[Candidate]
    carrier: str | None
    channels: list[ChannelStanding]
    tracking_link: str
    diagnosis: DiagnosisDocument | None


class Freshness(TypedDict):
    """When a channel last had something to say."""

    channel: str
    fresh_at: datetime | None


class AnomalyDocument(TypedDict):
    """Something unusual, since when, where."""

    kind: AnomalyKind
    since: datetime
    node: str | None
    estimated_delivery_at: datetime | None


class WatchedShipment(TypedDict):
    """A watched shipment; what is known of it follows as soon as it has a row."""

    id: str
    tracking_number: str
    order_reference: str | None
    created_at: datetime
    carrier: NotRequired[str | None]
    shipped_on: NotRequired[date | None]
    expected_on: NotRequired[date | None]
    channels: NotRequired[list[Freshness]]
    found: NotRequired[bool]
    milestone: NotRequired[Milestone]
    step: NotRequired[Step | None]
    reason: NotRequired[Reason | None]
    direction: NotRequired[Direction]
    since: NotRequired[datetime | None]
    last_scan_at: NotRequired[datetime | None]
    estimated_delivery_at: NotRequired[datetime | None]
    scans: NotRequired[list[ScanDocument]]
    contradictions: NotRequired[list[ContradictionDocument]]
    anomalies: NotRequired[list[AnomalyDocument]]
    version: NotRequired[int]


class Limit(TypedDict):
    """So many requests in so many seconds."""

    requests: int
    per_seconds: float


class ChannelStatus(TypedDict):
    """Whether a channel answers; where it is left alone, until when."""

    channel: str
    is_answering: bool
    tried_again_at: datetime | None


class StatusDocument(TypedDict):
    """Which channels answer."""

    at: datetime
    is_undisturbed: bool
    channels: list[ChannelStatus]


class ChannelHealth(TypedDict):
    """How a channel fares, and what of its limits is used."""

    channel: str
    condition: Condition
    failures_in_a_row: int
    closed_until: datetime | None
    used_today: int
    daily_limit: int | None
    limit: Limit
    batch_size: int
    refresh_seconds: float
    has_push: bool
    source: str


class UnmappedSample(TypedDict):
    """The entry in which the code came last."""

    tracking_number: str
    text: str


class UnmappedDocument(TypedDict):
    """A channel's code that no table knows; such entries read as `unknown`."""

    channel: str
    code: str
    count: int
    first_seen_at: datetime
    last_seen_at: datetime
    sample: UnmappedSample


class FindingDocument(TypedDict):
    """One thing to mend before the parcel is shipped."""

    check: str
    severity: Severity
    field: str
    code: str
    message: str
    source: str | None


class CarrierRecord(TypedDict):
    """A carrier's record on the parcel's lane; a thin one rests on too few parcels."""

    carrier: str
    score: str
    parcels: int
    is_thin: bool
    loss: Share
    tracking: Share


class InsuranceDocument(TypedDict):
    """Whether to insure, and the two amounts that this compares."""

    advice: Advice
    expected_loss: Money | None
    premium: Money | None
    loss_rate: str
    is_premium_assumed: bool


class PreflightDocument(TypedDict):
    """What is to be mended, the worst first; whether to insure; which carriers do well."""

    is_ready: bool
    carriers: list[CarrierRecord]
    findings: list[FindingDocument]
    insurance: InsuranceDocument
