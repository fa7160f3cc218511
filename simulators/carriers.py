"""All twelve channels over loopback: `python -m simulators.carriers --port 0`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from simulators.control import control, log, push
from simulators.faults import plan_from
from simulators.parcel import parcel_from
from simulators.program import serve
from simulators.server import Loopback
from simulators.wire import Ask
from simulators.world import Callback, Outcome, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A running world, for tests; everything else is at `url` + `/_world/…`."""

    url: str
    world: World

    def base_url(self, channel: str) -> str:
        """Where a channel's client should look."""
        return f"{self.url}/{channel}"

    def secrets(self, channel: str) -> Mapping[str, str]:
        """The credentials that the channel accepts."""
        post = self.world.posts[channel]
        return {**post.channel.credentials, **post.secrets}

    def put(
        self,
        number: str,
        *scans: Mapping[str, object],
        unique_id: str = "",
        channels: Sequence[str] = (),
    ) -> None:
        """Script a parcel from normalised scans."""
        script = {"scans": list(scans), "unique_id": unique_id, "channels": list(channels)}
        self.world.put(parcel_from(number, script))

    def fault(self, channel: str, *faults: str, **settings: float) -> None:
        """The next requests or pushes at a channel meet these faults, in turn."""
        plan = plan_from({"faults": list(faults), **settings})
        self.world.posts[channel].plan = plan

    def callback(self, channel: str, url: str, **secrets: str) -> None:
        """Where the channel's pushes go."""
        self.world.posts[channel].callback = Callback(url=url, secrets=secrets)

    def push(self, number: str, channel: str = "") -> dict[str, object]:
        """Push the newest state of a parcel."""
        return push(number, self.world, channel)

    def log(self) -> dict[str, object]:
        """What `GET /_world/log` tells."""
        return log(self.world)


def respond_from(world: World) -> Callable[[Ask], Outcome]:
    """Route `/_world/…` to the control and `/{code}/…` to the channel."""

    def respond(ask: Ask) -> Outcome:
        _, mount, *rest = ask.path.split("/", 2)
        inside = replace(ask, path="/" + "".join(rest))
        if mount in world.posts:
            return world.ask(mount, inside)
        return Outcome(answer=control(inside if mount == "_world" else ask, world))

    return respond


@contextmanager
def world(*, port: int = 0, now: Callable[[], datetime] | None = None) -> Iterator[Handle]:
    """A world of its own while the block runs; `now` lets a test keep its own time."""
    made = World(now=now or _clock)
    with Loopback(respond_from(made), port=port) as server:
        yield Handle(url=server.url, world=made)


def _clock() -> datetime:
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the first line printed is `{"port": …, "url": …}`."""
    return serve(arguments, __doc__, _opened)


@contextmanager
def _opened(port: int) -> Iterator[str]:
    with world(port=port) as handle:
        yield handle.url


if __name__ == "__main__":
    raise SystemExit(main())
