"""What stands around the world of people: its counter, and where it sends its readers."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from amends.domain.occasion import Occasion
from amends.domain.people.values import Reader
from amends.domain.people.webhook import Endpoint
from amends.service.people.templates import template_of
from amends.service.people.warning import Notice, warn
from followup.counter import Counter

if TYPE_CHECKING:
    from tests.support.people_world import World

HOME = "https://amends.example"


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
