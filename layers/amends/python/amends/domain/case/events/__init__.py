"""Events: what happened to a case. Names and fields once released are decoded for ever.

No event holds personal data: contacts, narratives and payees live in the contacts table and are
named here by reference only.
"""

from typing import get_args

from amends.domain.case.events.ending import (
    CaseClosed,
    CaseReopened,
    FeedbackGiven,
    SurveyPlanned,
    SurveySent,
)
from amends.domain.case.events.finding import (
    AnomalySeen,
    Assessed,
    Concluded,
    LiabilityFound,
    TrackingRead,
)
from amends.domain.case.events.opening import (
    CaseOpened,
    CaseWithdrawn,
    EvidenceExpected,
    EvidenceReceived,
    EvidenceRefused,
    InformationGiven,
    InformationRequested,
    ReportCorrected,
    TokenIssued,
)
from amends.domain.case.events.settling import (
    OfferAccepted,
    OfferExpired,
    OfferMade,
    OfferRefused,
    PayoutApproved,
    PayoutAwaitingPayee,
    PayoutConfirmed,
    PayoutRejected,
    PayoutRequested,
    PayoutReturned,
    PayoutUnknown,
)

Event = (
    CaseOpened
    | TokenIssued
    | InformationRequested
    | InformationGiven
    | ReportCorrected
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
    | PayoutUnknown
    | PayoutAwaitingPayee
    | PayoutConfirmed
    | PayoutRejected
    | PayoutReturned
    | SurveyPlanned
    | SurveySent
    | FeedbackGiven
    | CaseReopened
    | CaseClosed
)

EVENT_TYPES: dict[str, type] = {member.__name__: member for member in get_args(Event)}

__all__ = [
    "EVENT_TYPES",
    "AnomalySeen",
    "Assessed",
    "CaseClosed",
    "CaseOpened",
    "CaseReopened",
    "CaseWithdrawn",
    "Concluded",
    "Event",
    "EvidenceExpected",
    "EvidenceReceived",
    "EvidenceRefused",
    "FeedbackGiven",
    "InformationGiven",
    "InformationRequested",
    "LiabilityFound",
    "OfferAccepted",
    "OfferExpired",
    "OfferMade",
    "OfferRefused",
    "PayoutApproved",
    "PayoutAwaitingPayee",
    "PayoutConfirmed",
    "PayoutRejected",
    "PayoutRequested",
    "PayoutReturned",
    "PayoutUnknown",
    "ReportCorrected",
    "SurveyPlanned",
    "SurveySent",
    "TokenIssued",
    "TrackingRead",
]
