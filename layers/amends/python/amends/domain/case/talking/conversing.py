"""Conversing: what people say to each other in a case, and what is owed when nobody does."""

from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    Apologised,
    CallMade,
    CallOverdue,
    CallPlanned,
    ClockMissed,
    Event,
    MessagePosted,
    ProgressTold,
    ReplyOverdue,
    ReplySetAside,
    SummaryAnswered,
    SummaryLapsed,
    SummarySent,
)
from amends.domain.case.evolution.talking import CONFIRM_WITHIN
from amends.domain.case.investigation.levels import first_reply
from amends.domain.case.lateness import next_rung
from amends.domain.case.state.talking import NoReply, SummaryState, Voice
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.people.timing import Preferences, next_allowed
from amends.domain.refusal import NotFound, OutOfOrder

CALL_WITHIN = timedelta(hours=24)
CALL_AGAIN_AFTER = (timedelta(hours=4), timedelta(hours=20))
"""Waits after a call that reached nobody; after the last one the claimant is written to."""
LOOK_AGAIN_AFTER = (timedelta(hours=24), timedelta(hours=24))
"""Waits after each of the first times that somebody was told; the last rung follows."""
MOST_MESSAGES = 1000
"""A thread beyond that is no conversation; by then it is continued by hand."""


def post(
    case: Case,
    message_id: str,
    voice: Voice,
    *,
    channel: str,
    evidence: tuple[str, ...] = (),
    is_internal: bool = False,
    is_automatic: bool = False,
) -> list[Event]:
    """Add to the thread, also of a closed case; the first words of staff stop their clock."""
    if any(said.id == message_id for said in case.talking.said):
        return []
    if len(case.talking.said) >= MOST_MESSAGES:
        raise OutOfOrder("this thread is full; please call us")
    posted = MessagePosted(
        message_id=message_id,
        voice=voice,
        channel=channel,
        evidence=evidence,
        is_internal=is_internal,
        is_automatic=is_automatic or None,
    )
    if voice is Voice.STAFF and not is_internal:
        return [posted, *first_reply(case)]
    return [posted]


def set_aside(case: Case, because: NoReply) -> list[Event]:
    """Nothing that was written needs an answer; said again it changes nothing."""
    talk = case.talking
    if talk.unanswered_since is None and talk.unread_since is None:
        return []
    return [ReplySetAside(because=because)]


def sum_up(case: Case, summary_id: str, occasion: Occasion) -> list[Event]:
    """Put before the claimant what we understood; a newer summary replaces the older."""
    if not case.is_open:
        raise OutOfOrder("the case is closed")
    if case.talking.summary_id == summary_id:
        return []
    return [
        SummarySent(summary_id=summary_id, confirm_by=occasion.at + CONFIRM_WITHIN),
        *first_reply(case),
    ]


def answer_summary(case: Case, *, agreed: bool) -> list[Event]:
    """The claimant confirms or corrects; the same answer again changes nothing."""
    state, talk = SummaryState, case.talking
    if talk.summary_id is None:
        raise OutOfOrder("there is no summary to confirm")
    wanted = state.AGREED if agreed else state.CORRECTED
    if talk.summary is wanted:
        return []
    if talk.summary is state.AGREED:
        raise OutOfOrder("you have confirmed this summary; please write to us instead")
    return [SummaryAnswered(summary_id=talk.summary_id, agreed=agreed)]


def apologise(case: Case, apology_id: str, known: frozenset[str]) -> list[Event]:
    """Say sorry, once for each set of words; `known` are the apologies already made."""
    if apology_id in known:
        return []
    return [Apologised(apology_id=apology_id), *first_reply(case)]


def plan_call(
    case: Case, because: str, key: str, preferences: Preferences, occasion: Occasion
) -> list[Event]:
    """Somebody is to call, by day and within a day; the same cause plans one call."""
    call_id = derived("call", case.id, because, key)
    if case.talking.call(call_id) is not None:
        return []
    call_at = next_allowed(occasion.at, preferences.zone, preferences.quiet)
    due_at = max(occasion.at + CALL_WITHIN, call_at)
    return [CallPlanned(call_id=call_id, because=because, call_at=call_at, due_at=due_at)]


def record_call(
    case: Case,
    call_id: str,
    *,
    reached: bool,
    commented: bool,
    preferences: Preferences,
    occasion: Occasion,
    part: str | None = None,
) -> list[Event]:
    """What came of a call; one that reached nobody is made again twice, by day.

    `part` names this telling: the same one again is no further try.
    """
    call = case.talking.call(call_id)
    if call is None:
        raise NotFound("there is no such call")
    if part in call.parts:
        return []
    if call.is_over:
        if call.is_reached is reached:
            return []
        raise OutOfOrder("this call is done")
    again: datetime | None = None
    if not reached and call.tries < len(CALL_AGAIN_AFTER):
        moment = occasion.at + CALL_AGAIN_AFTER[call.tries]
        again = next_allowed(moment, preferences.zone, preferences.quiet)
    made = CallMade(
        call_id=call_id, reached=reached, commented=commented, again_at=again, part=part
    )
    return [made, *(first_reply(case) if reached else ())]


def overdue(case: Case, occasion: Occasion) -> list[Event]:
    """What every clock of the conversation that has run out calls for, in a closed case too."""
    due = [name for name, at in sorted(case.waits.items()) if at <= occasion.at]
    owner = case.investigation.assignee
    events: list[Event] = []
    for name in due:
        kind, _, key = name.partition(":")
        rung = next_rung(case.late.get(name), LOOK_AGAIN_AFTER, occasion.at, owner=owner)
        match kind:
            case "reply":
                events.append(ReplyOverdue(to=rung.to, again_at=rung.again_at))
            case "carrier":
                missed = ClockMissed(clock=name, to=rung.to, again_at=rung.again_at)
                events.append(missed)
            case "call":
                events.append(CallOverdue(call_id=key, to=rung.to, again_at=rung.again_at))
            case "summary" if case.talking.summary_id is not None:
                events.append(SummaryLapsed(summary_id=case.talking.summary_id))
            case "progress":
                events.append(ProgressTold())
    return events
