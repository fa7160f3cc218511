"""Informing: which event says what to whom; the one table that every message comes from."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.days import OURS as DUE_FROM_US
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.state.talking import Voice
from amends.domain.case.vocabulary import Finding, Outcome, Remedy, ReportChannel, Stage
from amends.domain.people.message import Audience

SPOKEN = frozenset({ReportChannel.PHONE, ReportChannel.COUNTER, ReportChannel.LETTER})
"""Reports that one of us wrote down: the claimant is shown what was understood."""
OURS = frozenset(
    {
        Finding.DAMAGED,
        Finding.CONTENTS_MISSING,
        Finding.MISDELIVERED,
        Finding.DELAYED,
    }
)
"""Findings to apologise for at once; a loss has a notice of its own."""
LOST = frozenset({Finding.LOST, Finding.DESTROYED})
NO_MONEY = frozenset({"coupon", "reshipment", "service_extension"})
"""Rails that carry no money: what they did is no payment to its reader."""
_GONE_OUT = frozenset({Stage.CLOSED, Stage.FOLLOWING_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """One message that an event calls for."""

    code: str
    to: Audience = Audience.CLAIMANT


def says(event: e.Event) -> tuple[Says, ...]:
    """The messages of one event, always the same for the same event."""
    match event:
        case e.CaseOpened(discovered_as=str()):
            return (Says(code="discovery"),)
        case e.CaseOpened(report=report):
            heard = (Says(code="acknowledgement"),)
            return (*heard, Says(code="summary")) if report.channel in SPOKEN else heard
        case e.Concluded(finding=finding) if finding in LOST:
            return (Says(code="loss_notice"),)
        case e.Concluded(finding=finding) if finding in OURS:
            return (Says(code="apology"),)
        case e.CaseClosed(outcome=outcome):
            return (Says(code="decline" if outcome is Outcome.DECLINED else "closing"),)
        case e.MessagePosted(voice=Voice.STAFF, is_internal=False):
            return (Says(code="reply"),)
        case e.DeadlineWarned(name=name):
            alarm = Says(code="escalation", to=Audience.STAFF)
            return (alarm,) if name in DUE_FROM_US else (Says(code="deadline_warning"), alarm)
        case e.PayoutConfirmed(rail=rail):
            return (Says(code="remedy_done" if rail in NO_MONEY else "payout_sent"),)
        case e.DocumentVerified(replace_by=datetime()):
            return (Says(code="replacement_request"),)
        case e.PayoutRejected(part=Remedy()) | e.PayoutReturned(part=Remedy()):
            return (Says(code="escalation", to=Audience.STAFF),)
        case e.ClockMissed(told_until=datetime()):
            return (Says(code="delay_notice"), Says(code="escalation", to=Audience.STAFF))
        case e.ClockMissed() | e.TaskEscalated() | e.ReplyOverdue() | e.CallOverdue():
            return (Says(code="escalation", to=Audience.STAFF),)
        case e.PayeeAwaited():
            return (Says(code="reminder"), Says(code="escalation", to=Audience.STAFF))
        case e.InquirySent():
            return (Says(code="carrier_inquiry", to=Audience.CARRIER),)
        case e.CallPlanned():
            return (Says(code="call_back", to=Audience.STAFF),)
        case e.CallMade(reached=False, again_at=None):
            return (Says(code="missed_call"),)
        case e.RecipientIdentified():
            return (Says(code="recipient_contact", to=Audience.RECIPIENT),)
        case e.PickupArranged():
            return (Says(code="return_request", to=Audience.RECIPIENT),)
    code = _CODES.get(type(event))
    return (Says(code=code),) if code else ()


_CODES: dict[type, str] = {
    e.AccessLinkIssued: "access_link",
    e.InformationRequested: "information_request",
    e.InformationReminded: "reminder",
    e.OfferMade: "offer",
    e.OfferReminded: "reminder",
    e.CounterAnswered: "counter_answer",
    e.AppealDecided: "appeal_decision",
    e.LegalRouteOpened: "legal_route",
    e.PayoutAwaitingPayee: "payout_awaiting",
    e.PayoutRejected: "payout_returned",
    e.PayoutReturned: "payout_returned",
    e.Redelivering: "redelivery_notice",
    e.SurveySent: "survey",
    e.SurveyReminded: "reminder",
    e.FeedbackGiven: "thanks",
    e.SummarySent: "summary",
    e.Apologised: "apology",
    e.ProgressTold: "progress_report",
}


def tells_claimant(event: e.Event) -> bool:
    """Whether the claimant hears of it."""
    return any(one.to is Audience.CLAIMANT for one in says(event))


def is_known(before: Case, event: e.Event) -> bool:
    """Whether the case stood so before: a payment that still waits when it is asked about."""
    if not isinstance(event, e.PayoutAwaitingPayee):
        return False
    return any(
        one.id == event.payout_id and one.state is PayoutState.AWAITING_PAYEE
        for one in before.payouts
    )


def moved_on(before: Stage, after: Stage, event: e.Event) -> tuple[Says, ...]:
    """A change of stage that no message of its own tells is told as a progress report."""
    if isinstance(event, e.PayoutCancelled) and after is Stage.NEGOTIATING is not before:
        return (Says(code="payout_cancelled"),)  # withdrawn for another attempt, it tells nobody
    if before is after or after in _GONE_OUT or tells_claimant(event):
        return ()
    return (Says(code="progress_report"),)
