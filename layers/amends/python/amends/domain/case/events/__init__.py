"""Events: what happened to a case. Names and fields once released are decoded for ever.

No event holds personal data: contacts, narratives and payees live in the contacts table and are
named here by reference only.
"""

from typing import get_args

from amends.domain.case.events.afterwards import (
    AfterwardsEvent,
    CouponLapsed,
    CouponRedeemed,
    RecoveryAcknowledged,
    RecoveryDenied,
    RecoveryFiled,
    RecoveryReceived,
    RecoveryWrittenOff,
    WriteOffAsked,
)
from amends.domain.case.events.agreeing import (
    AgreeingEvent,
    AppealDecided,
    AppealMade,
    ClaimMade,
    CounterAnswered,
    DeadlinesSet,
    DeadlineWarned,
    EntitlementDeclared,
    ExtraDone,
    LegalRouteOpened,
    OfferApproved,
    OfferNotApproved,
    OfferProposed,
    OfferReminded,
    PolicyNoted,
    ReceiptAcknowledged,
    ReviewOpened,
    SettlementWritten,
)
from amends.domain.case.events.answering import (
    AnsweringEvent,
    CorrectiveActionConfirmed,
    CorrectiveActionProposed,
    ForceMajeureTested,
    LiabilityAppealed,
    LiabilityApproved,
    LiabilityProposed,
    LiabilityRefused,
    LiabilityReviewed,
    PersonnelReferred,
    RecoveryPlanned,
    RootCauseFound,
)
from amends.domain.case.events.custody import (
    AccidentRecorded,
    CctvHeld,
    CctvReceived,
    CctvRequested,
    CctvViewed,
    CustodyEvent,
    CustodyTraced,
    InquiryAcknowledged,
    InquiryExpired,
    InquiryReplied,
    InquirySent,
    NodeRecorded,
    StatementRecorded,
)
from amends.domain.case.events.ending import (
    CaseClosed,
    CaseReopened,
    FeedbackAdded,
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
from amends.domain.case.events.goods import (
    AuthorityNotified,
    Disposed,
    GoodsEvent,
    Inspected,
    InspectionBooked,
    KeepGoodsOrdered,
    PartLossFound,
    Quarantined,
    RepairQuoted,
    SalvageValued,
    SenderTold,
    WeightsCompared,
)
from amends.domain.case.events.investigating import (
    Assigned,
    ClockMissed,
    FirstReplied,
    InvestigatingEvent,
    LevelExtended,
    LevelOpened,
    TaskAnswered,
    TaskCancelled,
    TaskEscalated,
    TaskLinkIssued,
    TaskOpened,
    TaskReminded,
)
from amends.domain.case.events.opening import (
    AccessLinkIssued,
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
from amends.domain.case.events.recovering import (
    ClawBackChosen,
    FoundAgain,
    GiftPromised,
    ImpactGraded,
    IntegrityChecked,
    PickupArranged,
    RecipientContacted,
    RecipientIdentified,
    RecoveringEvent,
    Redelivered,
    Redelivering,
    Repacked,
    StopAcknowledged,
    StopExpired,
    StopRequested,
    TwinLinked,
)
from amends.domain.case.events.settling import (
    OfferAccepted,
    OfferExpired,
    OfferMade,
    OfferRefused,
    PayoutApproved,
    PayoutAwaitingPayee,
    PayoutCancelled,
    PayoutConfirmed,
    PayoutDeclaredFailed,
    PayoutFailureProposed,
    PayoutHeld,
    PayoutRejected,
    PayoutRequested,
    PayoutReturned,
    PayoutSent,
    PayoutUnknown,
)
from amends.domain.case.events.talking import (
    Apologised,
    CallMade,
    CallOverdue,
    CallPlanned,
    MessagePosted,
    ProgressTold,
    ReplyOverdue,
    SummaryAnswered,
    SummaryLapsed,
    SummarySent,
    SurveyReminded,
    TalkingEvent,
)
from amends.domain.case.events.verifying import (
    DocumentVerified,
    InformationReminded,
    KindChanged,
    LookPlanned,
    ReportJoined,
    Triaged,
    Verified,
    VerifyingEvent,
)

Event = (
    CaseOpened
    | TokenIssued
    | AccessLinkIssued
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
    | PayoutHeld
    | PayoutSent
    | PayoutCancelled
    | PayoutUnknown
    | PayoutAwaitingPayee
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

__all__ = [
    "EVENT_TYPES",
    "AccessLinkIssued",
    "AccidentRecorded",
    "AfterwardsEvent",
    "AgreeingEvent",
    "AnomalySeen",
    "AnsweringEvent",
    "Apologised",
    "AppealDecided",
    "AppealMade",
    "Assessed",
    "Assigned",
    "AuthorityNotified",
    "CallMade",
    "CallOverdue",
    "CallPlanned",
    "CaseClosed",
    "CaseOpened",
    "CaseReopened",
    "CaseWithdrawn",
    "CctvHeld",
    "CctvReceived",
    "CctvRequested",
    "CctvViewed",
    "ClaimMade",
    "ClawBackChosen",
    "ClockMissed",
    "Concluded",
    "CorrectiveActionConfirmed",
    "CorrectiveActionProposed",
    "CounterAnswered",
    "CouponLapsed",
    "CouponRedeemed",
    "CustodyEvent",
    "CustodyTraced",
    "DeadlineWarned",
    "DeadlinesSet",
    "Disposed",
    "DocumentVerified",
    "EntitlementDeclared",
    "Event",
    "EvidenceExpected",
    "EvidenceReceived",
    "EvidenceRefused",
    "ExtraDone",
    "FeedbackAdded",
    "FeedbackGiven",
    "FirstReplied",
    "ForceMajeureTested",
    "FoundAgain",
    "GiftPromised",
    "GoodsEvent",
    "ImpactGraded",
    "InformationGiven",
    "InformationReminded",
    "InformationRequested",
    "InquiryAcknowledged",
    "InquiryExpired",
    "InquiryReplied",
    "InquirySent",
    "Inspected",
    "InspectionBooked",
    "IntegrityChecked",
    "InvestigatingEvent",
    "KeepGoodsOrdered",
    "KindChanged",
    "LegalRouteOpened",
    "LevelExtended",
    "LevelOpened",
    "LiabilityAppealed",
    "LiabilityApproved",
    "LiabilityFound",
    "LiabilityProposed",
    "LiabilityRefused",
    "LiabilityReviewed",
    "LookPlanned",
    "MessagePosted",
    "NodeRecorded",
    "OfferAccepted",
    "OfferApproved",
    "OfferExpired",
    "OfferMade",
    "OfferNotApproved",
    "OfferProposed",
    "OfferRefused",
    "OfferReminded",
    "PartLossFound",
    "PayoutApproved",
    "PayoutAwaitingPayee",
    "PayoutCancelled",
    "PayoutConfirmed",
    "PayoutDeclaredFailed",
    "PayoutFailureProposed",
    "PayoutHeld",
    "PayoutRejected",
    "PayoutRequested",
    "PayoutReturned",
    "PayoutSent",
    "PayoutUnknown",
    "PersonnelReferred",
    "PickupArranged",
    "PolicyNoted",
    "ProgressTold",
    "Quarantined",
    "ReceiptAcknowledged",
    "RecipientContacted",
    "RecipientIdentified",
    "RecoveringEvent",
    "RecoveryAcknowledged",
    "RecoveryDenied",
    "RecoveryFiled",
    "RecoveryPlanned",
    "RecoveryReceived",
    "RecoveryWrittenOff",
    "Redelivered",
    "Redelivering",
    "Repacked",
    "RepairQuoted",
    "ReplyOverdue",
    "ReportCorrected",
    "ReportJoined",
    "ReviewOpened",
    "RootCauseFound",
    "SalvageValued",
    "SenderTold",
    "SettlementWritten",
    "StatementRecorded",
    "StopAcknowledged",
    "StopExpired",
    "StopRequested",
    "SummaryAnswered",
    "SummaryLapsed",
    "SummarySent",
    "SurveyPlanned",
    "SurveyReminded",
    "SurveySent",
    "TalkingEvent",
    "TaskAnswered",
    "TaskCancelled",
    "TaskEscalated",
    "TaskLinkIssued",
    "TaskOpened",
    "TaskReminded",
    "TokenIssued",
    "TrackingRead",
    "Triaged",
    "TwinLinked",
    "Verified",
    "VerifyingEvent",
    "WeightsCompared",
    "WriteOffAsked",
]
