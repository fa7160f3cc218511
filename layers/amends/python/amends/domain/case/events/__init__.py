"""Events: what happened to a case. Names and fields once released are decoded for ever.

No event holds personal data: contacts, narratives and payees live in the contacts table and are
named here by reference only.
"""

from typing import get_args

from amends.domain.case.events.afterwards import *
from amends.domain.case.events.agreeing import *
from amends.domain.case.events.answering import *
from amends.domain.case.events.custody import *
from amends.domain.case.events.ending import *
from amends.domain.case.events.finding import *
from amends.domain.case.events.goods import *
from amends.domain.case.events.investigating import *
from amends.domain.case.events.opening import *
from amends.domain.case.events.recovering import *
from amends.domain.case.events.settling import *
from amends.domain.case.events.talking import *
from amends.domain.case.events.verifying import *

Event = (
    CaseOpened
    | TokenIssued
    | AccessLinkIssued
    | InformationRequested
    | InformationGiven
    | ReportCorrected
    | EvidenceCarried
    | EvidenceExpected
    | EvidenceReceived
    | EvidenceRefused
    | CaseWithdrawn
    | TrackingRead
    | AnomalySeen
    | Concluded
    | LiabilityFound
    | Assessed
    | OfferMade
    | OfferAccepted
    | OfferRefused
    | OfferExpired
    | PayoutRequested
    | PayoutApproved
    | PayoutHeld
    | PayoutSent
    | PayoutCancelled
    | PayoutUnknown
    | PayoutAwaitingPayee
    | PayoutCallbackAsked
    | PayoutConfirmed
    | PayoutRejected
    | PayoutReturned
    | PayoutFailureProposed
    | PayoutDeclaredFailed
    | SurveyPlanned
    | SurveySent
    | FeedbackAdded
    | FeedbackGiven
    | CaseReopened
    | CaseClosed
    | AfterwardsEvent
    | AgreeingEvent
    | AnsweringEvent
    | CustodyEvent
    | GoodsEvent
    | InvestigatingEvent
    | RecoveringEvent
    | TalkingEvent
    | VerifyingEvent
)

EVENT_TYPES: dict[str, type] = {member.__name__: member for member in get_args(Event)}
