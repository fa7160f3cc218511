"""Recovery: what we claim back from a carrier, a subcontractor, an insurer, or a claimant."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment import ledger
from amends.domain.refusal import Invalid, OutOfOrder


class Debtor(StrEnum):
    """Of whom it is claimed."""

    CARRIER = "carrier"
    SUBCONTRACTOR = "subcontractor"
    INSURER = "insurer"
    CLAIMANT = "claimant"
    """Claw-back: the parcel was found after it had been paid for."""


class RecoveryState(StrEnum):
    """Where a claim stands."""

    PREPARED = "prepared"
    FILED = "filed"
    ACKNOWLEDGED = "acknowledged"
    PARTLY_PAID = "partly_paid"
    SETTLED = "settled"
    DENIED = "denied"
    WRITTEN_OFF = "written_off"


class WindowClosed(OutOfOrder):
    """The debtor's window for claims has passed."""

    code = "recovery_window_closed"


_OPEN = frozenset({RecoveryState.FILED, RecoveryState.ACKNOWLEDGED, RecoveryState.PARTLY_PAID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """One claim; `form` names the debtor's own form or channel for it."""

    id: str
    case_id: str
    debtor: Debtor
    amount: Money
    form: str
    file_by: date
    """Last day of the debtor's window."""
    reply_within: timedelta
    state: RecoveryState = RecoveryState.PREPARED
    filed_at: datetime | None = None
    acknowledged: Money | None = None
    received: tuple[Money, ...] = ()
    reason: str = ""
    write_off_asked_by: str | None = None

    @property
    def reply_due_at(self) -> datetime | None:
        """When silence becomes a reminder; None when no reply is owed."""
        if self.state is not RecoveryState.FILED or self.filed_at is None:
            return None
        return self.filed_at + self.reply_within

    @property
    def outstanding(self) -> Money:
        """What was acknowledged (before that, claimed) and has not come in."""
        owed = self.acknowledged or self.amount
        return owed - sum(self.received, start=Money.zero(owed.currency))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A claim after a step, with what the ledger books beside it."""

    recovery: Recovery
    entries: tuple[ledger.Entry, ...] = field(default=())


def file(recovery: Recovery, occasion: Occasion) -> Moved | None:
    """Send the claim; None if it was sent before. Nothing is booked until the debtor agrees."""
    if recovery.state is not RecoveryState.PREPARED:
        return None
    if occasion.at.date() > recovery.file_by:
        raise WindowClosed(f"claims had to be filed by {recovery.file_by}")
    return Moved(recovery=replace(recovery, state=RecoveryState.FILED, filed_at=occasion.at))


def acknowledge(recovery: Recovery, amount: Money, occasion: Occasion) -> Moved | None:
    """The debtor owns to all or a part of it: that much is recoverable; None if it did before."""
    if recovery.acknowledged is not None:
        return None
    if recovery.state is not RecoveryState.FILED:
        raise OutOfOrder(f"a claim that is {recovery.state} is not acknowledged")
    if amount.amount <= 0 or recovery.amount < amount:
        raise Invalid("what is acknowledged is more than nothing and at most what was claimed")
    return Moved(
        recovery=replace(recovery, state=RecoveryState.ACKNOWLEDGED, acknowledged=amount),
        entries=ledger.recovery_claimed(recovery.case_id, recovery.id, amount, occasion.at),
    )


def receive(recovery: Recovery, amount: Money, occasion: Occasion, *, part: int) -> Moved | None:
    """Money came in; `part` numbers the payments from 1, and a part met before is None."""
    if part <= len(recovery.received):
        return None
    if recovery.acknowledged is None or recovery.state not in _OPEN:
        raise OutOfOrder("money came in for a claim that nobody acknowledged")
    if part != len(recovery.received) + 1 or recovery.outstanding < amount or amount.amount <= 0:
        raise Invalid("a part is the next one, of at most what is outstanding")
    after = replace(recovery, received=(*recovery.received, amount))
    is_whole = after.outstanding.is_zero
    state = RecoveryState.SETTLED if is_whole else RecoveryState.PARTLY_PAID
    return Moved(
        recovery=replace(after, state=state),
        entries=ledger.recovered(recovery.case_id, recovery.id, amount, occasion.at, part=part),
    )


def deny(recovery: Recovery, *, reason: str) -> Moved | None:
    """The debtor refuses all of it, with a reason; None if it was heard before."""
    if recovery.state is RecoveryState.DENIED:
        return None
    if recovery.state is not RecoveryState.FILED or not reason.strip():
        raise OutOfOrder("only a filed claim is denied, and with a reason")
    return Moved(recovery=replace(recovery, state=RecoveryState.DENIED, reason=reason))


def write_off(recovery: Recovery, occasion: Occasion, *, asked_by: str, why: str) -> Moved | None:
    """Give up what is outstanding; approved by another person than who asked for it."""
    if recovery.state in (RecoveryState.WRITTEN_OFF, RecoveryState.SETTLED):
        return None
    if occasion.by == asked_by or not why.strip():
        raise OutOfOrder("a write-off has a reason and is approved by a second person")
    rest = recovery.outstanding
    is_booked = recovery.acknowledged is not None and not rest.is_zero
    return Moved(
        recovery=replace(recovery, state=RecoveryState.WRITTEN_OFF, reason=why),
        entries=ledger.written_off(recovery.case_id, recovery.id, rest, occasion.at)
        if is_booked
        else (),
    )
