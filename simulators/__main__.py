"""The whole world beside a local stack: `python -m simulators --port N`."""

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from simulators import bank as bank_process
from simulators.carriers import respond_from
from simulators.money import Money
from simulators.program import serve
from simulators.server import Loopback
from simulators.wire import Ask, as_json
from simulators.world import Outcome, World

ROUTES = {"china_post": ["upu", "seventeentrack"]}
"""Carriers whose way differs from the product's own table."""


def settings(world: World, money: Money, url: str) -> dict[str, object]:
    """What a stack must be told to live in this world; `secrets` are kept apart by the stack."""
    secrets: dict[str, object] = {
        f"channels/{code}": {**post.channel.credentials, **post.secrets}
        for code, post in world.posts.items()
    }
    # The same at every start, so that a stack that goes on knows its tokens again.
    secrets |= money.secrets()
    secrets["tokens"] = {"key": "of the local stack and of no other"}
    return {
        "channels": {code: {"base_url": f"{url}/{code}"} for code in world.posts},
        "carriers": ROUTES,
        "rails": money.settings(url),
        "rates_feed": {"base_url": f"{url}/rates"},
        "rates": {
            "CNY": {
                "xdr_per_unit": "0.106732",
                "on": f"{datetime.now(UTC):%Y-%m-%d}",
                "source": "the simulated world; the figure is of November 2026",
            }
        },
        "secrets": secrets,
    }


def respond_with_settings(
    world: World, money: Money, url: Callable[[], str]
) -> Callable[[Ask], Outcome]:
    """The carriers' world, money's, and `GET /_world/settings`."""
    respond = respond_from(world)

    def answer(ask: Ask) -> Outcome:
        if (ask.method, ask.path) == ("GET", "/_world/settings"):
            return Outcome(answer=as_json(settings(world, money, url())))
        return money.respond(ask) or respond(ask)

    return answer


@contextmanager
def bank(money: Money) -> Iterator[None]:
    """Run mock-bank while the block runs, where it is installed; a world without one goes on."""
    if importlib.util.find_spec("mockbank") is None:
        yield
        return
    with bank_process.running(f"{datetime.now(UTC):%Y-%m-%dT%H:%M}") as running:
        running.change(bank_process.DEBTOR, currency="CNY")
        money.bank = running
        yield


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the first line printed is `{"port": …, "url": …}`."""
    return serve(arguments, __doc__, _opened)


@contextmanager
def _opened(port: int) -> Iterator[str]:
    world = World(now=lambda: datetime.now(UTC))
    servers: list[Loopback] = []
    money = Money()
    respond = respond_with_settings(world, money, lambda: servers[0].url)
    with bank(money), Loopback(respond, port=port) as server:
        servers.append(server)
        yield server.url


if __name__ == "__main__":
    raise SystemExit(main())
