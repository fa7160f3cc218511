"""Events of talking: what was said by whom, summed up, apologised for, reported, called about."""

from dataclasses import dataclass
from datetime import datetime

from amends.domain.case.state.talking import NoReply, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted:
    """Somebody wrote; the text stands with the contacts. An internal note is for staff alone.

    `channel` is the way it came (`web`, `email`, `phone`, …), `evidence` the ids of attachments.
    What a machine answered by itself (`is_automatic`) is owed no answer.
    """

    message_id: str
    voice: Voice
    channel: str
    evidence: tuple[str, ...] = ()
    is_internal: bool = False
    is_automatic: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyOverdue:
    """What the claimant wrote has waited too long; who is told, and when it is looked at again."""

    to: str
    again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySetAside:
    """Staff say that what was written needs no answer, and why; nobody is reminded any more."""

    because: NoReply


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySent:
    """What we understood was put before the claimant; silence until `confirm_by` lets it stand."""

    summary_id: str
    confirm_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryAnswered:
    """The claimant agrees, or corrects it; the correction stands with the contacts."""

    summary_id: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLapsed:
    """Nobody objected in time: it stands."""

    summary_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologised:
    """We said sorry, with the measures taken; the words stand with the contacts."""

    apology_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressTold:
    """The claimant was told where the case stands, because nothing else was said for long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyReminded:
    """The one reminder of the satisfaction question."""

    survey_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPlanned:
    """Somebody calls, from `call_at` on and by `due_at`."""

    call_id: str
    because: str
    call_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMade:
    """A call was made; one that reached nobody is made again at `again_at`, None ends it."""

    call_id: str
    reached: bool
    commented: bool = False
    again_at: datetime | None = None
    part: str | None = None
    """Where the contacts keep the note, by which the same call, told again, is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOverdue:
    """Nobody has called in time; who is told, and when it is looked at again."""

    call_id: str
    to: str
    again_at: datetime


TalkingEvent = (
    MessagePosted
    | ReplyOverdue
    | ReplySetAside
    | SummarySent
    | SummaryAnswered
    | SummaryLapsed
    | Apologised
    | ProgressTold
    | SurveyReminded
    | CallPlanned
    | CallMade
    | CallOverdue
)


__all__ = [
    "Apologised",
    "CallMade",
    "CallOverdue",
    "CallPlanned",
    "MessagePosted",
    "ProgressTold",
    "ReplyOverdue",
    "ReplySetAside",
    "SummaryAnswered",
    "SummaryLapsed",
    "SummarySent",
    "SurveyReminded",
    "TalkingEvent",
]
