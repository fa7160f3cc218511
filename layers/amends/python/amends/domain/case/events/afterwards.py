"""Events after a payment: money claimed back from whoever is liable, coupons used or lapsed."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.domain.money import Money
from amends.domain.payment.recovery import Debtor


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFiled:
    """A share is claimed: on the debtor's own form, within its window."""

    recovery_id: str
    debtor: Debtor
    party: str
    amount: Money
    form: str
    file_by: date
    reply_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryAcknowledged:
    """The debtor owns to all of it, or to a part."""

    recovery_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReceived:
    """Money came in; `part` counts the payments of one claim from 1."""

    recovery_id: str
    part: int
    amount: Money
    rail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryDenied:
    """The debtor refuses all of it."""

    recovery_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffAsked:
    """Somebody would give up what is outstanding; another person decides."""

    recovery_id: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryWrittenOff:
    """What was outstanding is given up; `amount` is what had been booked of it, if anything."""

    recovery_id: str
    reason: str
    by: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponRedeemed:
    """The code was used, once, for one order."""

    payout_id: str
    order_reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponLapsed:
    """The code's time is over, and nobody used it."""

    payout_id: str


AfterwardsEvent = (
    RecoveryFiled
    | RecoveryAcknowledged
    | RecoveryReceived
    | RecoveryDenied
    | WriteOffAsked
    | RecoveryWrittenOff
    | CouponRedeemed
    | CouponLapsed
)


__all__ = [
    "AfterwardsEvent",
    "CouponLapsed",
    "CouponRedeemed",
    "RecoveryAcknowledged",
    "RecoveryDenied",
    "RecoveryFiled",
    "RecoveryReceived",
    "RecoveryWrittenOff",
    "WriteOffAsked",
]
