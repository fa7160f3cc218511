"""Where stories are told: an empty cloud made from the template, beside a simulated world."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import time_machine

from amends import runtime
from simulators.carriers import Handle, respond_from
from simulators.money import Money
from simulators.server import Loopback
from simulators.wire import Ask
from simulators.world import Outcome, World
from tests.support.investigation_reports import START
from tests.support.story import Story
from tests.support.template_cloud import template_cloud
from tests.support.token_house import open_house

ROUTES = {"china_post": ["upu"], "dhl_paket": ["dhl_unified"]}
RATES = {"CNY": {"xdr_per_unit": "0.1040", "on": "2026-03-01", "source": "test"}}
PAID_BY = "alipay"
"""The one rail of these stories: each has books that the clock would read day by day."""
KEY = {"key": "a key for tests"}


@contextmanager
def told_on_the_template() -> Iterator[Story]:
    """A story that begins on a Monday morning, in an empty cloud beside a simulated world."""
    with time_machine.travel(START, tick=False) as clock:
        world, money = World(now=runtime.now), _gateways()

        def respond(ask: Ask) -> Outcome:
            return money.respond(ask) or carriers(ask)

        carriers = respond_from(world)
        with Loopback(respond) as server, open_house("one") as keys:
            url = server.url
            asked = {code: world.posts[code] for codes in ROUTES.values() for code in codes}
            settings = {
                "channels": {code: {"base_url": f"{url}/{code}"} for code in asked},
                "carriers": ROUTES,
                "rails": {PAID_BY: money.settings(url)[PAID_BY]},
                "rates": RATES,
                "rates_feed": {"base_url": f"{url}/rates"},
            }
            secrets: dict[str, object] = {"tokens": KEY, **money.secrets()}
            for code, post in asked.items():
                secrets[f"channels/{code}"] = dict(post.channel.credentials)
            with template_cloud(keys, settings, secrets) as cloud:
                yield Story(cloud=cloud, world=Handle(url=url, world=world), clock=clock)


@cache
def _gateways() -> Money:
    """The payment gateways, with keys that take a while to make; a story pays what is its own."""
    return Money(now=runtime.now)
