"""The words of a case: kinds, stages, statuses, outcomes. Fixed by the public API."""

from enum import StrEnum


class Kind(StrEnum):
    """What is alleged."""

    LOST = "lost"
    DAMAGED = "damaged"
    CONTENTS_MISSING = "contents_missing"
    MISDELIVERED = "misdelivered"
    PROHIBITED_CONTENTS = "prohibited_contents"
    UNTRACEABLE = "untraceable"
    DELAYED = "delayed"


class Stage(StrEnum):
    """Where a case stands, coarsely."""

    INTAKE = "intake"
    TRACING = "tracing"
    INVESTIGATING = "investigating"
    RECOVERING = "recovering"
    ASSESSING = "assessing"
    NEGOTIATING = "negotiating"
    SETTLING = "settling"
    FOLLOWING_UP = "following_up"
    CLOSED = "closed"


class Status(StrEnum):
    """Where a case stands, within its stage."""

    REPORTED = "reported"
    NEEDS_INFORMATION = "needs_information"
    WAITING = "waiting"
    TRACING = "tracing"
    INVESTIGATING = "investigating"
    AWAITING_REPLIES = "awaiting_replies"
    REDIRECTING = "redirecting"
    RECOVERING = "recovering"
    REDELIVERING = "redelivering"
    CONCLUDED = "concluded"
    ASSESSED = "assessed"
    OFFERED = "offered"
    COUNTERED = "countered"
    APPEALED = "appealed"
    PAYING = "paying"
    AWAITING_PAYEE = "awaiting_payee"
    RESHIPPING = "reshipping"
    SETTLED = "settled"
    SURVEYED = "surveyed"
    CLOSED = "closed"
    ESCALATED = "escalated"


class Outcome(StrEnum):
    """How a case ended."""

    FOUND = "found"
    REDELIVERED = "redelivered"
    COMPENSATED = "compensated"
    REFUNDED = "refunded"
    RESHIPPED = "reshipped"
    REPAIRED = "repaired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DISPOSED = "disposed"
    RETURNED_TO_SENDER = "returned_to_sender"


class Role(StrEnum):
    """Who reports."""

    SENDER = "sender"
    ADDRESSEE = "addressee"
    MERCHANT = "merchant"
    CARRIER = "carrier"


class ReportChannel(StrEnum):
    """The way a report came in."""

    WEB = "web"
    APP = "app"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    COUNTER = "counter"


class Finding(StrEnum):
    """What became of the parcel."""

    LOST = "lost"
    DELIVERED = "delivered"
    RETURNED = "returned"
    DAMAGED = "damaged"
    CONTENTS_MISSING = "contents_missing"
    MISDELIVERED = "misdelivered"
    DELAYED = "delayed"
    DESTROYED = "destroyed"
    PROHIBITED = "prohibited"


OWED_FOR = frozenset(
    {
        Finding.LOST,
        Finding.DAMAGED,
        Finding.CONTENTS_MISSING,
        Finding.MISDELIVERED,
        Finding.DELAYED,
        Finding.DESTROYED,
    }
)


class Party(StrEnum):
    """Who answers for it."""

    NOBODY_YET = "nobody_yet"
    CLAIMANT = "claimant"
    SENDER = "sender"
    OUR_STATION = "our_station"
    COURIER = "courier"
    WAREHOUSE = "warehouse"
    HUB = "hub"
    SUBCONTRACTOR = "subcontractor"
    OTHER_CARRIER = "other_carrier"
    CUSTOMS = "customs"
    FORCE_MAJEURE = "force_majeure"


class Remedy(StrEnum):
    """What an offer may contain."""

    COMPENSATION = "compensation"
    REFUND = "refund"
    RESHIPMENT = "reshipment"
    REPAIR = "repair"
    REDELIVERY = "redelivery"
    COUPON = "coupon"
    SERVICE_EXTENSION = "service_extension"
