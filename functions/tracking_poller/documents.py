"""Documents: what the tracking API answers with."""

from datetime import datetime, timedelta
from typing import Any

from amends.domain.parcel.anomaly import anomalies_of
from amends.domain.parcel.shipment import Shipment, Watch
from amends.domain.parcel.state import Event, ParcelState
from amends.domain.parcel.unmapped import Unmapped
from amends.service.tracking.health import Health
from amends.service.tracking.looking import Look


def moment(at: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def look_document(look: Look) -> dict[str, Any]:
    """A look-up; the diagnosis has its message in every language, for the answer to choose."""
    found = look.diagnosis
    return {
        "number": look.check.normalised,
        "valid": look.check.valid,
        "suggestions": list(look.check.suggestions),
        "candidates": [
            {"carrier": one.carrier, "confidence": one.confidence} for one in look.check.candidates
        ],
        "carrier": look.carrier,
        "channels": [
            {
                "channel": one.channel,
                "state": one.state,
                "asked_at": moment(one.asked_at),
                "fresh_at": moment(one.fresh_at),
            }
            for one in look.channels
        ],
        **state_document(look.state),
        "tracking_link": look.link,
        "diagnosis": found
        and {
            "cause": found.cause,
            "confidence": found.sure,
            "score": found.confidence,
            "evidence": list(found.evidence),
            "wait_until": moment(found.wait_until),
            "next_step": found.next_step,
            "suggestion": found.suggestion,
            "messages": dict(found.messages),
        },
    }


def in_language(document: dict[str, Any], language: str) -> dict[str, Any]:
    """The look-up with its message in one language."""
    diagnosis = document.get("diagnosis")
    if not diagnosis:
        return document
    rest = {name: value for name, value in diagnosis.items() if name != "messages"}
    messages = diagnosis["messages"]
    return {**document, "diagnosis": {**rest, "message": messages.get(language, messages["en"])}}


def state_document(state: ParcelState) -> dict[str, Any]:
    """What is known of a parcel; scans oldest first, each with every channel that told it."""
    return {
        "found": state.is_found,
        "milestone": state.milestone,
        "step": state.step,
        "reason": state.reason,
        "direction": state.direction,
        "since": moment(state.since),
        "last_scan_at": moment(state.last_scan_at),
        "estimated_delivery_at": moment(state.estimated_delivery_at),
        "scans": [_scan(event) for event in state.events],
        "contradictions": [
            {"clash": one.clash, "at": moment(one.at), "channels": list(one.channels)}
            for one in state.contradictions
        ],
    }


def shipment_document(watch: Watch, shipment: Shipment | None, *, at: datetime) -> dict[str, Any]:
    """One watched shipment as its owner sees it."""
    document: dict[str, Any] = {
        "id": watch.id,
        "tracking_number": watch.number,
        "order_reference": watch.order_reference,
        "created_at": moment(watch.created_at),
    }
    if shipment is None:
        return document
    return {
        **document,
        "carrier": shipment.carrier,
        "shipped_on": shipment.shipped_on.isoformat() if shipment.shipped_on else None,
        "expected_on": shipment.expected_on.isoformat() if shipment.expected_on else None,
        "channels": [
            {"channel": code, "fresh_at": moment(shipment.state.fresh.get(code))}
            for code in shipment.channels
        ],
        **state_document(shipment.state),
        "anomalies": [
            {
                "kind": one.kind,
                "since": moment(one.since),
                "node": one.node,
                "estimated_delivery_at": moment(one.estimated_at),
            }
            for one in anomalies_of(shipment, now=at)
        ],
        "version": shipment.version,
    }


def health_document(health: Health, *, refresh: timedelta) -> dict[str, Any]:
    """How one channel fares, for staff."""
    limits = health.limits
    return {
        "channel": health.channel,
        "condition": health.condition,
        "failures_in_a_row": health.failures,
        "closed_until": moment(health.closed_until),
        "used_today": health.used_today,
        "daily_limit": limits.daily,
        "limit": {"requests": limits.requests, "per_seconds": limits.per.total_seconds()},
        "batch_size": limits.batch_size,
        "refresh_seconds": refresh.total_seconds(),
        "has_push": health.has_push,
        "source": limits.source,
    }


def unmapped_document(found: Unmapped) -> dict[str, Any]:
    """One code that no table knows, for staff."""
    return {
        "channel": found.channel,
        "code": found.code,
        "count": found.count,
        "first_seen_at": moment(found.first_seen_at),
        "last_seen_at": moment(found.last_seen_at),
        "sample": {"tracking_number": found.number, "text": found.text},
    }


def _scan(event: Event) -> dict[str, Any]:
    scan = event.scan
    return {
        "at": moment(scan.at),
        "at_raw": scan.at_raw,
        "offset_source": scan.offset_source,
        "milestone": scan.milestone,
        "step": scan.step,
        "reason": scan.reason,
        "location": scan.place.text or None,
        "country": scan.place.country,
        "text": scan.text,
        "code": scan.code,
        "channels": list(event.channels),
    }
