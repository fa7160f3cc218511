"""Planning: a posting is kept for each message that a history calls for, once."""

from collections.abc import Sequence
from datetime import timedelta

from amends.domain.case.case import Recorded
from amends.domain.occasion import Occasion
from amends.domain.people.delivery import Course
from amends.domain.people.posting import Posting
from amends.service.people.outbox import Intent, intents
from amends.service.people.templates import template_of
from amends.service.people.writing import Post

FEW = 3
"""From more intents on, one look tells the known ones cheaper than refused writes."""
SETTLES_IN = timedelta(minutes=10)
"""A progress report waits so long: a case that moves on again is reported once."""


def plan(
    histories: Sequence[Sequence[Recorded]], post: Post, occasion: Occasion, *, since: int = 0
) -> Sequence[Posting]:
    """Keep a posting for each message that the histories call for; those kept before stay.

    `since` leaves out what earlier events called for. Answers with the new ones.
    """
    found = {
        (one.message.case_id, one.message.key): one
        for history in histories
        for one in intents(history)
        if one.recorded.version >= since
    }
    known = post.postings.known(found) if len(found) > FEW else ()
    fresh = [_posting(one, post, occasion) for at, one in found.items() if at not in known]
    return post.postings.plan_many(fresh) if fresh else ()


def _posting(intent: Intent, post: Post, occasion: Occasion) -> Posting:
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
    return Posting(message=intent.message, course=course, due_at=due_at, reader=reader)
