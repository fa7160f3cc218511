"""Parts of a case's state: the claim, who is entitled, offers' options, counters, appeals."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from amends.domain.case.state.policy import Policy
from amends.domain.case.vocabulary import Remedy, Role
from amends.domain.money import Money

MONEY = frozenset({Remedy.COMPENSATION, Remedy.REFUND, Remedy.REPAIR})
"""Remedies that are paid in money, together, by one payout."""
RAILS = {
    Remedy.COUPON: "coupon",
    Remedy.RESHIPMENT: "reshipment",
    Remedy.SERVICE_EXTENSION: "service_extension",
}
"""What is not money goes one way only; what has none, people do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One remedy of an option, and what it is worth."""

    remedy: Remedy
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to settle: its parts come together; money parts are one payment.

    What is no money stands first where nothing is paid, and beside the money otherwise.
    """

    parts: tuple[Part, ...]

    @property
    def money(self) -> Money | None:
        """What is paid in money; None where nothing is."""
        told = [part.amount for part in self.parts if part.remedy in MONEY]
        return sum(told[1:], told[0]) if told else None

    @property
    def amount(self) -> Money:
        """What the payout carries: the money, or what the first part is worth."""
        return self.money or self.parts[0].amount

    @property
    def remedy(self) -> Remedy:
        """What the payout is."""
        paid = [part.remedy for part in self.parts if part.remedy in MONEY]
        if not paid:
            return self.parts[0].remedy
        return paid[0] if len(set(paid)) == 1 else Remedy.COMPENSATION

    @property
    def extras(self) -> tuple[Part, ...]:
        """What comes beside the payout, each to be done by somebody and by a date."""
        beside = tuple(part for part in self.parts if part.remedy not in MONEY)
        return beside if self.money is not None else self.parts[1:]

    @property
    def worth(self) -> Decimal:
        """All parts together, in the option's one currency."""
        return sum((part.amount.amount for part in self.parts), Decimal(0))


class Basis(StrEnum):
    """By what right somebody claims."""

    OWN = "own"
    JOINT = "joint"
    """Sender and addressee claim together: one payment, to the one whom both named."""
    ASSIGNED = "assigned"
    """The entitled party gave the claim away in writing (UPU: the sender's waiver)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """Who may claim, by what right, and which document says so."""

    role: Role
    basis: Basis
    evidence_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeadline:
    """A day of the law or the contract: first and last, by which rule, from which source.

    `met` once the act is known to have been done in time; `regime` says whose rule it is.
    """

    name: str
    first_day: date | None = None
    last_day: date
    rule: str
    source: str
    regime: str | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presumed:
    """From when a parcel that has not come counts as lost."""

    first_day: date
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An offer that a second person must still approve, and why."""

    offer_id: str
    options: tuple[Option, ...]
    over: str
    days: int
    by: str
    at: datetime
    goodwill: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What the claimant would agree to instead; unanswered while `accepted` is None."""

    offer_id: str
    reason: str
    amount: Money | None
    remedy: Remedy | None
    at: datetime
    accepted: bool | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A second look that was asked for; open while `upheld` is None."""

    number: int
    against: str
    role: Role
    made_at: datetime
    upheld: bool | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Something promised beside the money: done once `reference` says how."""

    part: Part
    due_at: datetime
    reference: str | None = None
    is_money: bool = False
    """Whether its worth is paid instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The written terms, by their hash; what the claimant reserved; whether receipt was said."""

    offer_id: str
    sha256: str
    language: str
    written_at: datetime
    reserved: Money | None = None
    is_received: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Everything about coming to terms."""

    demanded: Money | None = None
    wish: Remedy | None = None
    claimed_at: datetime | None = None
    entitled: tuple[Entitled, ...] = ()
    deadlines: tuple[CaseDeadline, ...] = ()
    presumed: Presumed | None = None
    policies: tuple[Policy, ...] = ()
    """Insurances on file for what was sent."""
    warned: frozenset[str] = frozenset()
    proposal: Proposal | None = None
    counters: tuple[Counter, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    extras: tuple[Extra, ...] = ()
    settlement: Settlement | None = None
    deciders: frozenset[str] = frozenset()
    """Who proposed, approved or reviewed so far: an appeal goes to somebody else."""
    is_legal: bool = False
    """Whether the way to regulator, arbitration and court was pointed out."""

    @property
    def counter(self) -> Counter | None:
        """The counter that waits for our answer."""
        last = self.counters[-1] if self.counters else None
        return last if last is not None and last.accepted is None else None

    @property
    def appeal(self) -> Appeal | None:
        """The appeal that waits for its review."""
        last = self.appeals[-1] if self.appeals else None
        return last if last is not None and last.upheld is None else None

    @property
    def owed_extras(self) -> tuple[Extra, ...]:
        """What was promised beside the money and is not done."""
        return tuple(extra for extra in self.extras if extra.reference is None)
