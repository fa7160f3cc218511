"""Outcome: what a rail says about one key."""

from dataclasses import dataclass
from enum import StrEnum

NOT_SEEN = "not_seen"
"""`RailOutcome.reason` of a query whose rail has never heard of the key (kind `unknown`)."""


class OutcomeKind(StrEnum):
    """What a rail said about one key."""

    SUCCEEDED = "succeeded"
    ACCEPTED = "accepted"
    """Taken, not yet done."""
    AWAITING_PAYEE = "awaiting_payee"
    REJECTED = "rejected"
    """Final: this key will never pay."""
    UNKNOWN = "unknown"
    RETURNED = "returned"
    """Paid, and the money came back."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RailOutcome:
    """One answer of a rail: `reason` is the rail's code, `detail` a sentence without secrets.

    `carry` is what the payee must be handed while they have to confirm (WeChat's `package_info`).
    """

    kind: OutcomeKind
    reference: str = ""
    reason: str = ""
    detail: str = ""
    carry: str = ""

    @property
    def denies_payment(self) -> bool:
        """Whether the rail says that it has not paid."""
        return self.kind in (OutcomeKind.REJECTED, OutcomeKind.CANCELLED) or (
            self.kind is OutcomeKind.UNKNOWN and self.reason == NOT_SEEN
        )
