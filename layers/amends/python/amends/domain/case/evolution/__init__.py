"""Evolution: how each event changes a case. Decides nothing, refuses nothing, reads no clock."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import assert_never

from amends.domain.case import events as e
from amends.domain.case.case import NOTHING, Case, Recorded
from amends.domain.case.evolution.afterwards import reclaimed
from amends.domain.case.evolution.agreeing import came_to_terms, offered
from amends.domain.case.evolution.answering import answered, decided_first
from amends.domain.case.evolution.custody import traced
from amends.domain.case.evolution.goods import goods
from amends.domain.case.evolution.investigating import (
    investigated,
    paused,
    resumed,
    verified,
)
from amends.domain.case.evolution.parts import came, lapsed, status_of, with_upload
from amends.domain.case.evolution.recovering import RECOVER_WITHIN, recovered
from amends.domain.case.evolution.settling import agreed, paid
from amends.domain.case.evolution.talking import begun, informed, talked
from amends.domain.case.evolution.waiting import only, waits, without_investigation
from amends.domain.case.state.access import proved, with_link
from amends.domain.case.vocabulary import OWED_FOR, Stage, Status

LOOKING = frozenset({Stage.TRACING, Stage.INVESTIGATING})
FOUND = "found"
REMIND_AFTER = timedelta(days=4)
"""From the satisfaction question to its one reminder."""
ANSWERED = "answered"
"""Why a closed case is opened again: its parcel turned up; what was asked is answered at last."""


def replay(history: Iterable[Recorded]) -> Case:
    """Derive a case from its whole history, which is not empty and begins with `CaseOpened`."""
    records = iter(history)
    case = opened(next(records))
    for recorded in records:
        case = evolve(case, recorded)
    return case


def opened(recorded: Recorded) -> Case:
    """The case that a `CaseOpened` begins."""
    event = recorded.event
    if not isinstance(event, e.CaseOpened):
        raise TypeError(f"a history begins with CaseOpened, not {type(event).__name__}")
    is_draft = not event.report.shipment.is_numbered
    case = Case(
        id=event.case_id,
        version=recorded.version,
        report=event.report,
        stage=Stage.INTAKE if is_draft else Stage.TRACING,
        status=Status.REPORTED if is_draft else Status.TRACING,
        opened_at=recorded.at,
        updated_at=recorded.at,
        token_hash=event.token_hash,
        number_valid=event.number_valid,
        merchant=event.merchant,
        discovered_as=event.discovered_as,
        waits=MappingProxyType({"trace": recorded.at}),
    )
    return informed(case, begun(case, recorded), recorded)


def evolve(case: Case, recorded: Recorded) -> Case:
    """The case after one more event."""
    return informed(case, _evolved(case, recorded), recorded)


def _evolved(case: Case, recorded: Recorded) -> Case:
    at, event = recorded.at, recorded.event
    case = replace(case, version=recorded.version, updated_at=at)
    if isinstance(event, e.VerifyingEvent):
        return verified(case, event, at)
    if isinstance(event, e.InvestigatingEvent):
        return investigated(case, event, at)
    if isinstance(event, e.CustodyEvent):
        return traced(case, event, recorded)
    if isinstance(event, e.AfterwardsEvent):
        return reclaimed(case, event, at)
    if isinstance(event, e.AgreeingEvent):
        return came_to_terms(case, event, recorded)
    if isinstance(event, e.TalkingEvent):
        return talked(case, event, recorded)
    if isinstance(event, e.AnsweringEvent):
        return answered(case, event, at)
    if isinstance(event, e.RecoveringEvent):
        return recovered(case, event, at)
    if isinstance(event, e.GoodsEvent):
        return goods(case, event, at)
    match event:
        case e.CaseOpened():
            raise TypeError("a case opens once")
        case e.TokenIssued():
            return replace(case, token_hash=event.token_hash, access=proved(case.access, at))
        case e.AccessLinkIssued():
            return replace(
                case, access=with_link(case.access, event.link_hash, event.good_until, at)
            )
        case e.EvidenceReceived() | e.EvidenceCarried():
            return came(replace(case, uploads=with_upload(case, event)), event.evidence_id)
        case e.EvidenceExpected() | e.EvidenceRefused():
            return replace(case, uploads=with_upload(case, event))
        case e.InformationRequested():
            waiting = replace(case, asked_for=event.items, status=Status.NEEDS_INFORMATION)
            return paused(waits(waiting, information=event.due_at, next=None), at)
        case e.InformationGiven() if case.stage is Stage.INTAKE:
            known = replace(case, asked_for=(), stage=Stage.TRACING, status=Status.TRACING)
            return waits(resumed(known, at), {"information": None, "trace": at})
        case e.InformationGiven():
            given = resumed(replace(case, asked_for=(), status=status_of(case)), at)
            again = "trace" if case.stage in LOOKING else "next"
            return decided_first(waits(given, {"information": None, again: at}), at)
        case e.ReportCorrected():
            return _corrected(case, event, at)
        case e.TrackingRead() | e.AnomalySeen() | e.Concluded() | e.LiabilityFound() | e.Assessed():
            return _found_out(case, event, at)
        case e.OfferMade() | e.OfferAccepted() | e.OfferRefused() | e.OfferExpired():
            return offered(agreed(case, event, at), event, at)
        case (
            e.PayoutRequested()
            | e.PayoutApproved()
            | e.PayoutHeld()
            | e.PayoutSent()
            | e.PayoutCancelled()
            | e.PayoutUnknown()
            | e.PayoutAwaitingPayee()
            | e.PayoutCallbackAsked()
            | e.PayoutConfirmed()
            | e.PayoutRejected()
            | e.PayoutReturned()
            | e.PayoutFailureProposed()
            | e.PayoutDeclaredFailed()
        ):
            return paid(case, event, at)
        case e.SurveyPlanned():
            return waits(replace(case, survey_id=event.survey_id), next=None, survey=event.ask_at)
        case e.SurveySent():
            asked = replace(case, status=Status.SURVEYED)
            return waits(asked, survey=None, close=event.close_at, remind=at + REMIND_AFTER)
        case e.FeedbackGiven():
            heard = replace(case, feedback=event)
            ends = None if "clawback" in case.waits else at
            return waits(heard, survey=None, remind=None, close=ends) if case.is_open else heard
        case e.FeedbackAdded():
            return replace(case, feedback=_completed(case, event))
        case e.CaseReopened():
            return _reopened(replace(case, outcome=None), event, at)
        case e.CaseWithdrawn():
            return waits(replace(case, status=Status.WAITING), next=at)
        case e.CaseClosed():
            closed = replace(case, stage=Stage.CLOSED, status=Status.CLOSED, offers=lapsed(case))
            return only(replace(closed, outcome=event.outcome), NOTHING)
        case _:
            assert_never(event)


def _completed(case: Case, event: e.FeedbackAdded) -> e.FeedbackGiven | None:
    if case.feedback is None:
        return None
    commented = case.feedback.commented or event.commented
    return replace(case.feedback, resolved=event.resolved, commented=commented)


def _corrected(case: Case, event: e.ReportCorrected, at: datetime) -> Case:
    """What was read under a number that was mistyped says nothing of this parcel."""
    known = case.report.shipment.tracking_number
    corrected = replace(case, report=event.report)
    if event.report.shipment.tracking_number == known or case.stage not in LOOKING:
        return corrected
    return waits(replace(corrected, reading=None, anomalies=frozenset()), trace=at)


def _found_out(
    case: Case,
    event: e.TrackingRead | e.AnomalySeen | e.Concluded | e.LiabilityFound | e.Assessed,
    at: datetime,
) -> Case:
    match event:
        case e.TrackingRead():
            looking = case.stage is not Stage.RECOVERING  # its own limit ends a recovery
            return waits(
                replace(case, reading=event), trace=event.ask_again_at if looking else None
            )
        case e.AnomalySeen():
            return replace(case, anomalies=case.anomalies | {event.kind})
        case e.Concluded():
            done = replace(case, conclusion=event, stage=Stage.ASSESSING, status=Status.CONCLUDED)
            owed = event.finding in OWED_FOR
            next_at = None if owed and case.asked_for else at  # the answer is waited for
            due = {**without_investigation(done), "trace": None, "next": next_at}
            return decided_first(waits(done, due), at)
        case e.LiabilityFound():
            found = replace(case, liability=(*case.liability, event))
            return waits(found, next=at) if case.stage is Stage.ASSESSING else found
        case e.Assessed():
            return waits(replace(case, assessed=event, status=Status.ASSESSED), next=at)
        case _:
            assert_never(event)


def _reopened(case: Case, event: e.CaseReopened, at: datetime) -> Case:
    if event.because == FOUND:
        again = replace(case, stage=Stage.RECOVERING, status=Status.RECOVERING)
        return only(again, {"recovery": at + RECOVER_WITHIN})
    if event.because == ANSWERED and case.conclusion is not None:
        again = replace(case, stage=Stage.ASSESSING, status=Status.CONCLUDED)
        return only(again, {"next": at})
    if case.conclusion is None:
        again = replace(case, stage=Stage.INVESTIGATING, status=Status.INVESTIGATING)
        return only(again, {"trace": at})
    again = replace(case, stage=Stage.NEGOTIATING, status=Status.APPEALED)
    return only(again, {"next": at})
