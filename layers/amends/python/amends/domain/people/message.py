"""A message: the intent to tell one person one thing, once."""

from base64 import b32encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class Way(StrEnum):
    """How a message travels."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    IN_APP = "in_app"

    @property
    def is_silent(self) -> bool:
        """Whether it wakes nobody: read when its reader looks, not when it comes."""
        return self in (Way.EMAIL, Way.IN_APP)


class Audience(StrEnum):
    """Whom a message addresses; its words may hold the personal data of that party only."""

    CLAIMANT = "claimant"
    RECIPIENT = "recipient"
    """Someone who holds a parcel that is not theirs."""
    STAFF = "staff"


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
        return key_of(self.case_id, self.code, self.occasion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What is sent: `text` and `html` say the same; `short` is what an SMS or a push holds."""

    subject: str
    text: str
    html: str
    short: str


def key_of(case_id: str, code: str, occasion: str) -> str:
    """The key of a message; the parts are length-prefixed, so that no two triples run together."""
    whole = "".join(f"{len(part)}:{part}" for part in (case_id, code, occasion))
    digest = sha256(whole.encode()).digest()[:16]
    return f"msg_{b32encode(digest).decode().rstrip('=').lower()}"
