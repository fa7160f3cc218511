"""What a scan can mean: milestone, step, reason, and the state of the channel that told it."""

from enum import StrEnum


class Milestone(StrEnum):
    """What a scan means for the parcel."""

    NOT_FOUND = "not_found"
    INFO_RECEIVED = "info_received"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERY_FAILED = "delivery_failed"
    AVAILABLE_FOR_PICKUP = "available_for_pickup"
    DELIVERED = "delivered"
    RETURNING = "returning"
    RETURNED = "returned"
    EXCEPTION = "exception"
    LOST = "lost"
    DESTROYED = "destroyed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    NO_CHANGE = "no_change"
    """Information that neither moves the parcel nor resets a dwell clock."""


class Step(StrEnum):
    """What moved."""

    ACCEPTED = "accepted"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    PROCESSED = "processed"
    HANDED_OVER = "handed_over"
    LEFT_ORIGIN_COUNTRY = "left_origin_country"
    ARRIVED_DEST_COUNTRY = "arrived_dest_country"
    DELIVERY_DEPOT = "delivery_depot"
    PRESENTED = "presented"
    RELEASED = "released"
    HELD = "held"
    SENT_BACK = "sent_back"


class Reason(StrEnum):
    """Why it moved, or did not."""

    ADDRESS_INVALID = "address_invalid"
    RECIPIENT_UNKNOWN = "recipient_unknown"
    RECIPIENT_MOVED = "recipient_moved"
    RECIPIENT_ABSENT = "recipient_absent"
    RECIPIENT_REFUSED = "recipient_refused"
    RECIPIENT_DECEASED = "recipient_deceased"
    NO_ACCESS = "no_access"
    BUSINESS_CLOSED = "business_closed"
    UNCLAIMED = "unclaimed"
    PAYMENT_DUE = "payment_due"
    CUSTOMS_DOCUMENTS = "customs_documents"
    CUSTOMS_DUTY = "customs_duty"
    CUSTOMS_INSPECTION = "customs_inspection"
    CUSTOMS_PROHIBITED = "customs_prohibited"
    CUSTOMS_DELAY = "customs_delay"
    SECURITY = "security"
    DANGEROUS_GOODS = "dangerous_goods"
    DAMAGED = "damaged"
    MISSORT = "missort"
    FORWARDED = "forwarded"
    MISSED_CONNECTION = "missed_connection"
    NOT_RECEIVED = "not_received"
    CAPACITY = "capacity"
    WEATHER = "weather"
    EXTERNAL_DELAY = "external_delay"
    CARRIER_DELAY = "carrier_delay"
    DELAY = "delay"
    RESCHEDULED = "rescheduled"
    RECIPIENT_REQUEST = "recipient_request"
    SENDER_REQUEST = "sender_request"
    HANDOVER_PARTNER = "handover_partner"
    CARRIER_REJECTED = "carrier_rejected"
    COD_COLLECTED = "cod_collected"
    SIGNED = "signed"
    NEIGHBOUR = "neighbour"
    SAFE_PLACE = "safe_place"
    LOCKER = "locker"
    COLLECTED_BY_RECIPIENT = "collected_by_recipient"
    VACANT = "vacant"
    OUT_OF_AREA = "out_of_area"
    UNDER_INVESTIGATION = "under_investigation"
    LOST_OR_DAMAGED = "lost_or_damaged"
    SEIZED = "seized"
    DATA_ERROR = "data_error"
    CHANNEL_EXPIRED = "channel_expired"
    OTHER = "other"


class Direction(StrEnum):
    """Which way the parcel travels: a state of the parcel, not an event."""

    FORWARD = "forward"
    RETURN = "return"


class ChannelState(StrEnum):
    """Whether the channel still looks; says nothing about the parcel."""

    ACTIVE = "active"
    PENDING = "pending"
    EXPIRED = "expired"
    STOPPED = "stopped"
    QUOTA = "quota"


class OffsetSource(StrEnum):
    """Where a scan's offset from UTC came from; a guessed one widens every dwell rule."""

    EXPLICIT = "explicit"
    """The channel gave the offset, or an honest UTC time."""
    PAIRED = "paired"
    """Derived from a local and a GMT field given side by side."""
    CARRIER = "carrier"
    """The channel documents one fixed zone (China time for SF and Kuaidi100)."""
    LOCATION = "location"
    """Derived from the scan's country, which has one zone."""
    GUESSED = "guessed"
    """Naive or falsely marked; read as UTC, wrong by up to 14 hours."""
