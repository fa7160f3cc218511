"""The intake under fire: its router, its queue and its mail, with the parcel really watched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from amends.domain.case.case import Case
from amends.domain.exchange import Response
from amends.domain.occasion import Occasion
from amends.ports import Inspected, Inspector
from amends.service.beyond import Beyond, reach
from amends.service.intake.mail import Mailroom, Received, receive
from amends.service.intake.vault import carry_known
from amends.service.people.speaking import speak_by_mail
from amends.service.settling import Settling
from tests.support.cut_tracking import Tracking
from tests.support.cutting import Scene, a_fire, asked, delivered, guard_all, histories, plain
from tests.support.fakes import MemoryQueue
from tests.support.intake_world import Intake
from tests.support.interleaving import Interleaving
from tests.support.sweeping import sweep
from tests.support.tracking_fakes import Clock
from tests.support.written_mail import HOUSE

KEY = {"idempotency-key": "the client's own"}


@dataclass
class CutIntake(Intake):
    """An intake whose every store is guarded."""

    fire: Interleaving = field(default_factory=a_fire)
    inspect: Inspector = lambda _type, _content: Inspected(
        view=b"a view", likeness="0123456789abcdef"
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        guard_all(self, self.fire, "cases", "contacts", "files", "keys", "vaults")
        self.clock = Clock(self.now)
        self.tracking = Tracking(
            fire=self.fire,
            clock=self.clock,
            cases=self.cases,
            send=lambda _: Response(status=404),
        )

    def wait(self, span: timedelta = timedelta(seconds=31)) -> None:
        """Time passes."""
        self.now += span
        self.clock.at = self.now

    def ask(self, method: str, path: str, body: object, **more: Any) -> tuple[int, Any]:
        """What a client does with a key of its own until it is answered."""
        return asked(lambda: _both(self.call(method, path, body, headers=KEY, **more)), self.wait)

    def sweep(self, span: timedelta) -> None:
        """Time passes, and the sweep comes every ten minutes, whatever the stream has missed."""
        end = self.now + span
        while self.now < end:
            self.wait(timedelta(minutes=10))
            delivered(self._sweep_cases, times=1)
            delivered(self.tracking.sweep, times=1)

    def _sweep_cases(self) -> None:
        def failed(case_id: str, error: Exception) -> None:
            del case_id, error

        occasion = Occasion(at=self.now, by="followup", because="schedule")
        sweep(self.cases, self._settling(), occasion, failed=failed)

    def _settling(self) -> Settling:
        beyond = Beyond(
            cases=self.cases,
            contacts=self.contacts,
            watch=self._watch,
            carry=lambda case, at: carry_known(case, self.vaults, self.cases, self.files, at),
        )
        return Settling(
            rates=dict,
            survey_after=timedelta(days=3),
            payouts=MemoryQueue(),
            scans=lambda _: [],
            on_file=lambda _: [],
            reach=lambda case, occasion: reach(case, beyond, occasion),
        )

    def told(self) -> object:
        """Everything that must be the same."""
        files = {key: len(set(found)) for key, found in self.files.files.items()}
        return plain(
            (
                histories(self.cases),
                sorted(self.contacts._parts.items()),
                files,
                self.tracking.told(),
                self.keys.unanswered,
                [
                    case_id
                    for case_id in self.cases.ids()
                    if self.cases.load(case_id).due_at is None
                ],
            )
        )

    def _watch(self, case: Case) -> None:
        self.tracking.watch_case(case)


def scene(
    begin: Callable[[CutIntake], Any], work: Callable[[CutIntake, Any], object]
) -> Callable[[], Scene]:
    """A scene: what was before, undisturbed, and the work that is cut."""

    def make() -> Scene:
        intake = CutIntake()
        known = begin(intake)
        answers: list[object] = []

        def told() -> object:
            return plain(answers), intake.told()

        return Scene(fire=intake.fire, play=lambda: answers.append(work(intake, known)), told=told)

    return make


@dataclass
class Mailed:
    """Mail that comes to an intake, as its function takes it."""

    intake: CutIntake

    def delivered(self, raw: bytes) -> None:
        """The event is tried three times, then parked; files are looked at as they arrive."""
        delivered(lambda: self._take(raw), times=3)
        for key in [key for key in self.intake.files.files if key.startswith("arriving/")]:
            delivered(lambda key=key: self.intake.arrive(key))  # type: ignore[misc]  # mypy infers no default of a lambda

    def opened(self, raw: bytes) -> str:
        """The case that a mail has opened."""
        case_id = self._take(raw).case_id
        assert case_id is not None
        return case_id

    def _take(self, raw: bytes) -> Received:
        intake = self.intake
        occasion = Occasion(at=intake.now, by="report_intake", because="mail")
        room = Mailroom(
            cases=intake.cases,
            contacts=intake.contacts,
            files=intake.files,
            watch=intake.desk.watch,
            token_key=b"a key for tests",
            house=HOUSE,
            case_of=lambda token: token.removesuffix("-true"),
            post=partial(speak_by_mail, intake.cases, intake.contacts, occasion),
            bounced=lambda _key, _raw: None,
        )
        return receive(raw, room, occasion)


def _both(told: Any) -> tuple[int, Mapping[str, object]]:
    return told.status, told.body
