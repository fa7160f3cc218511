"""Thresholds: what can be wrong, and how long is too long by lane, service and step."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from amends.domain.parcel.state import Lane
from amends.domain.parcel.vocabulary import Milestone, Step


class AnomalyKind(StrEnum):
    """What can be wrong with a parcel."""

    DWELL = "dwell"
    MISSED_TRANSFER = "missed_transfer"
    CUSTOMS_PRESENTED = "customs_presented"
    CUSTOMS_HELD = "customs_held"
    MISSORT = "missort"
    RETURNED = "returned"
    STALE = "stale"
    NEVER_FOUND = "never_found"
    NEVER_POSTED = "never_posted"
    DISPUTED = "disputed"
    CONTRADICTION = "contradiction"
    LOST = "lost"
    WILL_BE_LATE = "will_be_late"
    """The carrier now estimates a day after the promised one."""
    LATE = "late"
    """The promised day is over."""


class Sureness(StrEnum):
    """What a figure rests on."""

    MEASURED = "measured"
    PUBLISHED = "published"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From when on something is an anomaly; a field that is None fits everything.

    `scope` is `domestic`, `cross_border`, or a lane such as `CN-US`; `service` a carrier's or
    merchant's word for it (`express`, `economy`); `at` a step or a milestone.
    """

    kind: AnomalyKind
    after: timedelta
    source: str
    sureness: Sureness
    scope: str | None = None
    service: str | None = None
    at: Step | Milestone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """Something wrong; `since` is what it counts from, `due_at` from when on it is an anomaly.

    `threshold` already contains the 14 hours that a guessed time zone adds. `evidence` are short
    facts without personal data; `source` is where the threshold, or the claim, comes from.
    """

    kind: AnomalyKind
    since: datetime
    due_at: datetime
    node: str | None = None
    evidence: tuple[str, ...] = ()
    threshold: timedelta | None = None
    source: str = "the carrier's own scans"
    sureness: Sureness = Sureness.PUBLISHED
    promised_on: date | None = None
    estimated_at: datetime | None = None
    """What was promised and what is now expected, where that is what is wrong."""


def _row(
    kind: AnomalyKind,
    hours: float,
    sureness: Sureness,
    source: str,
    *,
    scope: str | None = None,
    service: str | None = None,
    at: Step | Milestone | None = None,
) -> Threshold:
    return Threshold(
        kind=kind,
        after=timedelta(hours=hours),
        source=source,
        sureness=sureness,
        scope=scope,
        service=service,
        at=at,
    )


_GAPS = "scan gaps of 31 recorded trajectories: p90 30.6 h, p95 68 h, p99 270 h (tracking.md 5.4)"
_LADDER = "tracking.md 5.3, tuned on simulated trajectories"
_SEARCH = "carriers accept a search after 5 to 10 days: USPS 7 d, FedEx 5-7 bd (tracking.md 5.4)"
_OURS = "our estimate; replace it with the lane's own q95 once 1,000 legs were seen"
_K, _M, _S = AnomalyKind, Milestone, Sureness

THRESHOLDS: tuple[Threshold, ...] = (
    _row(_K.DWELL, 72, _S.MEASURED, _GAPS, scope="domestic"),
    _row(_K.DWELL, 36, _S.ASSUMED, _OURS, scope="domestic", service="express"),
    _row(_K.DWELL, 168, _S.PUBLISHED, _SEARCH),
    _row(_K.DWELL, 72, _S.ASSUMED, _OURS, service="express"),
    _row(_K.DWELL, 48, _S.ASSUMED, _OURS, scope="domestic", at=Step.DELIVERY_DEPOT),
    _row(_K.DWELL, 96, _S.ASSUMED, _OURS, at=Step.DELIVERY_DEPOT),
    _row(_K.DWELL, 30, _S.MEASURED, _GAPS, at=_M.OUT_FOR_DELIVERY),
    _row(_K.DWELL, 72, _S.ASSUMED, _OURS, at=_M.DELIVERY_FAILED),
    _row(_K.DWELL, 120, _S.ASSUMED, _OURS, at=_M.AVAILABLE_FOR_PICKUP),
    _row(_K.DWELL, 504, _S.ASSUMED, _OURS, at=_M.RETURNING),
    _row(_K.MISSED_TRANSFER, 48, _S.ASSUMED, _OURS, scope="domestic", at=Step.HANDED_OVER),
    _row(_K.MISSED_TRANSFER, 120, _S.ASSUMED, _OURS, at=Step.HANDED_OVER),
    _row(_K.MISSED_TRANSFER, 270, _S.MEASURED, _GAPS, at=Step.LEFT_ORIGIN_COUNTRY),
    _row(_K.MISSED_TRANSFER, 96, _S.ASSUMED, _OURS, service="express", at=Step.LEFT_ORIGIN_COUNTRY),
    _row(_K.CUSTOMS_PRESENTED, 72, _S.PUBLISHED, _LADDER),
    _row(_K.CUSTOMS_HELD, 72, _S.PUBLISHED, _LADDER),
    _row(_K.STALE, 720, _S.PUBLISHED, "17TRACK and AfterShip stop at 30 d (tracking.md 5.1)"),
    _row(_K.NEVER_FOUND, 120, _S.PUBLISHED, _LADDER, scope="domestic"),
    _row(_K.NEVER_FOUND, 336, _S.PUBLISHED, _LADDER),
    _row(_K.NEVER_POSTED, 168, _S.PUBLISHED, _LADDER),
)
"""The rows; of those that fit, the most particular counts."""


def threshold(
    kind: AnomalyKind,
    *,
    lane: Lane,
    service: str | None = None,
    at: tuple[Step | Milestone | None, ...] = (),
) -> Threshold | None:
    """The most particular row that fits: by step first, then by service, then by lane.

    `at` names where the parcel stands, the finest first (step, then milestone).
    """
    scopes = _scopes(lane)
    best: tuple[tuple[int, int, int], Threshold] | None = None
    for row in THRESHOLDS:
        if (
            row.kind is not kind
            or (row.at is not None and row.at not in at)
            or (row.service is not None and row.service != service)
            or (row.scope is not None and row.scope not in scopes)
        ):
            continue
        place = 0 if row.at is None else len(at) - at.index(row.at)
        scope = 0 if row.scope is None else len(scopes) - scopes.index(row.scope)
        rank = (place, int(row.service is not None), scope)
        if best is None or rank > best[0]:
            best = (rank, row)
    return None if best is None else best[1]


def _scopes(lane: Lane) -> tuple[str, ...]:
    kind = "domestic" if lane.is_domestic else "cross_border"
    if lane.origin and lane.destination:
        return (f"{lane.origin}-{lane.destination}", kind)
    return (kind,)
