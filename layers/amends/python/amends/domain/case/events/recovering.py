"""Events of recovery: stop, fetch back, check, repack, deliver to the right door."""

from dataclasses import dataclass
from datetime import date, datetime

from amends.domain.case.question import Fact
from amends.domain.case.state.recovery import ClawBack, Contacted, Impact
from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRequested:
    """Whoever moves it is told to stop, and where it should go instead (address with contacts)."""

    stop_id: str
    to: str
    reply_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StopAcknowledged:
    """They stopped it, or say that it is too late."""

    stop_id: str
    is_stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopExpired:
    """Nobody acknowledged in time: it is fetched back instead."""

    stop_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientIdentified:
    """Who holds it: named with the contacts under `part`, for one purpose, until `erase_on`."""

    part: str
    purpose: str
    erase_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientContacted:
    """They were asked politely to give it back."""

    attempt: int
    outcome: Contacted
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftPromised:
    """Thanks to somebody who is no party of the case."""

    gift: str
    value: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupArranged:
    """A courier comes between these times."""

    from_at: datetime
    to_at: datetime
    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrityChecked:
    """Complete and undamaged, or not; a failed check names the case opened for it."""

    is_sound: bool
    answers: tuple[Fact, ...]
    evidence: tuple[str, ...]
    case_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repacked:
    """It travels on under a new number."""

    old_number: str
    new_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redelivering:
    """A new leg, tracked under the same case."""

    carrier: str
    number: str
    expected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Redelivered:
    """The right addressee has it."""

    delivered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinLinked:
    """Another case that this one belongs to: a swap, or damage found on the way back."""

    case_id: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactGraded:
    """How hard it hit, and which goodwill fits."""

    impact: Impact
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAgain:
    """It turned up."""

    place: str
    is_sound: bool
    choose_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClawBackChosen:
    """What becomes of money that was paid for a parcel that turned up."""

    choice: ClawBack
    amount: Money | None = None


RecoveringEvent = (
    StopRequested
    | StopAcknowledged
    | StopExpired
    | RecipientIdentified
    | RecipientContacted
    | GiftPromised
    | PickupArranged
    | IntegrityChecked
    | Repacked
    | Redelivering
    | Redelivered
    | TwinLinked
    | ImpactGraded
    | FoundAgain
    | ClawBackChosen
)


__all__ = [
    "ClawBackChosen",
    "FoundAgain",
    "GiftPromised",
    "ImpactGraded",
    "IntegrityChecked",
    "PickupArranged",
    "RecipientContacted",
    "RecipientIdentified",
    "RecoveringEvent",
    "Redelivered",
    "Redelivering",
    "Repacked",
    "StopAcknowledged",
    "StopExpired",
    "StopRequested",
    "TwinLinked",
]
