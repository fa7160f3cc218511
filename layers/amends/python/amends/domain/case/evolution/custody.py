"""Evolution of custody, cameras, statements and inquiries."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.investigation import Accident, Cctv, Inquiry, InquiryState, Viewing

HOLD_BEFORE = timedelta(days=3)
"""Before a clip is overwritten somebody is told, unless it is held or has come. Our own figure."""


def traced(case: Case, event: e.CustodyEvent, recorded: Recorded) -> Case:
    """After an event of custody, cameras, statements or inquiries."""
    found, at = case.investigation, recorded.at
    match event:
        case e.NodeRecorded():
            return _with(case, records=(*found.records, event.record))
        case e.CustodyTraced():
            return _with(case, links=event.links, gaps=event.gaps, stays=event.stays)
        case e.CctvRequested():
            clip = Cctv(
                id=event.request_id,
                node=event.node,
                camera=event.camera,
                from_at=event.from_at,
                to_at=event.to_at,
                retained_until=event.retained_until,
            )
            asked = _with(case, cctv=(*found.cctv, clip))
            look = max(at, event.retained_until - HOLD_BEFORE)
            return waits(asked, {f"cctv:{event.request_id}": look})
        case e.CctvHeld():
            held = _clip(case, event.request_id, is_held=True)
            return waits(held, {f"cctv:{event.request_id}": None})
        case e.CctvReceived():
            came = _clip(case, event.request_id, sha256=event.sha256)
            return waits(came, {f"cctv:{event.request_id}": None})
        case e.CctvViewed():
            seen = Viewing(
                by=recorded.by, at=at, shows_anomaly=event.shows_anomaly, seen=event.seen
            )
            clip = next(c for c in found.cctv if c.id == event.request_id)
            return _clip(case, event.request_id, viewings=(*clip.viewings, seen))
        case e.AccidentRecorded():
            accident = Accident(
                accident=event.accident, at=event.at, node=event.node, reference=event.reference
            )
            return _with(case, accidents=(*found.accidents, accident))
        case e.StatementRecorded():
            return _with(case, statements=(*found.statements, event.part))
        case e.InquirySent():
            inquiry = Inquiry(
                id=event.inquiry_id,
                to=event.to,
                form=event.form,
                sent_at=at,
                reply_by=event.reply_by,
            )
            sent = _with(case, inquiries=(*found.inquiries, inquiry))
            return waits(sent, {f"inquiry:{event.inquiry_id}": event.reply_by})
        case e.InquiryAcknowledged():
            return _inquiry(
                case, event.inquiry_id, state=InquiryState.ACKNOWLEDGED, reference=event.reference
            )
        case e.InquiryReplied():
            replied = _inquiry(
                case, event.inquiry_id, state=InquiryState.REPLIED, finding=event.finding
            )
            read = replace(replied, talking=replace(case.talking, unread_since=None))
            return waits(read, {f"inquiry:{event.inquiry_id}": None, "carrier": None})
        case e.InquiryExpired():
            silent = _inquiry(case, event.inquiry_id, state=InquiryState.EXPIRED)
            return waits(silent, {f"inquiry:{event.inquiry_id}": None})
        case _:
            assert_never(event)


def _with(case: Case, **changes: Any) -> Case:
    return replace(case, investigation=replace(case.investigation, **changes))


def _clip(case: Case, request_id: str, **changes: Any) -> Case:
    clips = case.investigation.cctv
    return _with(
        case, cctv=tuple(replace(c, **changes) if c.id == request_id else c for c in clips)
    )


def _inquiry(case: Case, inquiry_id: str, **changes: Any) -> Case:
    sent = case.investigation.inquiries
    return _with(
        case, inquiries=tuple(replace(i, **changes) if i.id == inquiry_id else i for i in sent)
    )
