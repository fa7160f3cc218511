"""Parts of a case's state: what was said, and what is still owed to the claimant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

BY_CARRIER = "carrier"
"""The channel of what a carrier answers to an inquiry."""


class Voice(StrEnum):
    """Who speaks in a case's thread."""

    CLAIMANT = "claimant"
    STAFF = "staff"


class NoReply(StrEnum):
    """Why what was written needs no answer."""

    THANKS = "thanks"
    ANSWERED = "answered"
    """Answered another way, such as on the phone."""
    REPEATED = "repeated"
    UNRELATED = "unrelated"


class SummaryState(StrEnum):
    """Whether both sides share one understanding."""

    SENT = "sent"
    AGREED = "agreed"
    CORRECTED = "corrected"
    STANDS = "stands"
    """Nobody objected in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of the thread; its text stands with the contacts."""

    id: str
    voice: Voice
    by: str
    channel: str
    at: datetime
    evidence: tuple[str, ...] = ()
    is_internal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """A call that is owed, or was made; `is_over` once reached or given up."""

    id: str
    because: str
    call_at: datetime
    due_at: datetime
    tries: int = 0
    is_reached: bool = False
    is_over: bool = False
    parts: tuple[str, ...] = ()
    """Where what was said in each try is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """The conversation with the claimant."""

    said: tuple[Said, ...] = ()
    unanswered_since: datetime | None = None
    """When the first message came that nobody has answered yet."""
    unread_since: datetime | None = None
    """When the first answer of a carrier came that nobody has read into the case yet."""
    summary_id: str | None = None
    summary: SummaryState | None = None
    calls: tuple[CallBack, ...] = ()
    is_reminded: bool = False
    last_told_at: datetime | None = None
    """When we last said anything to the claimant."""

    def call(self, call_id: str) -> CallBack | None:
        """The call-back of that id."""
        return next((call for call in self.calls if call.id == call_id), None)
