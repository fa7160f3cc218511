"""The contract of a payment rail: one file in `catalog/rails/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from amends.domain.exchange import Exchange, Trouble
from amends.domain.money import Money
from amends.domain.payment.outcome import OutcomeKind, RailOutcome
from amends.domain.payment.payee import Payee
from amends.domain.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RailLimits:
    """A rail's own bounds; None where it has none. Figures with their `source`."""

    smallest: Money | None = None
    largest: Money | None = None
    """Per payment."""
    per_payee_day: Money | None = None
    per_day: Money | None = None
    name_from: Money | None = None
    """From this amount on the payee's real name must be sent."""
    query_for: timedelta | None = None
    """How long a key is remembered; after it, not seen says nothing."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """What one payout asks of a rail; rebuilt from the same events, it is the same."""

    key: str
    amount: Money
    payee: Payee
    text: str
    """What the payee reads beside the amount; no personal data."""
    first_sent_at: datetime
    """When it first goes out: however long it was held before, its dates are of that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where and as whom a rail is used, and the moment of this conversation.

    `secrets` are named by each rail's `SECRETS` and never shown; `settings` are not secret.
    """

    base_url: str
    at: datetime
    secrets: Mapping[str, str] = field(repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One movement that the rail's own books show.

    `amount` is positive and left us, unless `is_return`: then it came back.
    """

    key: str
    reference: str
    amount: Money
    booked_on: date
    is_return: bool = False
    reason: str = ""


class BadCallback(Refusal):
    """The callback is not from whom it says, or not for us."""

    code = "bad_callback"
    status = 401


class Rail(Protocol):
    """What every module in `catalog/rails/` defines at its top level."""

    CURRENCIES: frozenset[str]
    """Currencies it pays in; empty means any."""
    LIMITS: RailLimits
    SECRETS: tuple[str, ...]

    def check_payee(self, method: Mapping[str, str]) -> Payee:
        """Read the claimant's payout method; raises `BadPayee` for one that cannot be paid."""
        ...

    def pay(self, instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
        """Pay under `instruction.key`; the same key twice pays once; silence is unknown."""
        ...

    def query(self, instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
        """What became of the key; `unknown` with reason `not_seen` if the rail never heard it."""
        ...

    def statement(self, day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
        """The movements of one day, in the rail's order; raises `NoStatement` if not to be had."""
        ...

    def receive(
        self, body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
    ) -> Sequence[tuple[str, RailOutcome]]:
        """Verify a callback on its raw bytes: keys and what is said of them.

        Header names are lower case; raises `BadCallback`.
        """
        ...


class Cancels(Protocol):
    """What a rail defines beside, if a payout can be called back while the payee waits."""

    def cancel(self, instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
        """Ask to call it back; the outcome is what the rail says, `cancelled` only if it is."""
        ...


class NoStatement(Exception):  # noqa: N818 - an accident of the rail, named for what is missing
    """The rail gave no statement for that day; ask later."""


def silence(trouble: Trouble | None) -> RailOutcome:
    """The outcome of no answer.

    Even a refused connection is unknown: whether an earlier send of the same key acted is not
    told by this one.
    """
    return RailOutcome(
        kind=OutcomeKind.UNKNOWN,
        reason=str(trouble or "no_answer"),
        detail="The rail did not answer.",
    )


def unknown(reason: str, detail: str = "") -> RailOutcome:
    """An answer that settles nothing."""
    return RailOutcome(kind=OutcomeKind.UNKNOWN, reason=reason, detail=detail)


def rejected(reason: str, detail: str) -> RailOutcome:
    """A final no, explained."""
    return RailOutcome(
        kind=OutcomeKind.REJECTED, reason=reason, detail=detail or f"The rail said {reason}."
    )
