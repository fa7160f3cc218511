"""Parts of a case's state: a misdelivered or found parcel on its way to the right door."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from amends.domain.case.vocabulary import Remedy
from amends.domain.money import Money


class Contacted(StrEnum):
    """How somebody who holds a parcel that is not theirs answered."""

    AGREED = "agreed"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    DENIES = "denies"
    OPENED = "opened"


class Impact(StrEnum):
    """How hard it hit."""

    SLIGHT = "slight"
    MODERATE = "moderate"
    SEVERE = "severe"


class ClawBack(StrEnum):
    """What becomes of money that was paid."""

    RETURN_MONEY = "return_money"
    KEEP_MONEY = "keep_money"
    SHARE = "share"


class StopState(StrEnum):
    """What became of a stop."""

    ASKED = "asked"
    STOPPED = "stopped"
    TOO_LATE = "too_late"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An order to stop a parcel that moves."""

    id: str
    to: str
    reply_by: datetime
    state: StopState = StopState.ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovering:
    """How far the recovery has come; the wrong recipient is a reference, never a name."""

    stops: tuple[Stop, ...] = ()
    recipient_part: str | None = None
    erase_recipient_on: date | None = None
    contacts: tuple[Contacted, ...] = ()
    gift: Money | None = None
    pickup_from: datetime | None = None
    pickup_to: datetime | None = None
    is_sound: bool | None = None
    new_number: str | None = None
    leg_carrier: str | None = None
    leg_since: datetime | None = None
    expected_on: date | None = None
    redelivered_at: datetime | None = None
    twins: tuple[str, ...] = ()
    impact: Impact | None = None
    goodwill: tuple[Remedy, ...] = ()
    found_at: datetime | None = None
    claw_back: ClawBack | None = None

    @property
    def leg_number(self) -> str | None:
        """The number of the new leg, once it has begun."""
        return self.new_number if self.leg_since is not None else None
