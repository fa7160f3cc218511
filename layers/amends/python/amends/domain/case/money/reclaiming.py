"""Reclaiming: what was paid is claimed back from whoever is liable, or from who got the parcel."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Event,
    RecoveryAcknowledged,
    RecoveryDenied,
    RecoveryFiled,
    RecoveryReceived,
    RecoveryWrittenOff,
    WriteOffAsked,
)
from amends.domain.case.state.settlement import PayoutState
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment import recovery
from amends.domain.payment.recovery import Debtor, Recovery
from amends.domain.refusal import Invalid, NotFound, OutOfOrder

Decide = Callable[[Case], Sequence[Event]]


def file_claim(
    case: Case,
    recovery_id: str,
    *,
    debtor: Debtor,
    amount: Money,
    form: str,
    file_by: date,
    reply_within: timedelta,
    occasion: Occasion,
) -> list[Event]:
    """File what was planned when liability was found, once, within the debtor's window."""
    if any(claim.id == recovery_id for claim in case.reclaims):
        return []
    plan = next((plan for plan in case.answering.recoveries if plan.id == recovery_id), None)
    if plan is None:
        raise NotFound("there is no such recovery")
    paid = _paid(case)
    if amount.currency != paid.currency or paid < amount or amount.amount <= 0:
        raise Invalid("what is claimed back is more than nothing, and at most what was paid")
    claim = Recovery(
        id=recovery_id,
        case_id=case.id,
        debtor=debtor,
        amount=amount,
        form=form,
        file_by=file_by,
        reply_within=reply_within,
    )
    if recovery.file(claim, occasion) is None:
        return []
    return [
        RecoveryFiled(
            recovery_id=recovery_id,
            debtor=debtor,
            party=plan.party,
            amount=amount,
            form=form,
            file_by=file_by,
            reply_by=occasion.at + reply_within,
        )
    ]


def acknowledge(case: Case, recovery_id: str, amount: Money, occasion: Occasion) -> list[Event]:
    """The debtor owns to it: that much becomes recoverable."""
    if recovery.acknowledge(find_claim(case, recovery_id), amount, occasion) is None:
        return []
    return [RecoveryAcknowledged(recovery_id=recovery_id, amount=amount)]


def receive(
    case: Case, recovery_id: str, amount: Money, *, part: int, rail: str, occasion: Occasion
) -> list[Event]:
    """Money came in; a part that was booked before is not booked again."""
    if recovery.receive(find_claim(case, recovery_id), amount, occasion, part=part) is None:
        return []
    return [RecoveryReceived(recovery_id=recovery_id, part=part, amount=amount, rail=rail)]


def deny(case: Case, recovery_id: str, reason: str) -> list[Event]:
    """The debtor refuses."""
    if recovery.deny(find_claim(case, recovery_id), reason=reason) is None:
        return []
    return [RecoveryDenied(recovery_id=recovery_id, reason=reason)]


def write_off(case: Case, recovery_id: str, why: str, occasion: Occasion) -> list[Event]:
    """Ask to give up what is outstanding; asked by another person again, it is given up."""
    claim = find_claim(case, recovery_id)
    if claim.write_off_asked_by is None:
        if claim.state in (recovery.RecoveryState.SETTLED, recovery.RecoveryState.WRITTEN_OFF):
            raise OutOfOrder(f"a claim that is {claim.state} is not written off")
        if not why.strip():
            raise Invalid("say why it is given up")
        return [WriteOffAsked(recovery_id=recovery_id, reason=why, by=occasion.by)]
    moved = recovery.write_off(claim, occasion, asked_by=claim.write_off_asked_by, why=why)
    if moved is None:
        return []
    return [
        RecoveryWrittenOff(
            recovery_id=recovery_id,
            reason=why,
            by=occasion.by,
            amount=claim.outstanding if moved.entries else None,
        )
    ]


def find_claim(case: Case, recovery_id: str) -> Recovery:
    """The claim of that id; refuses one that was not filed."""
    for claim in case.reclaims:
        if claim.id == recovery_id:
            return claim
    raise NotFound("there is no such recovery")


def _paid(case: Case) -> Money:
    paid = [one.amount for one in case.payouts if one.state is PayoutState.SUCCEEDED]
    if not paid:
        raise OutOfOrder("nothing has been paid: there is nothing to claim back")
    return sum(paid[1:], paid[0])
