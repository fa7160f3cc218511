"""Money under fire: the endpoints, the queue and the schedule of settlement on guarded stores."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from amends.domain.exchange import Request, Response
from amends.domain.payment import ledger
from amends.service.money.chasing import chase
from amends.service.money.claiming_back import lapse_coupons, remind
from amends.service.money.payouts import pay
from amends.service.settling import next_step, send_payout
from tests.support.cutting import Scene, a_fire, asked, delivered, guard_all, histories, plain
from tests.support.interleaving import Interleaving
from tests.support.money_fakes import in_process
from tests.support.money_http import MoneyHttp
from tests.support.money_rails import DONE
from tests.support.money_world import START
from tests.support.proofs import staff_bearer
from tests.support.sweeping import sweep

CASE = "case_1"
ON_THE_WAY = ("PayoutSent", "PayoutUnknown", "PayoutHeld")
"""What is asked about and sent again under its key has more of these."""
KEY = {"idempotency-key": "the client's own"}


@dataclass(kw_only=True)
class CutMoney(MoneyHttp):
    """A money world whose every store, and every rail, is guarded."""

    fire: Interleaving = field(default_factory=a_fire)
    times: int = 5
    """How often the queue delivers a message before it is parked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        guard_all(self.world, self.fire, "cases", "contacts", "records", "queue")
        guard_all(self, self.fire, "replays")
        self.world.wire = self._send

    def settle(self, rail: str) -> None:
        """A case whose offer was accepted, its payout requested and put to the queue."""
        self.world.offered(CASE, self.world.money("12.30"))
        self.world.accept(CASE, rail)
        self.step()

    def step(self) -> None:
        """One record of the stream."""
        delivered(self._step)

    def drain(self) -> None:
        """Every message of the payout queue, until it is taken or parked."""
        while self.world.queue.sent:
            message = self.world.queue.sent.pop(0)
            delivered(partial(self._pay, str(message["payout_id"])), times=self.times)

    def run(self, span: timedelta, *, step: timedelta = timedelta(minutes=20)) -> None:
        """Let time pass: both schedules, and what they queued."""
        end = self.world.now + span
        while self.world.now < end:
            self.world.advance(step)
            delivered(self._sweep, times=1)
            self.drain()

    def books(self) -> None:
        """One turn of the schedule of money; whatever failed comes with the next."""
        world = self.world
        steps: tuple[Callable[[], object], ...] = (
            lambda: chase(world.cases, world.queue, world.records, world.occasion()),
            lambda: remind(world.cases, world.records, world.occasion()),
            lambda: lapse_coupons(world.cases, world.records, world.occasion()),
            world.reconcile,
        )
        for step in steps:
            delivered(step, times=1)
        self.drain()

    def ask(self, who: str, path: str, body: object) -> tuple[int, Any]:
        """What staff's client does with a key of its own until it is answered."""
        group, _, name = who.partition(":")
        bearer = staff_bearer(name, group)
        raw = json.dumps(body).encode()

        def act() -> tuple[int, Any]:
            status, text = self.call("POST", path, raw, headers=KEY, bearer=bearer)
            return status, json.loads(text) if text[:1] in "{[" else text

        return asked(act, partial(self.world.advance, timedelta(seconds=31)))

    def outcome(self) -> str:
        """What happened, what every side's books say, and what hangs."""
        world = self.world
        paid = {
            rail: sorted(b.fen for b in book.bills.values() if b.state == DONE.get(rail, "done"))
            for rail, book in world.books.items()
        }
        ledger.check(world.cases.entries)
        balance = ledger.trial_balance(world.cases.entries)
        held = sorted(
            str(row["key"])
            for rail in world.books
            for day in range(3)
            for row in world.records.read(f"spent#{rail}#{START.date() + timedelta(days=day)}")
            if not row["is_released"]
        )
        raised = sorted((row["kind"], row["key"]) for row in world.records.read("differences"))
        cases = [world.cases.load(case_id) for case_id in world.cases.ids()]
        limbo = [case.id for case in cases if case.is_open and case.due_at is None]
        told = {
            case_id: [row for row in rows if row[0] not in ON_THE_WAY]
            for case_id, rows in histories(world.cases).items()
        }
        rows = (paid, sorted(balance.items()), held, raised, limbo, self.replays.unanswered)
        return plain((told, rows))

    def _step(self) -> None:
        world = self.world
        send_payout(world.cases, CASE, world.settling())
        next_step(world.cases, CASE, world.settling(), world.occasion())
        send_payout(world.cases, CASE, world.settling())  # as the record of the next step has it

    def _pay(self, payout_id: str) -> None:
        world = self.world
        pay(world.cases, CASE, payout_id, world.treasury(), world.occasion())

    def _sweep(self) -> None:
        def failed(case_id: str, error: Exception) -> None:
            del case_id, error

        world = self.world
        sweep(world.cases, world.settling(), world.occasion(), failed=failed)

    def _send(self, request: Request) -> Response:
        self.fire.point("before a rail is asked")
        answer = in_process(self.world.gateways, request)
        self.fire.point("after a rail was asked")
        return answer


def scene(
    begin: Callable[[CutMoney], Any], work: Callable[[CutMoney, Any], object]
) -> Callable[[], Scene]:
    """A scene: what was before, undisturbed, and the work that is cut."""

    def make() -> Scene:
        money = CutMoney()
        known = begin(money)
        answers: list[object] = []
        return Scene(
            fire=money.fire,
            play=lambda: answers.append(work(money, known)),
            told=lambda: (plain(answers), money.outcome()),
        )

    return make
