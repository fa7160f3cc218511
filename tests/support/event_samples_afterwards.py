"""One given value of every event after a payment; see `event_samples`."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from amends.domain.case import events as e
from amends.domain.money import Money
from amends.domain.payment.recovery import Debtor

RECOVERY_ID = "rcv_0123456789abcdefghjkmnpqrs"
AFTERWARDS: Mapping[str, e.Event] = {
    "RecoveryFiled": e.RecoveryFiled(
        recovery_id=RECOVERY_ID,
        debtor=Debtor.CARRIER,
        party="other_carrier",
        amount=Money.of("312.47", "CNY"),
        form="CN 08",
        file_by=date(2027, 2, 20),
        reply_by=datetime(2026, 11, 28, 8, tzinfo=UTC),
    ),
    "RecoveryAcknowledged": e.RecoveryAcknowledged(
        recovery_id=RECOVERY_ID, amount=Money.of("312.47", "CNY")
    ),
    "RecoveryReceived": e.RecoveryReceived(
        recovery_id=RECOVERY_ID, part=1, amount=Money.of("100.00", "CNY"), rail="bank"
    ),
    "RecoveryDenied": e.RecoveryDenied(recovery_id=RECOVERY_ID, reason="not in our hands"),
    "WriteOffAsked": e.WriteOffAsked(
        recovery_id=RECOVERY_ID, reason="they are insolvent", by="staff:7"
    ),
    "RecoveryWrittenOff": e.RecoveryWrittenOff(
        recovery_id=RECOVERY_ID,
        reason="they are insolvent",
        by="staff:8",
        amount=Money.of("212.47", "CNY"),
    ),
    "CouponRedeemed": e.CouponRedeemed(
        payout_id="pay_0123456789abcdefghjkmnpqrs", order_reference="A-2042"
    ),
    "CouponLapsed": e.CouponLapsed(payout_id="pay_0123456789abcdefghjkmnpqrs"),
}
