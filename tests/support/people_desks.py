"""What stands around the world of people: its counter, and where it sends its readers."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.domain.people.message import Message
from amends.domain.people.values import Reader
from amends.domain.people.webhook import Endpoint
from amends.service.intake.entering import link_of
from amends.service.people.addressing import answer_token, unsubscribe_token
from amends.service.people.summing import Links
from amends.service.people.templates import template_of
from amends.service.people.warning import Notice, warn
from followup.counter import Counter

if TYPE_CHECKING:
    from tests.support.people_world import World

HOME = "https://amends.example"


def links_of(case: Case, key: bytes) -> Links:
    """The links of one case."""

    def page(what: str) -> str:
        return f"{HOME}/v1/answers/{what}/{answer_token(what, case.id, key)}"

    return Links(
        case=f"{HOME}/cases/{case.id}",
        survey=page("survey"),
        summary=page("summary"),
        payment=page("payment"),
        reply=page("parcel"),
        desk=f"{HOME}/desk/{case.id}",
        cases=f"{HOME}/cases",
        access=f"{HOME}/access#link={link_of(case.id, key, number=case.access.links)}",
    )


def unsubscribe_link(message: Message, key: bytes) -> str | None:
    """One click out of such messages, where one may do without them."""
    if not template_of(message.code).is_dispensable:
        return None
    return f"{HOME}/v1/unsubscribe/{unsubscribe_token(message.case_id, message.code, key)}"


def warner(world: "World") -> Callable[[Endpoint, str, datetime], None]:
    """Who tells a merchant that their endpoint is paused."""
    post = world.post()
    needs = Notice(
        messenger=post.messenger,
        turn=post.turn,
        merchants=world.merchants,
        house=world.staff_mail,
        language="zh-CN",
        write=lambda code, values, language: post.renderer.render(
            template_of(code), values, Reader(language=language, zone="Asia/Shanghai")
        ),
    )
    return lambda endpoint, because, since: warn(needs, endpoint, because, since)


def counter_of(world: "World", key: bytes) -> Counter:
    """What the endpoints reach."""
    return Counter(
        cases=lambda: world.cases,
        contacts=lambda: world.contacts,
        idempotency=lambda: world.idempotency,
        postings=lambda: world.postings,
        worklist=lambda: world.work,
        opinions=lambda: world.opinions,
        hooks=lambda: world.hooks,
        herald=world.herald,
        queue=lambda: world.queue,
        post=world.post,
        occasion=lambda by, because: Occasion(at=world.now, by=by, because=because),
        token_key=lambda: key,
        random_bytes=lambda count: bytes(range(count)),
        is_local=lambda: False,
        insight=world.insight,
        shipments=lambda number: world.shipments.get(number, ()),
    )
