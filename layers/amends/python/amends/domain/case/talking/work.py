"""Work: what staff owe to a claimant, as the lists show it; worked out from the case alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.evolution.talking import ANSWER_WITHIN
from amends.domain.case.state.talking import Voice


class WorkKind(StrEnum):
    """What is owed."""

    REPLY = "reply"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing to do for one case, not before `from_at` and by `due_at`."""

    id: str
    kind: WorkKind
    case_id: str
    because: str
    from_at: datetime
    due_at: datetime
    tries: int = 0


def _unread(case: Case) -> list[WorkItem]:
    """What carriers have answered and nobody has read into the case yet."""
    since = case.talking.unread_since
    if since is None:
        return []
    return [
        WorkItem(
            id="inquiry",
            kind=WorkKind.REPLY,
            case_id=case.id,
            because="carrier_answered",
            from_at=since,
            due_at=since + ANSWER_WITHIN,
        )
    ]


def may_owe(case: Case) -> bool:
    """Whether anything was ever owed: where nobody wrote or was to be called, no list has it."""
    talking = case.talking
    return bool(talking.calls or talking.said or talking.unanswered_since)


def owed(case: Case) -> tuple[WorkItem, ...]:
    """Everything that staff owe in one case now, also in a closed one."""
    items: list[WorkItem] = []
    since = case.talking.unanswered_since
    if since is not None:
        theirs = [said for said in case.talking.said if said.voice is Voice.CLAIMANT]
        items.append(
            WorkItem(
                id="reply",
                kind=WorkKind.REPLY,
                case_id=case.id,
                because="message" if theirs else "summary_corrected",
                from_at=since,
                due_at=since + ANSWER_WITHIN,
            )
        )
    items += _unread(case)
    items.extend(
        WorkItem(
            id=call.id,
            kind=WorkKind.CALL,
            case_id=case.id,
            because=call.because,
            from_at=call.call_at,
            due_at=max(call.due_at, call.call_at),
            tries=call.tries,
        )
        for call in case.talking.calls
        if not call.is_over
    )
    return tuple(items)
