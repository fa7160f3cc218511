"""One scripted world, and every channel's view of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from threading import RLock

from simulators import channels
from simulators.channel import Channel, Desk, Refusal, Shelf, visible
from simulators.faults import Fault, Plan
from simulators.limits import Ledger, Rate, Terms
from simulators.parcel import Parcel, Scan
from simulators.wire import Answer, Ask, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where pushes go; `secrets` overrides the channel's example credentials."""

    url: str
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An answer, with how long the wire waits before it; None: the connection drops."""

    answer: Answer | None
    wait_seconds: float = 0


@dataclass(slots=True, kw_only=True)
class Post:
    """Everything that one channel's server holds."""

    channel: Channel
    terms: Terms
    plan: Plan = field(default_factory=Plan)
    ledger: Ledger = field(default_factory=Ledger)
    shelf: Shelf = field(default_factory=Shelf)
    callback: Callback | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)


def all_channels() -> dict[str, Channel]:
    """Every file of `simulators/channels/`, by its code."""
    names = sorted(module.name for module in iter_modules(channels.__path__))
    found = [import_module(f"simulators.channels.{name}").CHANNEL for name in names]
    return {channel.code: channel for channel in found if isinstance(channel, Channel)}


class World:
    """Parcels, and the channels that tell of them; safe to call from several threads."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self.lock = RLock()
        self.now = now
        self.parcels: dict[str, dict[str, Parcel]] = {}
        self.posts: dict[str, Post] = {}
        self.to_come: dict[str, list[Scan]] = {}
        """Scans of a load that nobody has seen yet, oldest first."""
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        with self.lock:
            self.parcels.clear()
            self.to_come.clear()
            self.posts = {
                code: Post(channel=channel, terms=channel.terms)
                for code, channel in all_channels().items()
            }

    def put(self, parcel: Parcel) -> None:
        """Script a parcel; another unique id makes it a second use of the number."""
        with self.lock:
            uses = self.parcels.setdefault(parcel.number, {})
            uses.pop(parcel.unique_id, None)
            uses[parcel.unique_id] = parcel

    def advance(self, scans: int = 1) -> list[str]:
        """Let every parcel of a load move on by so many scans; the numbers that did."""
        with self.lock:
            moved = [number for number, left in self.to_come.items() if left]
            for number in moved:
                left = self.to_come[number]
                parcel = list(self.parcels[number].values())[-1]
                self.put(replace(parcel, scans=(*parcel.scans, *left[:scans])))
                del left[:scans]
            return moved

    def ask(self, code: str, ask: Ask) -> Outcome:
        """Answer one request at one channel, faults and limits included."""
        with self.lock:
            post = self.posts[code]
            desk = self._desk(post)
            post.ledger.requests += 1
            post.ledger.paths[f"{ask.method} {_generic(ask.path)}"] += 1
            outcome = self._outcome(post, desk, ask)
            status = outcome.answer.status if outcome.answer else 0
            post.ledger.statuses[status] += 1
            return outcome

    def _desk(self, post: Post) -> Desk:
        return Desk(
            channel=post.channel,
            parcels=self.parcels,
            ledger=post.ledger,
            shelf=post.shelf,
            terms=post.terms,
            credentials={**post.channel.credentials, **post.secrets},
            at=self.now(),
        )

    def _outcome(self, post: Post, desk: Desk, ask: Ask) -> Outcome:
        exceeded = post.ledger.admit(f"{ask.method} {ask.path}", post.terms, desk.seconds)
        if exceeded:
            desk.broke("rate", f"more than {exceeded.requests} in {exceeded.seconds} s")
            if post.terms.enforced:
                return Outcome(answer=_later(post.channel, _wait(exceeded, post.ledger, desk)))
        is_token = "oauth" in ask.path
        desk.fault = None if is_token else post.plan.draw()
        if desk.fault:
            post.ledger.faults[desk.fault] += 1
        try:
            return _with_fault(post, desk, ask)
        except (ValueError, KeyError) as error:
            desk.broke("bad_request", f"{ask.method} {ask.path}: {error!r}")
            return Outcome(answer=post.channel.refuse(Refusal.SERVER_ERROR))

    def messages(self, code: str, number: str) -> list[Message]:
        """The pushes of a parcel's newest state, in the order in which they are sent."""
        with self.lock:
            post = self.posts[code]
            uses = self.parcels.get(number, {})
            parcel = visible(list(uses.values())[-1], post.channel) if uses else None
            if parcel is None:
                return []
            desk = self._desk(post)
            if post.callback:
                desk.credentials = {**desk.credentials, **post.callback.secrets}
            fault = post.plan.draw(push=True)
            if fault:
                post.ledger.faults[fault] += 1
            states = _pushed(parcel, fault)
            made = (post.channel.push(state, desk) for state in states)
            return [message for message in made if message is not None]


def _with_fault(post: Post, desk: Desk, ask: Ask) -> Outcome:
    match desk.fault:
        case Fault.UNAUTHORISED:
            return Outcome(answer=post.channel.refuse(Refusal.UNAUTHORISED))
        case Fault.RATE_LIMITED:
            return Outcome(answer=_later(post.channel, post.plan.retry_after_seconds))
        case Fault.SERVER_ERROR:
            return Outcome(answer=post.channel.refuse(Refusal.SERVER_ERROR))
        case Fault.TIMEOUT:
            return Outcome(answer=None, wait_seconds=post.plan.hold_seconds)
        case Fault.SLOW:
            answer = post.channel.answer(ask, desk)
            return Outcome(answer=answer, wait_seconds=post.plan.slow_seconds)
        case Fault.MALFORMED:
            answer = post.channel.answer(ask, desk)
            return Outcome(answer=replace(answer, body=b"<" + answer.body[: len(answer.body) // 2]))
        case _:
            return Outcome(answer=post.channel.answer(ask, desk))


def _pushed(parcel: Parcel, fault: Fault | None) -> list[Parcel]:
    match fault:
        case Fault.PUSH_LOST:
            return []
        case Fault.PUSH_REPEATED:
            return [parcel, parcel]
        case Fault.PUSH_OUT_OF_ORDER if len(parcel.scans) > 1:
            return [parcel, parcel.earlier()]
        case _:
            return [parcel]


def _later(channel: Channel, seconds: int) -> Answer:
    answer = channel.refuse(Refusal.RATE_LIMITED)
    return replace(answer, headers={**answer.headers, "Retry-After": str(seconds)})


def _wait(rate: Rate, ledger: Ledger, desk: Desk) -> int:
    """Whole seconds until the window has room again."""
    return max(1, int(ledger.times[rate][0] + rate.seconds - desk.seconds) + 1)


def _generic(path: str) -> str:
    """The path without numbers and ids, so that a log stays short."""
    parts = path.split("/")
    return "/".join(
        "*" if len(part) > 9 and any(c.isdigit() for c in part) else part for part in parts
    )
