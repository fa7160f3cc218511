"""Evolution of the conversation, and of when the claimant is due to hear from us again."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from amends.domain.case import events as e
from amends.domain.case.case import Case, Recorded
from amends.domain.case.evolution.waiting import missed, waits
from amends.domain.case.informing import SPOKEN, tells_claimant
from amends.domain.case.state.talking import (
    BY_CARRIER,
    CallBack,
    Said,
    SummaryState,
    Talking,
    Voice,
)
from amends.domain.ids import derived
from amends.domain.people.timing import CADENCE

ANSWER_WITHIN = timedelta(hours=24)
"""The field's own measure of a first answer, and ours of every later one."""
CONFIRM_WITHIN = timedelta(days=5)
"""How long a claimant may take to correct what we understood. Our own figure."""
NIGHT = timedelta(hours=11)
"""The longest quiet time: a report is due so much before the cadence runs out."""


def summary_of(case_id: str) -> str:
    """The summary of a report that one of us wrote down."""
    return derived("sum", case_id, "report")


def begun(case: Case, recorded: Recorded) -> Case:
    """A report that one of us wrote down is put before the claimant at once."""
    if case.report.channel not in SPOKEN:
        return case
    summed = Talking(summary_id=summary_of(case.id), summary=SummaryState.SENT)
    return waits(replace(case, talking=summed), summary=recorded.at + CONFIRM_WITHIN)


def talked(case: Case, event: e.TalkingEvent, recorded: Recorded) -> Case:
    """After an event of talking."""
    talk, at = case.talking, recorded.at
    match event:
        case e.MessagePosted():
            return _said(case, event, recorded)
        case e.ReplyOverdue():
            return missed(case, "reply", event.again_at)
        case e.ReplySetAside():
            heard = replace(talk, unanswered_since=None, unread_since=None)
            return waits(replace(case, talking=heard), reply=None, carrier=None)
        case e.SummarySent():
            sent = replace(talk, summary_id=event.summary_id, summary=SummaryState.SENT)
            summed = replace(case, talking=sent)
            return waits(summed, summary=event.confirm_by) if case.is_open else summed
        case e.SummaryAnswered():
            state = SummaryState.AGREED if event.agreed else SummaryState.CORRECTED
            heard = replace(talk, summary=state)
            if not event.agreed and talk.unanswered_since is None:
                heard = replace(heard, unanswered_since=at)
            answered = waits(replace(case, talking=heard), summary=None)
            return answered if event.agreed else _owing(answered, "reply", at + ANSWER_WITHIN)
        case e.SummaryLapsed():
            stands = replace(talk, summary=SummaryState.STANDS)
            return waits(replace(case, talking=stands), summary=None)
        case e.SurveyReminded():
            return waits(replace(case, talking=replace(talk, is_reminded=True)), remind=None)
        case e.CallPlanned():
            planned = CallBack(
                id=event.call_id, because=event.because, call_at=event.call_at, due_at=event.due_at
            )
            called = replace(case, talking=replace(talk, calls=(*talk.calls, planned)))
            return waits(called, {f"call:{event.call_id}": event.due_at})
        case e.CallMade():
            return _called(case, event)
        case e.CallOverdue():
            return missed(case, f"call:{event.call_id}", event.again_at)
        case e.Apologised() | e.ProgressTold():
            return case
        case _:
            assert_never(event)


def informed(before: Case, after: Case, recorded: Recorded) -> Case:
    """When the next report is due: counted from what was last said, by the stage's cadence."""
    told = tells_claimant(recorded.event)
    if told:
        talk = replace(after.talking, last_told_at=recorded.at)
        after = replace(after, talking=talk)
    if not after.is_open or not (told or before.stage is not after.stage):
        return after
    is_asked = isinstance(recorded.event, e.PayeeAwaited)  # and asked again: that is the report
    cadence = None if is_asked else CADENCE[after.stage]
    return waits(after, progress=None if cadence is None else recorded.at + cadence - NIGHT)


def _said(case: Case, event: e.MessagePosted, recorded: Recorded) -> Case:
    said = Said(
        id=event.message_id,
        voice=event.voice,
        by=recorded.by,
        channel=event.channel,
        at=recorded.at,
        evidence=event.evidence,
        is_internal=event.is_internal,
    )
    talk = replace(case.talking, said=(*case.talking.said, said))
    if event.channel == BY_CARRIER:
        unread = replace(talk, unread_since=talk.unread_since or recorded.at)
        return _owing(replace(case, talking=unread), "carrier", recorded.at + ANSWER_WITHIN)
    if event.is_internal or event.is_automatic:
        return replace(case, talking=talk)
    if event.voice is Voice.STAFF:
        return waits(replace(case, talking=replace(talk, unanswered_since=None)), reply=None)
    owed = replace(talk, unanswered_since=talk.unanswered_since or recorded.at)
    return _owing(replace(case, talking=owed), "reply", recorded.at + ANSWER_WITHIN)


def _called(case: Case, event: e.CallMade) -> Case:
    is_over = event.reached or event.again_at is None
    calls = tuple(
        replace(
            call,
            tries=call.tries + 1,
            is_reached=event.reached,
            is_over=is_over,
            call_at=event.again_at or call.call_at,
            parts=(*call.parts, event.part) if event.part else call.parts,
        )
        if call.id == event.call_id
        else call
        for call in case.talking.calls
    )
    made = replace(case, talking=replace(case.talking, calls=calls))
    if is_over:
        return waits(made, {f"call:{event.call_id}": None})
    return waits(made, {f"call:{event.call_id}": event.again_at})


def _owing(case: Case, name: str, due: datetime) -> Case:
    """An answer is owed from its first cause on: a further one moves no clock."""
    return case if name in case.waits else waits(case, {name: due})
