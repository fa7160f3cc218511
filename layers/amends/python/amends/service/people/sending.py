"""Sending: one message goes to one person, once, by the first way that works.

Every attempt is recorded before it is made. A try that was cut off leaves an attempt without an
outcome: it may have been sent, so it is not sent again, and in the end somebody calls; what is
dispensable goes out once more, by mail, when an hour has brought no report of it.
What a message needs on its way is asked for by what `together.py` knows, so that many messages
ask in one call.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from amends.domain.case.case import Case
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
from amends.service.people.outbox import Intent, intent_of
from amends.service.people.readers import Person
from amends.service.people.referring import Wanted
from amends.service.people.templates import template_of
from amends.service.people.together import Errand, Keep, Meet, Turn, run
from amends.service.people.writing import Post, render

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


def send_all(
    store: Histories, wanted: Sequence[Wanted], post: Post, occasion: Occasion
) -> Sequence[Posting | Exception]:
    """Take each message as far as it goes now; its next moment, if any, is kept with it.

    One that fails stops no other. Whoever dies with some of them between attempt and outcome
    leaves all of those unknown, so they should be few.
    """
    return run([_taken(store, one, post, occasion) for one in wanted], post)


def send(store: Histories, wanted: Wanted, post: Post, occasion: Occasion) -> Posting:
    """One message alone."""
    (end,) = send_all(store, [wanted], post, occasion)
    if isinstance(end, Exception):
        raise end
    return end


def _taken(store: Histories, wanted: Wanted, post: Post, occasion: Occasion) -> Errand:
    if wanted.planned is not None:
        with suppress(StalePosting):
            return (yield from _sent(store, wanted.planned, post, occasion, is_known=False))
    posting = post.postings.get(wanted.case_id, wanted.key)
    if posting is None:
        raise NotFound("there is no such message")
    if posting.state is not PostingState.WAITING:
        return posting
    return (yield from _sent(store, posting, post, occasion, is_known=True))


def _sent(
    store: Histories, posting: Posting, post: Post, occasion: Occasion, *, is_known: bool
) -> Errand:
    from amends.service.people.digest import gathered, is_overtaken

    history = store.history(posting.message.case_id)
    intent = intent_of(history, posting.message)
    if intent is None:
        raise NotFound("the history does not call for this message")
    if is_overtaken(history, posting):
        return (yield from _kept(posting.ended(PostingState.DIGESTED)))
    template = template_of(posting.message.code)
    person = yield Meet(intent.case, template.audience, intent.addressee)
    for _ in range(ATTEMPTS):
        step = next_step(posting.course, person.preferences, occasion.at)
        match step:
            case Finished(because=because):
                if because == "unreachable" and posting.message.code == "survey":
                    if not is_known and not posting.version:
                        raise StalePosting("nobody is called for what may have arrived since")
                    _ask_by_phone(store, posting, post, occasion)
                return (yield from _kept(posting.ended(_ENDS[because])))
            case AwaitReport(until=until):
                return (yield from _later(posting, until))
            case Send(at=at) if at > occasion.at:
                return (yield from _later(posting, at))
            case Call() if not is_known and not posting.version:
                raise StalePosting("nobody is called for what may have arrived since")
            case Call() if not person.addresses and _is_heard(template.audience, intent, post):
                return (yield from _kept(posting.ended(PostingState.WEBHOOK)))
            case Call(because=because):
                state = _call(store, posting, post, occasion, because=because)
                return (yield from _kept(posting.ended(state)))
            case Send(way=way):
                try:
                    rendered = gathered(store, posting, person, post, occasion) or render(
                        intent, person, post
                    )
                except Refusal:
                    state = _call(store, posting, post, occasion, because="unwritable")
                    return (yield from _kept(posting.ended(state)))
                wait = yield Turn(way)
                if wait is None:
                    return (yield from _later(posting, occasion.at + CROWDED_FOR))
                posting = yield from _attempt(posting, way, person, rendered, wait, post, occasion)
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
    wait: Callable[[], None],
    post: Post,
    occasion: Occasion,
) -> Errand:
    waits_for = _WAITS.get(way, UNKNOWN_FOR)
    posting = yield from _kept(posting.started(way, occasion.at, occasion.at + waits_for))
    if way is Way.LETTER:
        return posting  # staff print and post it: `posted` records the outcome
    if way is Way.IN_APP:
        return (yield from _kept(posting.came_to(Outcome.SENT)))  # until it is read
    wait()
    try:
        reference = _give(posting.message, way, person.addresses[way], rendered, post)
    except Unsent as unsent:
        return (yield from _kept(posting.came_to(unsent.outcome)))
    return (yield from _kept(posting.came_to(Outcome.SENT, reference).ended(PostingState.SENT)))


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


def _kept(posting: Posting) -> Errand:
    kept: Posting = yield Keep(posting)
    return kept


def _later(posting: Posting, at: datetime) -> Errand:
    return posting if posting.due_at == at else (yield from _kept(replace(posting, due_at=at)))


def _call(
    store: Histories, posting: Posting, post: Post, occasion: Occasion, *, because: str
) -> PostingState:
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
    return PostingState.PARKED if because == "unwritable" else PostingState.CALL
