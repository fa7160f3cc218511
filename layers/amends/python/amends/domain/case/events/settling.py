"""Events of agreement and payment."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.state.agreement import Option
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade:
    """We propose, maybe in several ways; it expires. `remedy` and `amount` are the first way's."""

    offer_id: str
    remedy: Remedy
    amount: Money
    expires_at: datetime
    options: tuple[Option, ...] | None = None
    goodwill: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccepted:
    """The claimant agreed; the payee stands with the contacts under `payee_part`, masked here."""

    offer_id: str
    rail: str
    payee: str
    payee_part: str | None = None
    option: int | None = None
    without: tuple[Remedy, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRefused:
    """The claimant did not agree, and may have named a counter."""

    offer_id: str
    reason: str
    counter: Money | None = None
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferExpired:
    """Nobody answered in time."""

    offer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRequested:
    """The intent to pay: recorded before anything is sent; `key` goes to the rail.

    `part` names what comes beside what was chosen, where it is that: each has intents of its own.
    """

    payout_id: str
    attempt: int
    key: str
    rail: str
    amount: Money
    pay_by: datetime
    part: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutApproved:
    """A second person agreed to pay."""

    payout_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutHeld:
    """It waits on our side, before it is sent: a limit, a switch, a second person."""

    payout_id: str
    reason: str
    ask_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutSent:
    """Recorded before the rail hears of it: from here on it may have been paid."""

    payout_id: str
    ask_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCancelled:
    """Withdrawn before it was sent, or called back by the rail: it will not be paid."""

    payout_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCallbackAsked:
    """The payee does not want to confirm it: the rail is asked to call it back, until it says."""

    payout_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutUnknown:
    """Sent, outcome not known: it is asked about, never sent under a new key."""

    payout_id: str
    detail: str
    ask_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutAwaitingPayee:
    """The payee must confirm."""

    payout_id: str
    ask_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutConfirmed:
    """The rail says it is paid."""

    payout_id: str
    reference: str
    rail: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutRejected:
    """The rail says, finally, that it will not be paid."""

    payout_id: str
    reason: str
    part: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutFailureProposed:
    """Long unknown, and the rail remembers nothing of it: finance says that it has failed."""

    payout_id: str
    by: str
    reason: str
    evidence: str
    """What the rail or the bank has confirmed, and where that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutDeclaredFailed:
    """A second person agreed; the end itself is a `PayoutRejected` beside this."""

    payout_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutReturned:
    """It was paid and came back."""

    payout_id: str
    reason: str
    rail: str
    amount: Money
    part: Remedy | None = None


__all__ = [
    "OfferAccepted",
    "OfferExpired",
    "OfferMade",
    "OfferRefused",
    "PayoutApproved",
    "PayoutAwaitingPayee",
    "PayoutCallbackAsked",
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
]
