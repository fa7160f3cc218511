"""Workers share a channel's limits by one row, and take several requests of it in one write."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.exchange import Request, Response
from amends.domain.parcel.channel import Asked, Limits
from amends.ports.tracking import Gate
from amends.service.tracking.asking import Channels, Deferred, register
from amends.service.tracking.pacing import Lease, Pace
from tests.support.tracking_fakes import Clock, MemoryGates, PlainSecrets

START = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LIMITS = {
    "like fedex": Limits(
        batch_size=30, requests=1400, per=10 * SECOND, refresh_after=SECOND, daily=5000
    ),
    "like usps": Limits(batch_size=35, requests=60, per=timedelta(hours=1), refresh_after=SECOND),
    "like ups": Limits(batch_size=1, requests=5, per=SECOND, refresh_after=SECOND),
    "like dhl": Limits(batch_size=1, requests=1, per=SECOND, refresh_after=SECOND, daily=250),
}


class CountedGates(MemoryGates):
    """Counts what would be paid for."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = self.writes = 0

    def load(self, gate: str) -> Gate:
        self.reads += 1
        return super().load(gate)

    def swap(self, gate: str, known: Gate, new: Gate) -> bool:
        self.writes += 1
        is_ours = super().swap(gate, known, new)
        self.reads -= 1  # the fake compares by loading; the table does it in the write
        return is_ours


@dataclass
class Office:
    """Some workers on one clock; what each sends is kept with its moment."""

    limits: Limits
    clock: Clock = field(default_factory=lambda: Clock(START))
    gates: CountedGates = field(default_factory=CountedGates)
    sent: list[datetime] = field(default_factory=list)

    def ask(
        self, lease: Lease, wanted: int, *, between: Callable[[], timedelta], dies_after: int = 99
    ) -> int:
        """One asking; how many requests were sent."""
        pace = Pace(
            self.limits, gate="g", gates=self.gates, lease=lease, now=self.clock, wanted=wanted
        )
        if pace.hold(wanted) is not None:
            return 0
        for done in range(min(wanted, dies_after)):
            if pace.pass_one(self.clock.wait) is not None:
                return done
            self.sent.append(self.clock())
            self.clock.wait(between())
        return min(wanted, dies_after)


@pytest.mark.parametrize("name", sorted(LIMITS))
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.requirement("000-10")
def test_no_span_and_no_day_sees_more_than_its_limit_whoever_asks_dies_or_dawdles(
    name: str, seed: int
) -> None:
    limits, chance = LIMITS[name], random.Random(seed)  # noqa: S311 - no secret
    office = Office(limits)
    leases = [Lease() for _ in range(5)]
    for _ in range(400):
        worker = chance.randrange(len(leases))
        dies = chance.random() < 0.1
        # a worker that is quick, or slow: its clock goes on between two requests
        pause = chance.choice([0.0, 0.02, 0.2, 3.0])
        office.ask(
            leases[worker],
            chance.randint(1, 30),
            between=lambda pause=pause: timedelta(seconds=pause * chance.random()),  # type: ignore[misc]  # mypy infers no default of a lambda
            dies_after=chance.randint(0, 5) if dies else 99,
        )
        if dies:
            leases[worker] = Lease()
        office.clock.wait(limits.per * chance.choice([0.0, 0.0, 0.001, 0.3]))

    sent = office.sent
    assert len(sent) > 100
    for place in range(len(sent) - limits.requests):
        # a request is on its way for up to a quarter of a second: the next may overtake it
        ahead = sent[place + limits.requests] - sent[place]
        assert ahead >= limits.per + timedelta(milliseconds=250)
    if limits.daily is not None:
        days = [at.date() for at in sent]
        assert max(days.count(day) for day in set(days)) <= limits.daily


def test_a_busy_worker_pays_for_many_batches_at_once_and_for_none_that_it_does_not_send() -> None:
    office, lease = Office(LIMITS["like fedex"]), Lease()
    for _ in range(300):
        assert office.ask(lease, 1, between=lambda: SECOND * 0.2) == 1

    assert office.gates.writes <= 300 / 12
    assert office.gates.reads <= 2

    office.clock.wait(60 * SECOND)
    office.ask(lease, 1, between=lambda: SECOND)
    assert office.gates.load("g").bucket.used == 301


def test_a_lone_message_takes_nothing_in_advance() -> None:
    office, lease = Office(LIMITS["like fedex"]), Lease()
    for _ in range(50):
        office.ask(lease, 1, between=lambda: 20 * SECOND)

    assert office.gates.load("g").bucket.used == 50


def test_an_asking_of_several_waits_for_its_slots_instead_of_giving_them_up() -> None:
    office, lease = Office(LIMITS["like ups"]), Lease()

    assert office.ask(lease, 10, between=lambda: SECOND * 0.05) == 10
    assert office.gates.writes == 1
    assert office.clock() - START <= 3.5 * SECOND


def test_who_asks_for_one_does_not_wait() -> None:
    office = Office(LIMITS["like ups"])

    assert [office.ask(Lease(), 1, between=timedelta) for _ in range(2)] == [1, 0]
    assert office.clock() == START


def test_a_failure_ends_the_lease_and_shuts_the_way_for_all() -> None:
    office, lease = Office(LIMITS["like fedex"]), Lease()
    for _ in range(10):
        office.ask(lease, 1, between=lambda: SECOND * 0.1)
    assert lease.slots

    pace = Pace(
        office.limits, gate="g", gates=office.gates, lease=lease, now=office.clock, wanted=1
    )
    pace.learn(is_ok=False, retry_after=60 * SECOND)

    assert not lease.slots
    assert [office.ask(one, 1, between=timedelta) for one in (lease, Lease())] == [0, 0]
    office.clock.wait(61 * SECOND)
    assert office.ask(lease, 1, between=timedelta) == 1
    assert office.gates.load("g").bucket.used == 11


def test_a_day_counts_what_is_sent_on_it_and_forgets_what_lapsed_on_the_day_before() -> None:
    office = Office(replace(LIMITS["like fedex"], daily=4))
    early, late = Lease(), Lease()
    office.clock.wait(timedelta(minutes=29, seconds=50))
    assert office.ask(early, 3, between=timedelta, dies_after=1) == 1
    office.clock.wait(8 * SECOND)
    assert office.ask(late, 1, between=timedelta) == 0  # it might end on the next day

    office.clock.wait(60 * SECOND)
    assert [office.ask(lease, 3, between=timedelta) for lease in (late, early)] == [3, 1]


def test_when_the_pause_is_over_one_worker_tries_with_one_request_and_the_others_wait() -> None:
    office = Office(LIMITS["like fedex"])
    for _ in range(5):
        pace = Pace(
            office.limits, gate="g", gates=office.gates, lease=Lease(), now=office.clock, wanted=1
        )
        pace.learn(is_ok=False, retry_after=None)
    assert office.ask(Lease(), 3, between=timedelta) == 0

    office.clock.wait(61 * SECOND)
    assert [office.ask(Lease(), 3, between=timedelta) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(("code", "most"), [("trackingmore", 3), ("aftership", 20)])
@pytest.mark.requirement("000-10")
def test_registrations_keep_the_limit_that_is_theirs(code: str, most: int) -> None:
    clock, sent = Clock(START), []

    def http(request: Request) -> Response:
        sent.append(clock())
        return Response(status=200, body=b'{"meta": {"code": 200}, "data": {"success": []}}')

    channels = Channels(
        settings={"channels": {code: {}}},
        secrets=PlainSecrets({f"channels/{code}": {"api_key": "k"}}),
        http=http,
        gates=MemoryGates(),
        tokens={},
        now=clock,
        wait=clock.wait,
    )
    for place in range(300):
        with suppress(Deferred):
            register(channels, code, [Asked(number=f"N{place}{one}") for one in range(60)])
        clock.wait(SECOND * 0.01)

    assert len(sent) > 100
    spans = [later - sooner for sooner, later in zip(sent, sent[most:], strict=False)]
    assert min(spans) >= SECOND
