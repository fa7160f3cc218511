"""Settlement's cases under fire: the claimant's and the staff's endpoints, stream and sweep."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from amends.service.due import act
from amends.service.settling import next_step
from tests.support.agreement_world import CASE, TOKEN, AgreementWorld
from tests.support.cutting import Scene, a_fire, asked, delivered, guard_all, histories, plain
from tests.support.interleaving import Interleaving

KEY = "the client's own"
GUARDED = ("cases", "contacts", "payouts", "evidence", "keys")


@dataclass
class CutAgreement(AgreementWorld):
    """A case that comes to terms, on guarded stores."""

    fire: Interleaving = field(default_factory=a_fire)

    def __post_init__(self) -> None:
        super().__post_init__()
        guard_all(self, self.fire, *GUARDED)

    def claimant_asks(self, path: str, body: object) -> tuple[int, Any]:
        """What the claimant's client does with a key of its own until it is answered."""
        call = partial(self.call, "POST", f"{CASE}/{path}", body, token=TOKEN, key=KEY)
        return asked(call, self._wait)

    def claimant_once(self, path: str, body: object) -> None:
        """The same, by a client that never asks again."""
        call = partial(self.call, "POST", f"{CASE}/{path}", body, token=TOKEN, key=KEY)
        delivered(call, times=1)

    def staff_asks(self, groups: str, path: str, body: object) -> tuple[int, Any]:
        """The same of a member of staff."""
        full = path if path.startswith("/") else f"/v1/staff/cases/{self.id}/{path}"
        return asked(partial(self.call, "POST", full, body, groups=groups, key=KEY), self._wait)

    def linked_asks(self, path: str, token: str, body: object) -> tuple[int, Any]:
        """The same of whoever holds a task's link."""
        return asked(partial(self.call, "POST", path, body, token=token, key=KEY), self._wait)

    def flow(self, *, times: int = 5) -> None:
        """The stream's records of every case, until they are taken, or given up."""
        for case_id in self.cases.ids():
            delivered(partial(self._step, case_id), times=times)

    def sweeps(self, span: timedelta, *, step: timedelta) -> None:
        """Let time pass: the sweep acts on what is due; what failed comes a minute later."""
        end = self.now + span
        while self.now < end:
            self.now += step
            for case_id in self.cases.ids():
                due_at = self.cases.load(case_id).due_at
                if due_at is not None and due_at <= self.now:
                    delivered(partial(self._act, case_id), times=2)

    def outcome(self) -> str:
        """Everything that must be the same."""
        cases = [self.cases.load(case_id) for case_id in self.cases.ids()]
        limbo = [case.id for case in cases if case.is_open and case.due_at is None]
        watched = sorted(set(self.watched))
        parts = sorted(self.contacts._parts.items())
        return plain((histories(self.cases), parts, watched, limbo, self.keys.unanswered))

    def _step(self, case_id: str) -> None:
        next_step(self.cases, case_id, self.settling(), self.occasion("stream"))

    def _act(self, case_id: str) -> None:
        act(self.cases, case_id, self.settling(), self.occasion("sweep"))

    def _wait(self) -> None:
        self.now += timedelta(seconds=31)


def scene(
    begin: Callable[[CutAgreement], Any], work: Callable[[CutAgreement, Any], object]
) -> Callable[[], Scene]:
    """A scene: what was before, undisturbed, and the work that is cut."""

    def make() -> Scene:
        world = CutAgreement()
        known = begin(world)
        answers: list[object] = []
        return Scene(
            fire=world.fire,
            play=lambda: answers.append(work(world, known)),
            told=lambda: (plain(answers), world.outcome()),
        )

    return make
