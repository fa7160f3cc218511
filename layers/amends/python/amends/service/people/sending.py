"""Sending: one message goes to one person, once, by the first way that works.

Every attempt is recorded before it is made. A try that was cut off leaves an attempt without an
outcome: it may have been sent, so it is never sent again, and in the end somebody calls.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import Event
from amends.domain.case.investigation.inquiry import not_reached
from amends.domain.case.talking.conversing import plan_call
from amends.domain.occasion import Occasion
from amends.domain.people.delivery import (
    LETTER_FOR,
    UNKNOWN_FOR,
    UNREAD_FOR,
    AwaitReport,
    Call,
    Course,
    Finished,
    Outcome,
    Send,
    next_step,
)
from amends.domain.people.message import Audience, Message, Rendered, Way
from amends.domain.people.posting import Posting, PostingState
from amends.domain.refusal import NotFound, Refusal
from amends.ports import Histories, Unsent
from amends.ports.people import StalePosting
from amends.service.amend import amend
from amends.service.people.outbox import Intent, intent_of, intents
from amends.service.people.readers import Person
from amends.service.people.templates import template_of
from amends.service.people.writing import Post, render

FEW = 3
"""From more intents on, one query tells the known ones cheaper than refused writes."""
SETTLES_IN = timedelta(minutes=10)
"""A progress report waits so long: a case that moves on again is reported once."""
CROWDED_FOR = timedelta(minutes=1)
"""What finds too many before it in the line of its way comes again after so long."""
ATTEMPTS = 8
"""More steps in one go than any course has; beyond, something turns in a circle."""
_WAITS = {Way.LETTER: LETTER_FOR, Way.IN_APP: UNREAD_FOR}
_ENDS = {
    "sent": PostingState.SENT,
    "unwanted": PostingState.UNWANTED,
    "unreachable": PostingState.UNREACHABLE,
}


def plan(
    history: Sequence[Recorded], post: Post, occasion: Occasion, *, since: int = 0
) -> Sequence[Posting]:
    """Keep a posting for each message that the history calls for; those kept before stay.

    `since` leaves out what earlier events called for. Answers with the new ones.
    """
    found = [one for one in intents(history) if one.recorded.version >= since]
    if len(found) > FEW:
        case_id = found[0].message.case_id
        known = {one.message.key for one in post.postings.of_case(case_id)}
        found = [one for one in found if one.message.key not in known]
    return [posting for one in found if (posting := _planned(one, post, occasion)) is not None]


def _planned(intent: Intent, post: Post, occasion: Occasion) -> Posting | None:
    template = template_of(intent.message.code)
    reader = None
    if intent.message.code == "progress_report":
        reader = post.directory.person(intent.case, template.audience).hash
    course = Course(
        code=intent.message.code,
        planned_for=intent.recorded.at + (SETTLES_IN if reader else timedelta(0)),
        is_prompt=template.is_prompt,
        is_dispensable=template.is_dispensable,
    )
    due_at = max(course.planned_for, occasion.at) if reader else occasion.at
    posting = Posting(message=intent.message, course=course, due_at=due_at, reader=reader)
    return posting if post.postings.plan(posting) else None


def send(
    store: Histories,
    case_id: str,
    key: str,
    post: Post,
    occasion: Occasion,
    *,
    planned: Posting | None = None,
) -> Posting:
    """Take one message as far as it goes now; its next moment, if any, is kept with it.

    `planned` is the message as it was when it came into the queue; if somebody has dealt with it
    since, it is looked up.
    """
    if planned is not None:
        with suppress(StalePosting):
            return _send(store, planned, post, occasion, is_known=False)
    posting = post.postings.get(case_id, key)
    if posting is None:
        raise NotFound("there is no such message")
    if posting.state is not PostingState.WAITING:
        return posting
    return _send(store, posting, post, occasion, is_known=True)


def _send(
    store: Histories, posting: Posting, post: Post, occasion: Occasion, *, is_known: bool
) -> Posting:
    from amends.service.people.digest import gathered, is_overtaken

    history = store.history(posting.message.case_id)
    intent = intent_of(history, posting.message)
    if intent is None:
        raise NotFound("the history does not call for this message")
    if is_overtaken(history, posting):
        return post.postings.save(posting.ended(PostingState.DIGESTED))
    template = template_of(posting.message.code)
    person = post.directory.person(intent.case, template.audience)
    for _ in range(ATTEMPTS):
        step = next_step(posting.course, person.preferences, occasion.at)
        match step:
            case Finished(because=because):
                if because == "unreachable" and posting.message.code == "survey":
                    if not is_known and not posting.version:
                        raise StalePosting("nobody is called for what may have arrived since")
                    _ask_by_phone(store, posting, post, occasion)
                return post.postings.save(posting.ended(_ENDS[because]))
            case AwaitReport(until=until):
                return _later(post, posting, until)
            case Send(at=at) if at > occasion.at:
                return _later(post, posting, at)
            case Call() if not is_known and not posting.version:
                raise StalePosting("nobody is called for what may have arrived since")
            case Call() if not person.addresses and _is_heard(template.audience, intent, post):
                return post.postings.save(posting.ended(PostingState.WEBHOOK))
            case Call(because=because):
                return _call(store, posting, post, occasion, because=because)
            case Send(way=way):
                try:
                    rendered = gathered(store, posting, person, post, occasion) or render(
                        intent, person, post
                    )
                except Refusal:
                    return _call(store, posting, post, occasion, because="unwritable")
                if not post.turn(way):
                    return _later(post, posting, occasion.at + CROWDED_FOR)
                posting = _attempt(posting, way, person, rendered, post, occasion)
                if posting.state is not PostingState.WAITING:
                    return posting
    raise StalePosting("the message turns in a circle")


def _is_heard(audience: Audience, intent: Intent, post: Post) -> bool:
    """Whether a merchant who left no address hears of the case by webhook."""
    return audience is Audience.CLAIMANT and post.directory.is_told_by_webhook(intent.case)


def _attempt(
    posting: Posting,
    way: Way,
    person: Person,
    rendered: Rendered,
    post: Post,
    occasion: Occasion,
) -> Posting:
    waits_for = _WAITS.get(way, UNKNOWN_FOR)
    posting = post.postings.save(posting.started(way, occasion.at, occasion.at + waits_for))
    if way is Way.LETTER:
        return posting  # staff print and post it: `posted` records the outcome
    if way is Way.IN_APP:
        return post.postings.save(posting.came_to(Outcome.SENT))  # until it is read
    try:
        reference = _give(posting.message, way, person.addresses[way], rendered, post)
    except Unsent as unsent:
        return post.postings.save(posting.came_to(unsent.outcome))
    sent = posting.came_to(Outcome.SENT, reference)
    return post.postings.save(sent.ended(PostingState.SENT))


def _give(message: Message, way: Way, address: str, rendered: Rendered, post: Post) -> str:
    match way:
        case Way.SMS:
            return post.messenger.send_sms(to=address, short=rendered.short)
        case Way.PUSH:
            return post.messenger.send_push(
                endpoint_arn=address,
                key=message.key,
                subject=rendered.subject,
                short=rendered.short,
            )
        case _:
            return post.messenger.send_email(
                key=message.key,
                case_id=message.case_id,
                to=address,
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                reply_to=post.reply_to(message.case_id),
                unsubscribe=post.unsubscribe(message),
            )


def _ask_by_phone(store: Histories, posting: Posting, post: Post, occasion: Occasion) -> None:
    """Whom the question of how it was reaches by no way is called, where there is a number."""

    def decide(case: Case) -> list[Event]:
        if case.feedback is not None or post.directory.telephone(case)[1] is None:
            return []
        wishes = post.directory.preferences(case)
        return plan_call(case, "satisfaction", posting.message.key, wishes, occasion)

    amend(store, posting.message.case_id, occasion, decide)


def _later(post: Post, posting: Posting, at: datetime) -> Posting:
    return posting if posting.due_at == at else post.postings.save(replace(posting, due_at=at))


def _call(
    store: Histories, posting: Posting, post: Post, occasion: Occasion, *, because: str
) -> Posting:
    """A person is to call the claimant; of what staff would be told, the lists tell them."""
    message = posting.message
    template = template_of(message.code)
    if template.audience is Audience.CLAIMANT:
        amend(
            store,
            message.case_id,
            occasion,
            lambda case: plan_call(
                case, because, message.key, post.directory.preferences(case), occasion
            ),
        )
    if template.audience is Audience.CARRIER:
        amend(store, message.case_id, occasion, not_reached)
    state = PostingState.PARKED if because == "unwritable" else PostingState.CALL
    return post.postings.save(posting.ended(state))
