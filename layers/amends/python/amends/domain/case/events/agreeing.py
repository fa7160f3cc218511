"""Events of coming to terms: claim, entitlement, proposals, counters, settlement, appeals."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.state.agreement import Basis, CaseDeadline, Option, Presumed
from amends.domain.case.state.policy import Policy
from amends.domain.case.vocabulary import Remedy, Role
from amends.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMade:
    """What the claimant asks for; the reason stands with the contact."""

    role: Role
    remedy: Remedy
    demanded: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementDeclared:
    """Who may claim, and by what right."""

    role: Role
    basis: Basis
    evidence_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesSet:
    """The days that law and contract set, and from when a silent parcel counts as lost."""

    deadlines: tuple[CaseDeadline, ...]
    presumed: Presumed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWarned:
    """A day of the law comes near, and both sides are told."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferProposed:
    """Staff would offer this; `over` names the limit that needs a second person, if one does."""

    offer_id: str
    options: tuple[Option, ...]
    days: int
    because: str
    goodwill: Money | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferApproved:
    """A second person agreed."""

    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferNotApproved:
    """A second person did not agree."""

    offer_id: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferReminded:
    """The offer lapses soon, and the claimant was reminded."""

    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeAwaited:
    """A payment failed, and whoever it is owed to has named no other way: they were reminded."""

    offer_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterAnswered:
    """Our answer to a counter: by a rule of the house, or by a person (`staff`)."""

    offer_id: str
    accepted: bool
    rule: str
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementWritten:
    """The terms both sides agreed to, word for word, by their hash; `reserved` stays open."""

    offer_id: str
    sha256: str
    language: str
    reserved: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptAcknowledged:
    """The claimant says that what was agreed has come."""

    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraDone:
    """What was promised beside the money was done."""

    remedy: Remedy
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraTurnedToMoney:
    """What was promised beside the money could not be done: its worth is paid instead."""

    remedy: Remedy
    amount: Money
    reason: str
    consent: str
    """How the claimant agreed to it, and when."""
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealMade:
    """The claimant asks for a second look, by somebody else; the reason stands with the contact."""

    number: int
    against: str
    role: Role
    review_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened:
    """Something other than an appeal calls for a second look, and a person has until then."""

    because: str
    review_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided:
    """The second look is done, by a person who had not decided before."""

    number: int
    upheld: bool
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRouteOpened:
    """No agreement: the way to regulator, arbitration and court; until then our offer stands."""

    because: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNoted:
    """An insurance is on file; told again under its id, it is known better."""

    policy: Policy


AgreeingEvent = (
    ClaimMade
    | EntitlementDeclared
    | DeadlinesSet
    | DeadlineWarned
    | OfferProposed
    | OfferApproved
    | OfferNotApproved
    | OfferReminded
    | PayeeAwaited
    | CounterAnswered
    | SettlementWritten
    | ReceiptAcknowledged
    | ExtraDone
    | ExtraTurnedToMoney
    | AppealMade
    | ReviewOpened
    | AppealDecided
    | LegalRouteOpened
    | PolicyNoted
)


__all__ = [
    "AgreeingEvent",
    "AppealDecided",
    "AppealMade",
    "ClaimMade",
    "CounterAnswered",
    "DeadlineWarned",
    "DeadlinesSet",
    "EntitlementDeclared",
    "ExtraDone",
    "ExtraTurnedToMoney",
    "LegalRouteOpened",
    "OfferApproved",
    "OfferNotApproved",
    "OfferProposed",
    "OfferReminded",
    "PayeeAwaited",
    "PolicyNoted",
    "ReceiptAcknowledged",
    "ReviewOpened",
    "SettlementWritten",
]
