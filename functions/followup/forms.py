"""Forms of the follow-up's answers, for its contract."""

from typing import Literal, TypedDict

from amends.domain.case.state.talking import SummaryState
from amends.domain.people.delivery import Outcome
from amends.domain.people.message import Way
from amends.domain.people.posting import PostingState

ThreadMessage = TypedDict(
    "ThreadMessage",
    {
        "id": str,
        "from": Literal["claimant", "staff", "house"],
        "channel": str | None,
        "at": str,
        "text": str | None,
        "evidence": list[str],
        "is_internal": bool,
        "code": str | None,
        "state": PostingState | None,
        "read_at": str | None,
    },
)


class WrittenMessage(ThreadMessage):
    """What was written, and when an answer is due."""

    answer_due_at: str | None


class SummaryDocument(TypedDict):
    """What we understood, and whether the claimant agrees."""

    id: str
    state: SummaryState
    understood: list[str] | None
    wishes: str | None
    confirm_by: str | None


class FeedbackDocument(TypedDict):
    """How the claimant says it was."""

    score: int
    resolved: bool | None
    comment: str | None


class CallDocument(TypedDict):
    """A call that is owed, or was made, with what staff noted of it."""

    id: str
    because: str
    call_at: str
    due_at: str
    tries: int
    is_reached: bool
    is_over: bool
    notes: list[str]


class MessageToTell(TypedDict):
    """A message that reached nobody, to be told instead."""

    code: str
    subject: str
    text: str


class CallToMake(CallDocument):
    """Whom to call, why, and what to talk about; told while the call is owed, and no longer."""

    case_id: str
    name: str | None
    phone: str | None
    language: str
    zone: str
    reason: str
    points: list[str]
    message: MessageToTell | None
    feedback: FeedbackDocument | None


class Thread(TypedDict):
    """Everything said in a case, oldest first; `calls` for staff alone."""

    data: list[ThreadMessage]
    has_more: bool
    next_cursor: str | None
    summary: SummaryDocument | None
    answer_due_at: str | None
    unread: int
    feedback: FeedbackDocument | None
    calls: list[CallDocument]


class PreferencesDocument(TypedDict):
    """What one claimant wants; no address is told."""

    language: str
    zone: str
    ways: list[Way]
    opted_out: list[Way]
    unreachable: list[Way]
    muted: list[str]
    quiet_from: str
    quiet_until: str


class AttemptDocument(TypedDict):
    """One attempt to send."""

    way: Way
    at: str
    outcome: Outcome


class DeliveryDocument(TypedDict):
    """What became of one message."""

    id: str
    code: str
    recipient: str
    state: PostingState
    due_at: str | None
    attempts: list[AttemptDocument]


class EndpointDocument(TypedDict):
    """A merchant's endpoint, without its secrets."""

    id: str
    url: str
    types: list[str]
    is_paused: bool
    created_at: str
    failures: int
    failing_since: str | None


class EndpointWithSecret(EndpointDocument):
    """The same with its newest secret, which is shown when it is made and never again."""

    secret: str
