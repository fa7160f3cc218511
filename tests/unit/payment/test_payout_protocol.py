"""Every reachable state of the payout protocol, small bounds, real decisions.

The rail is the worst that is allowed: copies of a request arrive late or never, replies and
callbacks are lost, doubled and reordered, a rejected key is not burnt, a payment comes back.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payout import (
    Action,
    Contradicted,
    Payout,
    PayoutState,
    Unpaid,
    learn,
    next_action,
    request,
    resend,
    send,
)

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUIET = timedelta(minutes=15)
MOST_ATTEMPTS, MOST_SENDS, MOST_RETURNS = 2, 3, 1
NOT_PAID = (PayoutState.REJECTED, PayoutState.CANCELLED, PayoutState.RETURNED)

KeyOf = Callable[[Payout, int], str]


def derived(payout: Payout, _sends: int) -> str:
    return payout.key


def fresh_for_each_send(payout: Payout, sends: int) -> str:
    return f"{payout.key}-{sends}"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One state: what we recorded, what is on its way, what the rail did."""

    attempts: tuple[Payout, ...]
    sends: int = 0
    underway: tuple[str, ...] = ()
    paid: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    news: frozenset[tuple[str, OutcomeKind]] = frozenset()
    is_quiet: bool = True
    keys: frozenset[tuple[str, int]] = frozenset()
    alarms: int = 0

    @property
    def last(self) -> Payout:
        return self.attempts[-1]

    @property
    def held(self) -> int:
        """How many payments the claimant holds."""
        return len(self.paid - self.returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The real one, or one broken on purpose."""

    key_of: KeyOf = derived
    asks_again: bool = True
    waits: bool = True
    unknown_is_failed: bool = False
    found: list[str] = field(default_factory=list)

    def moves(self, world: World) -> Iterator[World]:
        yield from self._ours(world)
        yield from self._theirs(world)

    def _ours(self, world: World) -> Iterator[World]:
        now = Occasion(at=world.last.requested_at, by="claim_settle", because="test")
        sent = send(world.last, now)
        if sent and world.sends < MOST_SENDS:
            yield self._transmit(world, sent)
        if next_action(world.last) is Action.ASK:
            answer = self._asked(world, world.last)
            if self.unknown_is_failed and answer.kind is OutcomeKind.UNKNOWN:
                answer = RailOutcome(kind=OutcomeKind.REJECTED, reason="gave_up")
            again = resend(world.last, answer, now, query_for=None)
            if again and world.sends < MOST_SENDS:
                yield self._transmit(world, again)
            yield self._learned(world, len(world.attempts) - 1, answer)
        if world.last.state in NOT_PAID and len(world.attempts) < MOST_ATTEMPTS:
            yield from self._another(world)

    def _another(self, world: World) -> Iterator[World]:
        if self.waits and not world.is_quiet:
            return
        answer = self._asked(world, world.last)
        if not self.asks_again:
            answer = RailOutcome(kind=OutcomeKind.REJECTED, reason="as it said before")
        if learn(world.last, answer) is not None:
            yield self._learned(world, len(world.attempts) - 1, answer)
            return
        later = Occasion(at=world.last.requested_at + QUIET, by="staff:7", because="test")
        following = request(
            case_id="case_1",
            rail="alipay",
            amount=world.last.amount,
            occasion=later,
            after=Unpaid(payout=world.last, why="account corrected", asked=answer, quiet_for=QUIET),
        )
        yield replace(world, attempts=(*world.attempts, following))

    def _theirs(self, world: World) -> Iterator[World]:
        for index, key in enumerate(world.underway):
            rest = world.underway[:index] + world.underway[index + 1 :]
            yield replace(world, underway=rest)  # a crash before sending, or lost on the way
            arrived = replace(world, underway=rest)
            if key in world.paid:
                yield self._says(arrived, key, OutcomeKind.SUCCEEDED)
            else:
                paid = replace(arrived, paid=world.paid | {key})
                yield self._says(paid, key, OutcomeKind.SUCCEEDED)
                yield self._says(arrived, key, OutcomeKind.REJECTED)
        if len(world.returned) < MOST_RETURNS:
            for key in world.paid - world.returned:
                back = replace(world, returned=world.returned | {key})
                yield self._says(back, key, OutcomeKind.RETURNED)
        for key, kind in world.news:
            told = self._learned(world, self._attempt_of(world, key), RailOutcome(kind=kind))
            yield told  # and it may be told again
            yield replace(told, news=world.news - {(key, kind)})
            yield replace(world, news=world.news - {(key, kind)})  # lost
        if not world.is_quiet:
            yield replace(world, underway=(), is_quiet=True)

    def _transmit(self, world: World, sent: Payout) -> World:
        key = self.key_of(sent, world.sends)
        return replace(
            world,
            attempts=(*world.attempts[:-1], sent),
            sends=world.sends + 1,
            underway=tuple(sorted((*world.underway, key))),
            keys=world.keys | {(key, len(world.attempts) - 1)},
            is_quiet=False,
        )

    def _asked(self, world: World, payout: Payout) -> RailOutcome:
        key = self.key_of(payout, world.sends - 1)
        if key in world.returned:
            return RailOutcome(kind=OutcomeKind.RETURNED)
        if key in world.paid:
            return RailOutcome(kind=OutcomeKind.SUCCEEDED)
        return RailOutcome(kind=OutcomeKind.UNKNOWN, reason=NOT_SEEN)

    def _learned(self, world: World, index: int, answer: RailOutcome) -> World:
        is_last = index == len(world.attempts) - 1
        try:
            after = learn(world.attempts[index], answer, is_last=is_last)
        except Contradicted:
            return replace(world, alarms=1)
        if after is None:
            return world
        attempts = (*world.attempts[:index], after, *world.attempts[index + 1 :])
        return replace(world, attempts=attempts)

    def _attempt_of(self, world: World, key: str) -> int:
        return next(index for known, index in world.keys if known == key)

    def _says(self, world: World, key: str, kind: OutcomeKind) -> World:
        return replace(world, news=world.news | {(key, kind)})


def explore(protocol: Protocol) -> tuple[int, set[str]]:
    """How many states can be reached, and what is wrong in any of them."""
    first = request(
        case_id="case_1",
        rail="alipay",
        amount=Money.of("100.00", "CNY"),
        occasion=Occasion(at=T0, by="rule", because="test"),
    )
    start = World(attempts=(first,))
    seen, todo, faults = {start}, deque([start]), set[str]()
    while todo:
        world = todo.popleft()
        faults |= set(_faults(world))
        for after in protocol.moves(world):
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return len(seen), faults


def _faults(world: World) -> Iterator[str]:
    if world.held > 1:
        yield "paid twice"
    if world.last.state is PayoutState.SUCCEEDED and not world.paid:
        yield "lost: booked as paid, never paid"
    if next_action(world.last) is Action.NOTHING and not world.held and not _hears_of_return(world):
        yield "lost: nothing is paid and nobody waits"
    if world.alarms:
        yield "contradicted"


def _hears_of_return(world: World) -> bool:
    """A payment that came back is known from its notice or, at the latest, from the statement."""
    return bool(world.returned)


@pytest.mark.requirement("002-15")
def test_no_crash_retry_callback_or_delay_pays_twice_or_loses_a_payment() -> None:
    states, faults = explore(Protocol())

    assert faults == set()
    assert states > 1_000


@pytest.mark.parametrize(
    "broken",
    [
        Protocol(key_of=fresh_for_each_send),
        Protocol(unknown_is_failed=True, waits=False, asks_again=False),
        Protocol(asks_again=False),
        Protocol(waits=False),
    ],
    ids=[
        "a new number for each send",
        "unknown is failed",
        "no question before another attempt",
        "no quiet time before another attempt",
    ],
)
def test_the_search_finds_the_double_payment_of_a_broken_protocol(broken: Protocol) -> None:
    _, faults = explore(broken)

    assert "paid twice" in faults
