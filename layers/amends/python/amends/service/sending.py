"""Sending: one message goes to one person, at most once whatever is retried."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amends.catalog import plugin
from amends.domain.case.case import Case, Recorded
from amends.domain.occasion import Occasion
from amends.domain.people.message import Audience, Message, Rendered
from amends.domain.people.rendering import Renderer
from amends.domain.people.values import Personal, Reader
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Claimed, Contacts, Idempotency, Messenger, NotSent
from amends.service.messages import Links, values

if TYPE_CHECKING:
    from amends.domain.people.template import Template


class NoWayLeft(NotFound):
    """Nobody told us how to reach this person: somebody must call."""

    code = "no_way_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What sending needs beside the case."""

    contacts: Contacts
    claims: Idempotency
    messenger: Messenger
    renderer: Renderer
    links: Callable[[Case], Links]
    zone: str


def send(store: CaseStore, message: Message, post: Post, occasion: Occasion) -> str | None:
    """Claim the message's key, render, send, keep the outcome; a repeat sends nothing.

    A claim without an outcome means that a try was cut off, perhaps after the provider had taken
    the message: it is not sent again, and is found by its missing answer.
    """
    history = store.history(message.case_id)
    case = store.load(message.case_id)
    recorded = next(record for record in history if str(record.version) == message.occasion)
    person = (post.contacts.get(case.id, "report") or {}).get(message.recipient)
    address = person.get("email") if isinstance(person, dict) else None
    if not isinstance(address, str) or not address:
        raise NoWayLeft(f"case {case.id}: no way left to send {message.code}")
    name = person.get("name") if isinstance(person, dict) else None
    rendered = _rendered(case, message, recorded, post, name=name)
    this_try = f"{occasion.because} {occasion.at.isoformat()}"
    if not isinstance(post.claims.claim(message.key, this_try, at=occasion.at), Claimed):
        return None
    try:
        sent = post.messenger.send_email(
            key=message.key,
            to=address,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
        )
    except NotSent:
        post.claims.release(message.key)
        raise
    post.claims.answered(message.key, status=200, body=sent, headers={})
    return sent


def _rendered(
    case: Case, message: Message, recorded: Recorded, post: Post, *, name: object
) -> Rendered:
    template: Template = plugin("messages", message.code).TEMPLATE
    reader = Reader(
        language=message.language,
        zone=post.zone,
        name=Personal(text=name, of=Audience.CLAIMANT) if isinstance(name, str) else None,
    )
    return post.renderer.render(template, values(case, message, recorded, post.links(case)), reader)
