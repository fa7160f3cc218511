"""Sign-off: what the deliverer recorded, and what does not fit with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.question import value_of
from amends.domain.case.state.investigation import TaskRole, TaskState
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Milestone

SAME_DELIVERY = timedelta(hours=12)
"""A courier's hand-held and the channel may differ by a shift. Our own figure."""
_DENIED = frozenset({Kind.LOST, Kind.MISDELIVERED, Kind.UNTRACEABLE})
_THEIRS = frozenset({"addressee", "family"})
_LEFT_AT = frozenset({"locker", "station"})


class Doubt(StrEnum):
    """What speaks against a delivery that was recorded."""

    NOBODY_SIGNED = "nobody_signed"
    NO_SIGNATURE = "no_signature"
    NO_PROOF = "no_signature_and_no_photo"
    NO_CONSENT = "left_without_consent"
    SOMEBODY_ELSE = "signed_by_somebody_else"
    OTHER_TIME = "channel_says_another_time"
    NOT_DELIVERED = "channel_knows_no_delivery"
    DENIED = "addressee_denies_it"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who signed when and where, whether signature and photo are kept, and what is doubtful."""

    signed_by: str
    at: datetime | None
    place: str | None
    has_signature: bool
    has_photo: bool
    doubts: tuple[Doubt, ...]


def sign_off_of(case: Case) -> SignOff | None:
    """The newest sign-off that a deliverer told, compared with channels and report."""
    told = [
        task
        for task in case.investigation.tasks
        if task.role is TaskRole.DELIVERY and task.state is TaskState.ANSWERED
    ]
    if not told:
        return None
    facts = told[-1].answers
    signed_by = value_of(facts, "signed_by_relation") or "nobody"
    when = value_of(facts, "delivered_at")
    at = datetime.fromisoformat(when) if when else None
    signature = value_of(facts, "signature_kept") == "yes"
    photo = value_of(facts, "photo_kept") == "yes"
    reading = case.reading
    delivered = reading is not None and reading.milestone is Milestone.DELIVERED
    moved = reading.last_movement_at if reading is not None and delivered else None
    doubts = (
        (signed_by == "nobody", Doubt.NOBODY_SIGNED),
        (not signature and photo, Doubt.NO_SIGNATURE),
        (not signature and not photo, Doubt.NO_PROOF),
        (signed_by in _LEFT_AT and value_of(facts, "consent") != "yes", Doubt.NO_CONSENT),
        (signed_by not in {*_THEIRS, *_LEFT_AT, "nobody"}, Doubt.SOMEBODY_ELSE),
        (reading is not None and not delivered, Doubt.NOT_DELIVERED),
        (bool(at and moved and abs(at - moved) > SAME_DELIVERY), Doubt.OTHER_TIME),
        (signed_by in _THEIRS and case.report.kind in _DENIED, Doubt.DENIED),
    )
    return SignOff(
        signed_by=signed_by,
        at=at,
        place=value_of(facts, "place"),
        has_signature=signature,
        has_photo=photo,
        doubts=tuple(doubt for holds, doubt in doubts if holds),
    )
