"""Evolution: how each event changes a case. Decides nothing, refuses nothing, reads no clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import assert_never

from amends.domain.case import events as e
from amends.domain.case.case import NOTHING, Case, Recorded
from amends.domain.case.parts import (
    agreed,
    lapsed,
    resumed,
    waiting,
    with_offer,
    with_payout,
    with_upload,
)
from amends.domain.case.state import CasePayout, Offer, OfferState, PayoutState
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
            return replace(case, uploads=with_upload(case, event))
        case e.InformationRequested():
            asked = replace(case, asked_for=event.items, status=Status.NEEDS_INFORMATION)
            return waiting(asked, information=event.due_at, next=None)
        case e.InformationGiven():
            given = replace(case, asked_for=(), status=resumed(case))
            return waiting(given, information=None, next=at)
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
            return waiting(replace(case, survey_id=event.survey_id), next=None, survey=event.ask_at)
        case e.SurveySent():
            asked = replace(case, status=Status.SURVEYED)
            return waiting(asked, survey=None, close=event.close_at)
        case e.FeedbackGiven():
            answered = replace(case, feedback=event)
            return waiting(answered, survey=None, close=at) if case.is_open else answered
        case e.CaseReopened():
            again = replace(case, outcome=None, stage=Stage.NEGOTIATING, status=Status.APPEALED)
            return replace(again, waits=MappingProxyType({"next": at}))
        case e.CaseWithdrawn():
            return waiting(replace(case, status=Status.WAITING), next=at)
        case e.CaseClosed():
            return replace(
                case,
                stage=Stage.CLOSED,
                status=Status.CLOSED,
                outcome=event.outcome,
                offers=lapsed(case),
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
            return waiting(replace(case, reading=event), trace=event.ask_again_at)
        case e.AnomalySeen():
            return replace(case, anomalies=case.anomalies | {event.kind})
        case e.Concluded():
            done = replace(case, conclusion=event, stage=Stage.ASSESSING, status=Status.CONCLUDED)
            return waiting(done, trace=None, next=at)
        case e.LiabilityFound():
            return waiting(replace(case, liability=(*case.liability, event)), next=at)
        case e.Assessed():
            return waiting(replace(case, assessed=event, status=Status.ASSESSED), next=at)
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
            return waiting(offered, next=None, offer=event.expires_at)
        case e.OfferAccepted():
            accepted = with_offer(
                case,
                event.offer_id,
                state=OfferState.ACCEPTED,
                rail=event.rail,
                payee=event.payee,
            )
            accepted = replace(accepted, stage=Stage.SETTLING, status=Status.PAYING)
            return waiting(accepted, offer=None, next=at)
        case e.OfferRefused():
            refused = with_offer(case, event.offer_id, state=OfferState.REFUSED)
            refused = replace(refused, status=Status.COUNTERED)
            return waiting(refused, offer=None, counter=at + ANSWER_COUNTER)
        case e.OfferExpired():
            expired = with_offer(case, event.offer_id, state=OfferState.EXPIRED)
            return waiting(expired, offer=None, next=at)
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
            return waiting(asked, next=None, payout=at + PAYOUT_PROMPT)
        case e.PayoutApproved():
            return with_payout(case, event.payout_id, approved_by=event.by)
        case e.PayoutUnknown():
            unknown = with_payout(case, event.payout_id, state=PayoutState.UNKNOWN)
            return waiting(unknown, payout=event.ask_at)
        case e.PayoutAwaitingPayee():
            held = with_payout(case, event.payout_id, state=PayoutState.AWAITING_PAYEE)
            return waiting(replace(held, status=Status.AWAITING_PAYEE), payout=event.ask_at)
        case e.PayoutConfirmed():
            paid = with_payout(
                case, event.payout_id, state=PayoutState.SUCCEEDED, reference=event.reference
            )
            paid = replace(paid, stage=Stage.FOLLOWING_UP, status=Status.SETTLED)
            return waiting(replace(paid, offers=agreed(paid)), payout=None, offer=None, next=at)
        case e.PayoutRejected() | e.PayoutReturned():
            state = (
                PayoutState.REJECTED
                if isinstance(event, e.PayoutRejected)
                else PayoutState.RETURNED
            )
            failed = with_payout(case, event.payout_id, state=state, reason=event.reason)
            return _offered_again(failed, at)
        case _:
            assert_never(event)


def _offered_again(case: Case, at: datetime) -> Case:
    """The settlement stands; only the way of payment must be chosen again."""
    offer = case.accepted_offer
    if offer is None:
        return waiting(case, payout=None, next=at)
    again = with_offer(case, offer.id, state=OfferState.OPEN, expires_at=at + CHOOSE_AGAIN)
    again = replace(again, stage=Stage.NEGOTIATING, status=Status.OFFERED)
    again = replace(again, survey_id=None, outcome=None)  # money can come back after the end
    due = {"payout": None, "survey": None, "close": None, "next": None}
    return waiting(again, **due, offer=at + CHOOSE_AGAIN)
