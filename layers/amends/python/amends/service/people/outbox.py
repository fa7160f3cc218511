"""The outbox: every message that a history calls for, each an intent with a key of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import PayoutConfirmed
from amends.domain.case.evolution import evolve, opened
from amends.domain.case.informing import Says, is_known, moved_on, says, tells_claimant
from amends.domain.people.message import Audience, Message

RECIPIENTS = {
    Audience.CLAIMANT: "reporter",
    Audience.RECIPIENT: "recipient",
    Audience.STAFF: "staff",
    Audience.CARRIER: "carrier",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A message, the event that calls for it, and the case as that event left it."""

    message: Message
    recorded: Recorded
    case: Case
    lately: tuple[str, ...]
    """The types of the events since the claimant was last told anything."""
    settled_at: datetime
    """When the money arrived last; the event's own moment where none did."""

    @property
    def addressee(self) -> str | None:
        """Who of the house an alarm is for, where the event names somebody."""
        is_ours = self.message.recipient == RECIPIENTS[Audience.STAFF]
        return getattr(self.recorded.event, "to", None) if is_ours else None


def intents(history: Sequence[Recorded]) -> Iterator[Intent]:
    """Every message of a history, oldest first; the same history always tells the same ones."""
    case: Case | None = None
    lately: list[str] = []
    settled_at: datetime | None = None
    for recorded in history:
        event = recorded.event
        if case is None:
            case, told = opened(recorded), says(event)
        else:
            before, case = case, evolve(case, recorded)
            own = () if is_known(before, event) else says(event)
            told = (*own, *moved_on(before.stage, case.stage, event))
        if isinstance(event, PayoutConfirmed):
            settled_at = recorded.at
        lately.append(type(event).__name__)
        for one in told:
            yield Intent(
                message=_message(case, recorded, one),
                recorded=recorded,
                case=case,
                lately=tuple(lately),
                settled_at=settled_at or recorded.at,
            )
        if tells_claimant(event):
            lately.clear()


def intent_of(history: Sequence[Recorded], message: Message) -> Intent | None:
    """The intent that a message came from; None when the history does not call for it."""
    return next((one for one in intents(history) if one.message.key == message.key), None)


def _message(case: Case, recorded: Recorded, one: Says) -> Message:
    return Message(
        case_id=case.id,
        code=one.code,
        occasion=str(recorded.version),
        recipient=RECIPIENTS[one.to],
        language=case.report.language,
    )
