"""Coupon: issued once, redeemed once, expiring."""

from dataclasses import dataclass, replace
from datetime import datetime

from amends.domain.money import Money
from amends.domain.refusal import OutOfOrder


class CouponSpent(OutOfOrder):
    """The coupon was used before, by another order."""

    code = "coupon_spent"


class CouponExpired(OutOfOrder):
    """The coupon's time is over."""

    code = "coupon_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """One coupon, known by its payout's key; the code itself is nowhere stored."""

    key: str
    amount: Money
    expires_at: datetime
    redeemed_for: str | None = None
    """The order it was used for."""
    is_lapsed: bool = False


def redeem(coupon: Coupon, *, order: str, at: datetime) -> Coupon | None:
    """Use it for an order; None if that order has used it already."""
    if coupon.redeemed_for == order:
        return None
    if coupon.redeemed_for is not None:
        raise CouponSpent("this coupon has been used")
    if coupon.is_lapsed or at >= coupon.expires_at:
        raise CouponExpired("this coupon has expired")
    return replace(coupon, redeemed_for=order)


def lapse(coupon: Coupon, *, at: datetime) -> Coupon | None:
    """Let an unused coupon expire, once its time is over."""
    if coupon.is_lapsed or coupon.redeemed_for is not None or at < coupon.expires_at:
        return None
    return replace(coupon, is_lapsed=True)
