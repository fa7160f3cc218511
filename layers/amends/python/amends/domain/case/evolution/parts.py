"""Parts: how an offer, a payout or an upload of a case changes."""

from dataclasses import replace
from typing import Any

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.waiting import waits
from amends.domain.case.state.settlement import Offer, OfferState
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.case.vocabulary import Finding, Stage, Status

FINDING, AMOUNT, DECLINE = "finding", "amount", "decline"


def with_offer(case: Case, offer_id: str, **changes: Any) -> Case:
    """The case with one offer changed."""
    offers = tuple(replace(o, **changes) if o.id == offer_id else o for o in case.offers)
    return replace(case, offers=offers)


def lapsed(case: Case) -> tuple[Offer, ...]:
    """The offers of a closed case: nothing can be accepted any more."""
    return tuple(
        replace(o, state=OfferState.EXPIRED) if o.state is OfferState.OPEN else o
        for o in case.offers
    )


def settled(case: Case) -> tuple[Offer, ...]:
    """The offers once one is paid: what was to be chosen again after a no is agreed after all."""
    return tuple(
        replace(o, state=OfferState.ACCEPTED) if o.state is OfferState.OPEN else o
        for o in case.offers
    )


def with_payout(case: Case, payout_id: str, **changes: Any) -> Case:
    """The case with one payout changed."""
    payouts = tuple(replace(p, **changes) if p.id == payout_id else p for p in case.payouts)
    return replace(case, payouts=payouts)


def with_upload(
    case: Case,
    event: e.EvidenceCarried | e.EvidenceExpected | e.EvidenceReceived | e.EvidenceRefused,
) -> tuple[Upload, ...]:
    """The uploads after one more was announced or brought along, came, or was refused."""
    if isinstance(event, e.EvidenceCarried):
        kept = Upload(
            id=event.evidence_id,
            kind=event.kind,
            content_type=event.content_type,
            size=event.size,
            sha256=event.sha256,
            state=UploadState.RECEIVED,
            shipment_id=event.shipment_id,
            owner=event.owner,
            sent_by=event.sent_by,
            arrived_at=event.arrived_at,
        )
        return (*case.uploads, kept)
    if isinstance(event, e.EvidenceExpected):
        new = Upload(
            id=event.evidence_id,
            kind=event.kind,
            content_type=event.content_type,
            size=event.size,
            sha256=event.sha256,
        )
        return (*case.uploads, new)
    changes: dict[str, Any] = (
        {"state": UploadState.RECEIVED}
        if isinstance(event, e.EvidenceReceived)
        else {"state": UploadState.REFUSED, "reason": event.reason}
    )
    return tuple(replace(u, **changes) if u.id == event.evidence_id else u for u in case.uploads)


def came(case: Case, evidence_id: str) -> Case:
    """What was to be replaced is: its day is waited for no longer."""
    kinds = [upload.kind for upload in case.uploads if upload.id == evidence_id]
    return waits(case, {f"document:{kind}": None for kind in kinds})


def verified(case: Case, event: e.DocumentVerified) -> Case:
    """The case once a person has looked at a document; a refused one is to be replaced by a day."""
    uploads = tuple(
        replace(u, is_verified=True, flaw=event.flaw, because=event.because)
        if u.id == event.evidence_id
        else u
        for u in case.uploads
    )
    replaced = any(u.counts and u.kind == event.kind for u in uploads)
    due = None if replaced else event.replace_by
    return waits(replace(case, uploads=uploads), {f"document:{event.kind}": due})


def status_of(case: Case) -> Status:
    """Where a case stands once the claimant has answered."""
    match case.stage:
        case Stage.INVESTIGATING:
            return Status.INVESTIGATING
        case Stage.ASSESSING:
            return Status.CONCLUDED if case.assessed is None else Status.ASSESSED
        case _:
            return Status.TRACING


def against(case: Case) -> str:
    """What a second look is about: the finding, that nothing is owed, or how much."""
    if case.conclusion is not None and case.conclusion.finding is Finding.DELIVERED:
        return FINDING
    if case.assessed is None:
        return FINDING
    return DECLINE if case.assessed.total.is_zero else AMOUNT
