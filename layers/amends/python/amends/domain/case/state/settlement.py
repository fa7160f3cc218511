"""Parts of a case's state: an offer, and each payout of a settlement."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.state.agreement import Option, Part
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money
from amends.domain.payment.payout import PayoutState

__all__ = ["CasePayout", "Offer", "OfferState", "PayoutState"]


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One proposal and its state."""

    id: str
    remedy: Remedy
    amount: Money
    made_at: datetime
    expires_at: datetime
    state: OfferState = OfferState.OPEN
    rail: str | None = None
    payee: str | None = None
    payee_part: str | None = None
    """Where, with the contacts, the account of this acceptance stands: each has its own."""
    options: tuple[Option, ...] = ()
    """Ways to settle, the first one first; empty where earlier releases offered one."""
    taken: tuple[Part, ...] | None = None
    """Of the option that was chosen, what the claimant takes; None where there was one way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePayout:
    """One intent to pay and what is known of it."""

    id: str
    attempt: int
    key: str
    rail: str
    amount: Money
    requested_at: datetime
    pay_by: datetime
    part: Remedy | None = None
    """What of the settlement it carries out beside what was chosen; None for that itself."""
    payee_part: str | None = None
    state: PayoutState = PayoutState.REQUESTED
    approved_by: str | None = None
    first_sent_at: datetime | None = None
    """When the rail was first asked to pay: since when it may know the key."""
    sent_at: datetime | None = None
    """When the rail was last asked to pay; None as long as it has never heard of it."""
    ended_at: datetime | None = None
    held: str | None = None
    """Why it waits on our side, before it is sent."""
    used_for: str | None = None
    """The order that a coupon was used for."""
    is_lapsed: bool = False
    called_back_at: datetime | None = None
    """When its payee asked to have it called back, while it waits for them."""
    failing: str | None = None
    """Who says that it has failed, while a second person has not agreed."""
    reference: str | None = None
    reason: str | None = None

    @property
    def clock(self) -> str:
        """The name under which its case waits for it."""
        return "payout" if self.part is None else f"payout:{self.part}"

    @property
    def confirm_by(self) -> datetime:
        """Until when its payee may confirm: what we held it for is not taken from their time."""
        return self.pay_by + ((self.first_sent_at or self.requested_at) - self.requested_at)
