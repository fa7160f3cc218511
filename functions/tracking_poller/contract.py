"""Contract of the tracking endpoints; `tools.openapi` reads it, no handler does."""

from datetime import date, datetime
from typing import Annotated, NotRequired, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from amends.domain.parcel.diagnosis import Sure
from amends.domain.parcel.diagnosis_text import Cause, NextStep
from amends.domain.parcel.number import Confidence
from amends.domain.parcel.state import Clash
from amends.domain.parcel.thresholds import AnomalyKind
from amends.domain.parcel.vocabulary import Direction, Milestone, OffsetSource, Reason, Step
from amends.service.health import Condition
from amends.web.contract import (
    CURSOR,
    LIMIT,
    Caller,
    Choice,
    Key,
    Operation,
    Operations,
    Parameter,
    Rows,
)
from tracking_poller.models import MOST, ShipmentBody


class WatchBody(ShipmentBody):
    """One shipment to watch."""  # under a name of its own: a report has a ShipmentBody too


class ShipmentsBody(BaseModel):
    """Many shipments to watch."""

    model_config = ConfigDict(extra="forbid")

    shipments: Annotated[list[WatchBody], Field(min_length=1, max_length=MOST)]


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


class WatchedShipment(TypedDict):
    """A watched shipment; what is known of it follows as soon as it has a row."""

    id: str
    tracking_number: str
    order_reference: str | None
    created_at: datetime
    carrier: NotRequired[str | None]
    shipped_on: NotRequired[date | None]
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


CARRIER = Parameter(
    schema={"type": "string", "pattern": "^[a-z0-9][a-z0-9_]{0,39}$"},
    says="The carrier's code, where the number alone does not tell.",
)

OPERATIONS: Operations = {
    ("GET", "/v1/tracking/{number}"): Operation(
        says="Check a number and ask about it, live.",
        caller=Caller.ANYONE,
        answers={200: LookDocument},
        query={"carrier": CARRIER},
        speaks=True,
    ),
    ("POST", "/v1/tracking/webhooks/{channel}"): Operation(
        says="A channel pushes what it knows.",
        more="Verified by the channel's own signature on the raw bytes; a replay is harmless. The "
        "body has the channel's own form.",
        caller=Caller.SIGNATURE,
        body={},
        body_media="*/*",
        answers={200: {"description": "What the channel expects to be answered."}},
    ),
    ("POST", "/v1/shipments"): Operation(
        says="Watch one shipment, or up to a hundred; the same again is the same shipment.",
        caller=Caller.MERCHANT_SHIPMENTS,
        body=Choice(among=(WatchBody, ShipmentsBody)),
        answers={201: Choice(among=(WatchedShipment, Rows(of=WatchedShipment)))},
        key=Key.HONOURED,
        location=True,
    ),
    ("GET", "/v1/shipments"): Operation(
        says="List the watched shipments, by id.",
        caller=Caller.MERCHANT_SHIPMENTS,
        answers={200: Rows(of=WatchedShipment)},
        query={"limit": LIMIT, "cursor": CURSOR},
    ),
    ("GET", "/v1/shipments/{id}"): Operation(
        says="Read a watched shipment.",
        caller=Caller.MERCHANT_SHIPMENTS,
        answers={200: WatchedShipment},
        etag=True,
    ),
    ("DELETE", "/v1/shipments/{id}"): Operation(
        says="Watch it no more.", caller=Caller.MERCHANT_SHIPMENTS, answers={204: None}
    ),
    ("GET", "/v1/staff/channels"): Operation(
        says="See how each tracking channel fares, and what of its limits is used.",
        caller=Caller.STAFF,
        answers={200: Rows(of=ChannelHealth)},
    ),
}
