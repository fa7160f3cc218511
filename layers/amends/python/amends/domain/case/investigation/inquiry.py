"""Inquiries to other operators, and cameras: asked, acknowledged, answered, kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    AccidentRecorded,
    CctvHeld,
    CctvReceived,
    CctvRequested,
    CctvViewed,
    ClockMissed,
    Event,
    InquiryAcknowledged,
    InquiryReplied,
    InquirySent,
    NodeRecorded,
    StatementRecorded,
)
from amends.domain.case.investigation.clocks import SUPERVISOR
from amends.domain.case.investigation.tasks import refuse_closed
from amends.domain.case.question import Fact
from amends.domain.case.state.custody import NodeRecord
from amends.domain.case.state.investigation import Cctv, Inquiry, InquiryFinding, InquiryState
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, NotFound, OutOfOrder

REPLY_WITHIN = timedelta(days=60)
"""Two months' silence of the other post, and the origin may pay (UPU, reference D)."""
CCTV_KEPT_FOR = timedelta(days=30)
"""How long a camera's disk lasts, where nobody says. Our own figure; confidence low."""
LONGEST_WINDOW = timedelta(hours=12)
UNASKED, UNSENT = "inquiry_unasked", "inquiry_unsent"
"""What staff are told of: a form that lacks something, and a carrier that no mail reaches."""
FORM_NEEDS = ("tracking_number", "posted_on", "origin", "destination", "contents", "service")
"""What an international inquiry form must say (the fields of a CN 08)."""


def inquiry_form(case: Case) -> tuple[Fact, ...]:
    """The fields of the form, as far as the report says them; no personal data."""
    shipment = case.report.shipment
    fields = {
        "tracking_number": shipment.tracking_number,
        "service": shipment.service or "registered",
        "posted_on": shipment.shipped_on and shipment.shipped_on.isoformat(),
        "origin": shipment.origin_country,
        "destination": shipment.destination_country,
        "weight_grams": shipment.weight_grams and str(shipment.weight_grams),
        "insured_value": shipment.insured_value
        and f"{shipment.insured_value.amount} {shipment.insured_value.currency}",
        "contents": "; ".join(f"{item.quantity} x {item.name}" for item in case.report.items),
        "reason": case.report.kind.value,
    }
    return tuple(Fact(code=code, value=value) for code, value in fields.items() if value)


def send_inquiry(
    case: Case, to: str, *, more: Mapping[str, str], occasion: Occasion
) -> list[Event]:
    """Send the form; refused while it is incomplete; the same addressee is asked once."""
    refuse_closed(case)
    inquiry_id = derived("inq", case.id, to)
    if any(inquiry.id == inquiry_id for inquiry in case.investigation.inquiries):
        return []
    known = {fact.code: fact.value for fact in inquiry_form(case)} | dict(more)
    errors = [
        FieldError(field=f"form.{code}", code="required", message="the form needs it")
        for code in FORM_NEEDS
        if not known.get(code)
    ]
    if errors:
        raise Invalid("the inquiry form is not complete", errors=errors)
    form = tuple(Fact(code=code, value=value) for code, value in known.items())
    return [
        InquirySent(inquiry_id=inquiry_id, to=to, form=form, reply_by=occasion.at + REPLY_WITHIN)
    ]


def ask_by_itself(case: Case, to: str | None, occasion: Occasion) -> list[Event]:
    """Nothing is waited for any more: ask the carrier, once; what cannot be asked, staff are told.

    Whoever has been asked already is not asked again by itself.
    """
    if not case.is_open or case.investigation.inquiries:
        return []
    known = {fact.code for fact in inquiry_form(case)}
    if to is not None and known.issuperset(FORM_NEEDS):
        return send_inquiry(case, to, more={}, occasion=occasion)
    return _told_once(case, UNASKED)


def not_reached(case: Case) -> list[Event]:
    """No mail reaches whoever was asked last: staff hand the form in where the carrier wants it."""
    asked = case.investigation.inquiries
    return _told_once(case, f"{UNSENT}:{asked[-1].id}") if asked and case.is_open else []


def _told_once(case: Case, clock: str) -> list[Event]:
    told = ClockMissed(clock=clock, to=SUPERVISOR)
    return [] if f"{clock}>{SUPERVISOR}" in case.investigation.escalations else [told]


def acknowledge_inquiry(case: Case, inquiry_id: str, reference: str) -> list[Event]:
    """They have it."""
    if find_inquiry(case, inquiry_id).state is not InquiryState.SENT:
        return []
    return [InquiryAcknowledged(inquiry_id=inquiry_id, reference=reference)]


def answer_inquiry(
    case: Case, inquiry_id: str, finding: InquiryFinding, detail: str
) -> list[Event]:
    """What they found; a late answer counts too, a second one does not."""
    if find_inquiry(case, inquiry_id).state is InquiryState.REPLIED:
        return []
    return [InquiryReplied(inquiry_id=inquiry_id, finding=finding, detail=detail)]


def request_cctv(
    case: Case, node: str, camera: str, *, from_at: datetime, to_at: datetime, occasion: Occasion
) -> list[Event]:
    """Ask for a window of a camera; at most twelve hours, and not from the future."""
    refuse_closed(case)
    if not from_at < to_at <= from_at + LONGEST_WINDOW or to_at > occasion.at:
        raise Invalid("a window lies in the past and has at most twelve hours")
    request_id = derived("cam", case.id, node, camera, from_at.isoformat())
    if any(clip.id == request_id for clip in case.investigation.cctv):
        return []
    return [
        CctvRequested(
            request_id=request_id,
            node=node,
            camera=camera,
            from_at=from_at,
            to_at=to_at,
            retained_until=to_at + CCTV_KEPT_FOR,
        )
    ]


def hold_cctv(case: Case, request_id: str) -> list[Event]:
    """A legal hold: the clip is not overwritten."""
    return [] if find_clip(case, request_id).is_held else [CctvHeld(request_id=request_id)]


def receive_cctv(
    case: Case, request_id: str, *, sha256: str, evidence_id: str | None
) -> list[Event]:
    """The clip came; another clip under the same request is refused."""
    known = find_clip(case, request_id).sha256
    if known == sha256:
        return []
    if known is not None:
        raise OutOfOrder("this request has its clip, with another hash")
    return [CctvReceived(request_id=request_id, sha256=sha256, evidence_id=evidence_id)]


def view_cctv(case: Case, request_id: str, *, shows_anomaly: bool, seen: str) -> list[Event]:
    """Somebody looked at it; each viewing is a line of its custody."""
    if find_clip(case, request_id).sha256 is None:
        raise OutOfOrder("the clip has not come")
    return [CctvViewed(request_id=request_id, shows_anomaly=shows_anomaly, seen=seen)]


def record_node(case: Case, record: NodeRecord, *, task_id: str | None) -> list[Event]:
    """A node's own record; the same record again changes nothing."""
    if record in case.investigation.records:
        return []
    return [NodeRecorded(record=record, task_id=task_id)]


def record_accident(
    case: Case, accident: str, *, at: datetime, node: str | None, reference: str | None
) -> list[Event]:
    """A breakdown or a traffic accident."""
    if any((a.accident, a.at) == (accident, at) for a in case.investigation.accidents):
        return []
    return [AccidentRecorded(accident=accident, at=at, node=node, reference=reference)]


def record_statement(case: Case, node: str, *, part: str) -> list[Event]:
    """A member of staff was heard; the words stand apart under `part`."""
    if part in case.investigation.statements:
        return []
    return [StatementRecorded(statement_id=derived("stm", case.id, part), node=node, part=part)]


def find_inquiry(case: Case, inquiry_id: str) -> Inquiry:
    """The inquiry of that id; refuses one that this case does not have."""
    for inquiry in case.investigation.inquiries:
        if inquiry.id == inquiry_id:
            return inquiry
    raise NotFound("there is no such inquiry")


def find_clip(case: Case, request_id: str) -> Cctv:
    """The camera request of that id; refuses one that this case does not have."""
    for clip in case.investigation.cctv:
        if clip.id == request_id:
            return clip
    raise NotFound("there is no such camera request")
