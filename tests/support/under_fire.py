"""Under fire: many payouts, every fault at random, and an account of where the money went."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, cast

from amends.domain.case.case import Case
from amends.domain.exchange import Request, Response, Trouble
from amends.domain.money import Money
from amends.domain.refusal import Refusal
from amends.ports import CaseStore, Contacts, Queue
from amends.service.money.payout_notices import Notice, take
from amends.service.money.payouts import pay
from amends.service.money.rail_desk import Treasury
from amends.service.settling import Settling, next_step, send_payout
from simulators.gateways.book import Fault
from tests.support.counterparties import Counterparties
from tests.support.interleaving import Guarded, Interleaving, Killed
from tests.support.money_world import MoneyWorld
from tests.support.sweeping import sweep

if TYPE_CHECKING:
    from amends.ports.money import MoneyRecords

RAILS = ("alipay", "wechat_pay", "refund", "reshipment", "service_extension", "coupon")
MINUTES = 5
LATE_BY = 10
"""Minutes that a request may wander before it arrives: less than the quiet time."""


@dataclass(slots=True, kw_only=True)
class UnderFire:
    """A money world, a seed, and how much goes wrong."""

    seed: int
    payouts: int
    world: MoneyWorld = field(default_factory=MoneyWorld)
    rails: tuple[str, ...] = RAILS
    calm: bool = False
    tally: Counter[str] = field(default_factory=Counter)
    chance: Random = field(init=False)
    fire: Interleaving = field(init=False)
    others: Counterparties = field(init=False)
    messages: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    wandering: list[tuple[datetime, Request]] = field(default_factory=list)
    case_ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 - a seed, so that a run can be had again
        self.fire = Interleaving(self.chance, deaths=0.015)
        self.others = Counterparties(world=self.world, chance=self.chance, tally=self.tally)

    # ------------------------------------------------------------------ the story

    def begin(self) -> None:
        """Every case is offered, and accepted by a rail of chance."""
        for number in range(self.payouts):
            case_id = f"case_{number:05d}"
            amount = Money.from_minor(self.chance.randint(10, 2_000), "CNY")
            self.world.offered(case_id, amount)
            self.world.accept(case_id, self.chance.choice(self.rails))
            self.case_ids.append(case_id)

    def burn(self, rounds: int) -> None:
        """Rounds of five minutes: messages, streams, the sweep, callbacks, payees, claimants."""
        for _ in range(rounds):
            self.round()

    def calm_but_for_one(self, point: int) -> None:
        """Nothing goes wrong but one invocation, which is killed at exactly this point."""
        self.calm, self.fire.deaths, self.fire.kill_at = True, 0, point
        self._until_rest(60)

    def settle(self, rounds: int = 400) -> None:
        """Nothing goes wrong any more; go on until nothing is left to do."""
        self.calm, self.fire.deaths = True, 0
        self._until_rest(rounds)
        self.world.advance(timedelta(days=2))
        for kinds in self.world.reconcile().values():
            self.tally.update(f"difference {kind}" for kind in kinds)
        self._until_rest(rounds)

    def _until_rest(self, rounds: int) -> None:
        for _ in range(rounds):
            self.round()
            if not self.messages and not self.notices and not self.wandering and self.is_at_rest():
                return

    def is_at_rest(self) -> bool:
        """Whether every case is paid, or waits for its payee."""
        return all(self.case(case_id).is_fulfilled for case_id in self.case_ids)

    def case(self, case_id: str) -> Case:
        """A case as it is."""
        return self.world.cases.load(case_id)

    def round(self) -> None:
        """One round."""
        self.world.advance(timedelta(minutes=MINUTES))
        self._arrive()
        tasks = [*self._queue_tasks(), *self._notice_tasks(), *self._stream_tasks(), self._sweep]
        self.chance.shuffle(tasks)
        for start in range(0, len(tasks), 5):
            for end in self.fire.run(tasks[start : start + 5]):
                self._end(end)
        self.messages += [dict(message) for message in self.world.queue.sent]
        self.world.queue.sent.clear()
        self.notices += self.others.move(calm=self.calm)
        self.others.choose(self.case_ids, self.rails)

    def _end(self, end: BaseException | None) -> None:
        if end is None:
            return
        if isinstance(end, Killed):
            self.tally["killed invocations"] += 1
        elif isinstance(end, Refusal):
            self.tally[f"refused: {end.code}"] += 1
        else:
            raise end

    # ------------------------------------------------------------------ invocations

    def _queue_tasks(self) -> list[Callable[[], None]]:
        taken, self.messages = self.messages, []
        twice = [
            message
            for message in taken
            for _ in range(1 if self.calm else self.chance.choice((1, 1, 2, 3)))
        ]
        self.tally["deliveries"] += len(twice)
        return [partial(self._pay, message) for message in twice]

    def _pay(self, message: Mapping[str, Any]) -> None:
        try:
            pay(
                self.cases,
                str(message["case_id"]),
                str(message["payout_id"]),
                self.treasury,
                self.world.occasion(),
            )
        except BaseException:
            if self.chance.random() < 0.7:  # redelivered; else parked, and the sweep finds it
                self.messages.append(dict(message))
            raise

    def _stream_tasks(self) -> list[Callable[[], None]]:
        some = [case_id for case_id in self.case_ids if self.chance.random() < 0.1]
        return [partial(self._step, case_id) for case_id in some]

    def _step(self, case_id: str) -> None:
        next_step(self.cases, case_id, self.settling, self.world.occasion())
        send_payout(self.cases, case_id, self.settling)

    def _sweep(self) -> None:
        def failed(_: str, error: Exception) -> None:
            self._end(error)

        sweep(self.cases, self.settling, self.world.occasion(), failed=failed)

    def _notice_tasks(self) -> list[Callable[[], None]]:
        taken, self.notices = self.notices, []
        late = [one for one in taken if not self.calm and self.chance.random() < 0.3]
        self.notices += late
        now = [one for one in taken if one not in late]
        copies = [one for one in now for _ in range(self.chance.choice((1, 1, 2)))]
        self.notices += [one for one in now if not self.calm and self.chance.random() < 0.1]
        self.tally["callbacks"] += len(copies)
        return [partial(self._take, one) for one in copies]

    def _take(self, notice: Notice) -> None:
        try:
            take(self.cases, notice, self.treasury, self.world.occasion())
        except BaseException:
            if self.chance.random() < 0.5:  # called again; else it is lost for ever
                self.notices.append(notice)
            raise

    # ------------------------------------------------------------------ collaborators under fire

    @property
    def cases(self) -> CaseStore:
        """The store, guarded."""
        return cast("CaseStore", Guarded(self.world.cases, self.fire))

    @property
    def treasury(self) -> Treasury:
        """The treasury, guarded."""
        plain = self.world.treasury()
        return replace(
            plain,
            contacts=cast("Contacts", Guarded(plain.contacts, self.fire)),
            records=cast("MoneyRecords", Guarded(plain.records, self.fire)),
            http=self._send,
        )

    @property
    def settling(self) -> Settling:
        """What the next step needs, guarded."""
        plain = self.world.settling()
        return replace(plain, payouts=cast("Queue", Guarded(plain.payouts, self.fire)))

    def _send(self, request: Request) -> Response:
        self.fire.point()
        self._plan_a_fault(request)
        if not self.calm and self.chance.random() < 0.04:
            after = timedelta(minutes=self.chance.randint(0, LATE_BY))
            self.wandering.append((self.world.now + after, request))
            self.tally["requests that arrive late"] += 1
            return Response(status=0, trouble=Trouble.TIMEOUT)
        is_bank = request.url.startswith("http://127.0.0.1")
        if is_bank and not self.calm and self.chance.random() < 0.15:
            self.tally["bank lines cut"] += 1
            if self.chance.random() < 0.5:  # after it acted
                self.world.send(request)
            return Response(status=0, trouble=Trouble.TIMEOUT)
        answer = self.world.send(request)
        self.fire.point()
        return answer

    def _plan_a_fault(self, request: Request) -> None:
        host = request.url.split("/")[2]
        book = self.world.books.get(host)
        if book is None or self.calm or self.chance.random() > 0.35:
            return
        fault = self.chance.choice(list(Fault))
        book.expect([fault])
        self.tally[f"fault {fault}"] += 1

    # ------------------------------------------------------------------ the world moves

    def _arrive(self) -> None:
        due = [row for row in self.wandering if row[0] <= self.world.now]
        self.wandering = [row for row in self.wandering if row[0] > self.world.now]
        self.chance.shuffle(due)
        for _, request in due:
            self.world.send(request)
