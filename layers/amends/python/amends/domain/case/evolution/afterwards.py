"""Evolution after a payment: claims against whoever is liable, coupons."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case
from amends.domain.case.evolution.parts import with_payout
from amends.domain.ids import derived
from amends.domain.money import Money
from amends.domain.payment.recovery import Debtor, Recovery, RecoveryState

PAY_BACK_WITHIN = timedelta(days=14)
"""For the claimant to give the money back. Our own figure."""


def reclaimed(case: Case, event: e.AfterwardsEvent, at: datetime) -> Case:
    """After an event of this subject; a closed case stays closed."""
    match event:
        case e.RecoveryFiled():
            claim = Recovery(
                id=event.recovery_id,
                case_id=case.id,
                debtor=event.debtor,
                amount=event.amount,
                form=event.form,
                file_by=event.file_by,
                reply_within=event.reply_by - at,
                state=RecoveryState.FILED,
                filed_at=at,
            )
            return replace(case, reclaims=(*case.reclaims, claim))
        case e.RecoveryAcknowledged():
            return _with(
                case,
                event.recovery_id,
                acknowledged=event.amount,
                state=RecoveryState.ACKNOWLEDGED,
            )
        case e.RecoveryReceived():
            return _received(case, event)
        case e.RecoveryDenied():
            return _with(case, event.recovery_id, state=RecoveryState.DENIED, reason=event.reason)
        case e.WriteOffAsked():
            return _with(case, event.recovery_id, write_off_asked_by=event.by)
        case e.RecoveryWrittenOff():
            return _with(
                case, event.recovery_id, state=RecoveryState.WRITTEN_OFF, reason=event.reason
            )
        case e.CouponRedeemed():
            return with_payout(case, event.payout_id, used_for=event.order_reference)
        case e.CouponLapsed():
            return with_payout(case, event.payout_id, is_lapsed=True)
        case _:
            assert_never(event)


def claw_back(case: Case, amount: Money, at: datetime) -> Recovery:
    """What the claimant gives back for the parcel: agreed, so owed."""
    return Recovery(
        id=derived("rcv", case.id, "claw_back"),
        case_id=case.id,
        debtor=Debtor.CLAIMANT,
        amount=amount,
        form="claw_back",
        file_by=at.date(),
        reply_within=PAY_BACK_WITHIN,
        state=RecoveryState.ACKNOWLEDGED,
        filed_at=at,
        acknowledged=amount,
    )


def _received(case: Case, event: e.RecoveryReceived) -> Case:
    claims = []
    for claim in case.reclaims:
        if claim.id == event.recovery_id:
            after = replace(claim, received=(*claim.received, event.amount))
            whole = after.outstanding.is_zero
            state = RecoveryState.SETTLED if whole else RecoveryState.PARTLY_PAID
            claims.append(replace(after, state=state))
        else:
            claims.append(claim)
    return replace(case, reclaims=tuple(claims))


def _with(case: Case, recovery_id: str, **changes: Any) -> Case:
    claims = tuple(replace(c, **changes) if c.id == recovery_id else c for c in case.reclaims)
    return replace(case, reclaims=claims)
