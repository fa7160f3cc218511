"""A message: the intent to tell one person one thing, once."""

from dataclasses import dataclass
from enum import StrEnum

from amends.domain.ids import derived


class Way(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    IN_APP = "in_app"
    LETTER = "letter"
    """Printed and posted by staff."""

    @property
    def is_silent(self) -> bool:
        """Whether it wakes nobody: read when its reader looks, not when it comes."""
        return self in (Way.EMAIL, Way.IN_APP, Way.LETTER)


class Audience(StrEnum):
    """Whom a message addresses; its words may hold the personal data of that party only."""

    CLAIMANT = "claimant"
    RECIPIENT = "recipient"
    """Someone who holds a parcel that is not theirs."""
    STAFF = "staff"
    CARRIER = "carrier"
    """Whoever carried the parcel and is asked for it; no party's personal data are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One intent, known by `key` whatever way it takes; what it says is looked up when it is sent.

    `recipient` is a reference into the contacts, never a name or an address. `occasion` tells two
    messages of the same code in one case apart: an event's version, an offer's id, a due date.
    """

    case_id: str
    code: str
    occasion: str
    recipient: str
    language: str

    @property
    def key(self) -> str:
        """`msg_` and 26 base-32 characters; the same intent has the same key for ever."""
        return derived("msg", self.case_id, self.code, self.occasion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What is sent: `text` and `html` say the same; `short` is what an SMS or a push holds."""

    subject: str
    text: str
    html: str
    short: str
