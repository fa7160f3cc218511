"""A posting: one message on its way, what was attempted, and what it ended as."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from amends.domain.people.delivery import UNCLEAR, Attempt, Course, Outcome
from amends.domain.people.message import Message, Way


class PostingState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    """Planned, being sent, or its outcome being waited for: it has a due moment."""
    SENT = "sent"
    UNWANTED = "unwanted"
    """Dispensable, and its reader does not want it."""
    UNREACHABLE = "unreachable"
    CALL = "call"
    """No way is left: a person calls instead."""
    WEBHOOK = "webhook"
    """Its reader is a merchant who left no address, and hears of the case by webhook."""
    DIGESTED = "digested"
    """Told together with others in one message."""
    PARKED = "parked"
    """It could not be written; staff were told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One message and its course; `version` guards against two senders at once."""

    message: Message
    course: Course
    due_at: datetime | None
    state: PostingState = PostingState.WAITING
    version: int = 0
    reference: str | None = None
    """The provider's id of the last attempt."""
    reader: str | None = None
    """Who reads, as a hash: reports to one reader that fall due together go out as one."""
    read_at: datetime | None = None
    """When its reader's app said that it was read, whatever way it took."""

    @property
    def way(self) -> Way | None:
        """The way of the last attempt."""
        return self.course.attempts[-1].way if self.course.attempts else None

    @property
    def outcome(self) -> Outcome | None:
        """What became of the last attempt."""
        return self.course.attempts[-1].outcome if self.course.attempts else None

    @property
    def is_unclear(self) -> bool:
        """Whether nobody knows what became of the last attempt."""
        return self.outcome in UNCLEAR

    @property
    def is_to_print(self) -> bool:
        """Whether it waits to be printed and posted."""
        return self.way is Way.LETTER and self.outcome is Outcome.STARTED

    def started(self, way: Way, at: datetime, until: datetime) -> "Posting":
        """An attempt begins: recorded before anything is sent."""
        attempt = Attempt(way=way, at=at, outcome=Outcome.STARTED)
        course = replace(self.course, attempts=(*self.course.attempts, attempt))
        return replace(self, course=course, due_at=until)

    def came_to(self, outcome: Outcome, reference: str | None = None) -> "Posting":
        """What became of the last attempt; a later report replaces an earlier one."""
        *before, last = self.course.attempts
        course = replace(self.course, attempts=(*before, replace(last, outcome=outcome)))
        return replace(self, course=course, reference=reference or self.reference)

    def read(self, at: datetime) -> "Posting":
        """Its reader has seen it in the app: no other way need take over."""
        if self.read_at is not None:
            return self
        seen = replace(self, read_at=at)
        if self.way is not Way.IN_APP or self.state is not PostingState.WAITING:
            return seen
        return seen.came_to(Outcome.DELIVERED).ended(PostingState.SENT)

    def ended(self, state: PostingState) -> "Posting":
        """Nothing more to do."""
        return replace(self, state=state, due_at=None)
