"""Writing: an intent becomes the words that its reader gets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amends.domain.case.case import Case
from amends.domain.people.message import Audience, Message, Rendered, Way
from amends.domain.people.rendering import Renderer
from amends.ports import Messenger
from amends.ports.people import Postings
from amends.service.people.messages import values
from amends.service.people.outbox import Intent
from amends.service.people.readers import Directory, Person
from amends.service.people.summing import Links, Told
from amends.service.people.templates import template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What sending needs beside the case."""

    postings: Postings
    directory: Directory
    messenger: Messenger
    turns: Callable[[Way, int], Sequence[Callable[[], None]]]
    """So many turns by a way: each waits until its rate lets one more through; none when too many
    wait for that."""
    renderer: Renderer
    links: Callable[[Case], Links]
    reply_to: Callable[[str], str | None]
    """The address that answers to a case go to."""
    unsubscribe: Callable[[Message], str | None]
    """A link that stops messages like this one, for those that may be stopped."""

    def turn(self, way: Way) -> bool:
        """Wait for one turn; False when too many wait."""
        waits = self.turns(way, 1)
        for wait in waits:
            wait()
        return bool(waits)


def render(intent: Intent, person: Person, post: Post) -> Rendered:
    """What the reader is told, in their language and their clock."""
    template = template_of(intent.message.code)
    told = _told(intent.case, person, post)
    return post.renderer.render(template, values(intent, told), person.reader)


def told_to(post: Post, case: Case) -> Told:
    """What a claimant is told from: their language, their clock, their links."""
    return _told(case, post.directory.person(case, Audience.CLAIMANT), post)


def _told(case: Case, person: Person, post: Post) -> Told:
    return Told(
        language=person.reader.language,
        zone=person.reader.zone,
        links=post.links(case),
        formats=post.renderer.formats,
        words=lambda name: written(post.directory, case.id, name),
    )


def written(directory: Directory, case_id: str, name: str) -> Mapping[str, object] | None:
    """What a person wrote; each text is a row of its own, so that no thread grows too long."""
    return directory.contacts.get(f"{case_id}#{name}", "words") if name else None
