"""Evolution: how each event changes a case. Decides nothing, refuses nothing, reads no clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import NOTHING, Case, Recorded
from amends.domain.case.state import (
    CasePayout,
    Offer,
    OfferState,
    PayoutState,
    Upload,
    UploadState,
)
from amends.domain.case.vocabulary import Stage, Status

PAYOUT_PROMPT = timedelta(minutes=2)
"""How long a payout may stay unsent before the sweep sends it again to the queue."""
ANSWER_COUNTER = timedelta(days=3)
"""How long a counter-offer may wait for our answer."""
CHOOSE_AGAIN = timedelta(days=30)
"""How long the claimant may take to name another way of payment."""


def opened(recorded: Recorded) -> Case:
    """The case that a `CaseOpened` begins."""
    event = recorded.event
    if not isinstance(event, e.CaseOpened):
        raise TypeError(f"a history begins with CaseOpened, not {type(event).__name__}")
    return Case(
        id=event.case_id,
        version=recorded.version,
        report=event.report,
        stage=Stage.TRACING,
        status=Status.TRACING,
        opened_at=recorded.at,
        updated_at=recorded.at,
        token_hash=event.token_hash,
        number_valid=event.number_valid,
        merchant=event.merchant,
        waits=MappingProxyType({"trace": recorded.at}),
    )


def evolve(case: Case, recorded: Recorded) -> Case:
    """The case after one more event."""
    at, event = recorded.at, recorded.event
    case = replace(case, version=recorded.version, updated_at=at)
    match event:
        case e.CaseOpened():
            raise TypeError("a case opens once")
        case e.TokenIssued():
            return replace(case, token_hash=event.token_hash)
        case e.EvidenceExpected() | e.EvidenceReceived() | e.EvidenceRefused():
            return replace(case, uploads=_uploads(case, event))
        case e.InformationRequested():
            waiting = replace(case, asked_for=event.items, status=Status.NEEDS_INFORMATION)
            return _waits(waiting, information=event.due_at, next=None)
        case e.InformationGiven():
            given = replace(case, asked_for=(), status=_resumed(case))
            return _waits(given, information=None, next=at)
        case e.ReportCorrected():
            return replace(case, report=event.report)
        case e.TrackingRead() | e.AnomalySeen() | e.Concluded() | e.LiabilityFound() | e.Assessed():
            return _found_out(case, event, at)
        case e.OfferMade() | e.OfferAccepted() | e.OfferRefused() | e.OfferExpired():
            return _agreed(case, event, at)
        case (
            e.PayoutRequested()
            | e.PayoutApproved()
            | e.PayoutUnknown()
            | e.PayoutAwaitingPayee()
            | e.PayoutConfirmed()
            | e.PayoutRejected()
            | e.PayoutReturned()
        ):
            return _paid(case, event, at)
        case e.SurveyPlanned():
            return _waits(replace(case, survey_id=event.survey_id), next=None, survey=event.ask_at)
        case e.SurveySent():
            asked = replace(case, status=Status.SURVEYED)
            return _waits(asked, survey=None, close=event.close_at)
        case e.FeedbackGiven():
            return _waits(replace(case, feedback=event), survey=None, close=at)
        case e.CaseReopened():
            again = replace(case, outcome=None, stage=Stage.NEGOTIATING, status=Status.APPEALED)
            return replace(again, waits=MappingProxyType({"next": at}))
        case e.CaseWithdrawn():
            return _waits(replace(case, status=Status.WAITING), next=at)
        case e.CaseClosed():
            return replace(
                case,
                stage=Stage.CLOSED,
                status=Status.CLOSED,
                outcome=event.outcome,
                waits=NOTHING,
            )
        case _:
            assert_never(event)


def _found_out(
    case: Case,
    event: e.TrackingRead | e.AnomalySeen | e.Concluded | e.LiabilityFound | e.Assessed,
    at: datetime,
) -> Case:
    match event:
        case e.TrackingRead():
            return _waits(replace(case, reading=event), trace=event.ask_again_at)
        case e.AnomalySeen():
            return replace(case, anomalies=case.anomalies | {event.kind})
        case e.Concluded():
            done = replace(case, conclusion=event, stage=Stage.ASSESSING, status=Status.CONCLUDED)
            return _waits(done, trace=None, next=at)
        case e.LiabilityFound():
            return _waits(replace(case, liability=(*case.liability, event)), next=at)
        case e.Assessed():
            return _waits(replace(case, assessed=event, status=Status.ASSESSED), next=at)
        case _:
            assert_never(event)


def _agreed(
    case: Case,
    event: e.OfferMade | e.OfferAccepted | e.OfferRefused | e.OfferExpired,
    at: datetime,
) -> Case:
    match event:
        case e.OfferMade():
            offer = Offer(
                id=event.offer_id,
                remedy=event.remedy,
                amount=event.amount,
                made_at=at,
                expires_at=event.expires_at,
            )
            offered = replace(
                case,
                offers=(*case.offers, offer),
                stage=Stage.NEGOTIATING,
                status=Status.OFFERED,
            )
            return _waits(offered, next=None, offer=event.expires_at)
        case e.OfferAccepted():
            accepted = _offer(
                case,
                event.offer_id,
                state=OfferState.ACCEPTED,
                rail=event.rail,
                payee=event.payee,
            )
            accepted = replace(accepted, stage=Stage.SETTLING, status=Status.PAYING)
            return _waits(accepted, offer=None, next=at)
        case e.OfferRefused():
            refused = _offer(case, event.offer_id, state=OfferState.REFUSED)
            refused = replace(refused, status=Status.COUNTERED)
            return _waits(refused, offer=None, counter=at + ANSWER_COUNTER)
        case e.OfferExpired():
            return _waits(_offer(case, event.offer_id, state=OfferState.EXPIRED), offer=None)
        case _:
            assert_never(event)


def _paid(
    case: Case,
    event: e.PayoutRequested
    | e.PayoutApproved
    | e.PayoutUnknown
    | e.PayoutAwaitingPayee
    | e.PayoutConfirmed
    | e.PayoutRejected
    | e.PayoutReturned,
    at: datetime,
) -> Case:
    match event:
        case e.PayoutRequested():
            payout = CasePayout(
                id=event.payout_id,
                attempt=event.attempt,
                key=event.key,
                rail=event.rail,
                amount=event.amount,
                requested_at=at,
                pay_by=event.pay_by,
            )
            asked = replace(case, payouts=(*case.payouts, payout), status=Status.PAYING)
            return _waits(asked, next=None, payout=at + PAYOUT_PROMPT)
        case e.PayoutApproved():
            return _payout(case, event.payout_id, approved_by=event.by)
        case e.PayoutUnknown():
            unknown = _payout(case, event.payout_id, state=PayoutState.UNKNOWN)
            return _waits(unknown, payout=event.ask_at)
        case e.PayoutAwaitingPayee():
            held = _payout(case, event.payout_id, state=PayoutState.AWAITING_PAYEE)
            return _waits(replace(held, status=Status.AWAITING_PAYEE), payout=event.ask_at)
        case e.PayoutConfirmed():
            paid = _payout(
                case, event.payout_id, state=PayoutState.SUCCEEDED, reference=event.reference
            )
            paid = replace(paid, stage=Stage.FOLLOWING_UP, status=Status.SETTLED)
            return _waits(paid, payout=None, next=at)
        case e.PayoutRejected() | e.PayoutReturned():
            state = (
                PayoutState.REJECTED
                if isinstance(event, e.PayoutRejected)
                else PayoutState.RETURNED
            )
            failed = _payout(case, event.payout_id, state=state, reason=event.reason)
            return _offered_again(failed, at)
        case _:
            assert_never(event)


def _offered_again(case: Case, at: datetime) -> Case:
    """The settlement stands; only the way of payment must be chosen again."""
    offer = case.accepted_offer
    if offer is None:
        return _waits(case, payout=None, next=at)
    again = _offer(case, offer.id, state=OfferState.OPEN, expires_at=at + CHOOSE_AGAIN)
    again = replace(again, stage=Stage.NEGOTIATING, status=Status.OFFERED, survey_id=None)
    due = {"payout": None, "survey": None, "close": None, "next": None}
    return _waits(again, **due, offer=at + CHOOSE_AGAIN)


def _waits(case: Case, **changes: datetime | None) -> Case:
    waits = {**case.waits, **changes}
    kept = {name: due for name, due in waits.items() if due is not None}
    return replace(case, waits=MappingProxyType(kept))


def _offer(case: Case, offer_id: str, **changes: Any) -> Case:
    offers = tuple(replace(o, **changes) if o.id == offer_id else o for o in case.offers)
    return replace(case, offers=offers)


def _payout(case: Case, payout_id: str, **changes: Any) -> Case:
    payouts = tuple(replace(p, **changes) if p.id == payout_id else p for p in case.payouts)
    return replace(case, payouts=payouts)


def _uploads(
    case: Case, event: e.EvidenceExpected | e.EvidenceReceived | e.EvidenceRefused
) -> tuple[Upload, ...]:
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


def _resumed(case: Case) -> Status:
    match case.stage:
        case Stage.TRACING:
            return Status.TRACING
        case Stage.ASSESSING:
            return Status.CONCLUDED
        case _:
            return Status.INVESTIGATING
