"""Interleaving: several workers at once, one running at a time, the order drawn from a seed.

Each worker is a thread that hands the baton back at every point; the same seed gives the same run.
"""

from collections.abc import Callable, Sequence
from random import Random
from threading import Lock, Thread, local
from typing import Any


class Killed(BaseException):
    """The invocation ended here; nothing after this line has run."""


class Cut(Exception):  # noqa: N818 - what a broken line raises, whatever became of the effect
    """The effect failed before it happened, or its answer was lost after it had."""


EFFECTS = frozenset(
    "add answered append append_many claim drop drop_due join keep leave move_mark "
    "note_registered open plan plan_many put put_due put_endpoint put_event put_health put_pack "
    "record release remove remove_endpoint save save_many send send_email send_many send_push "
    "send_sms suppress swap".split()
)
"""What the ports call whatever writes or sends: dying before a read is dying after a write."""


class Interleaving:
    """`run` lets tasks take turns; code under test calls `point` before and after each effect."""

    def __init__(self, chance: Random, *, deaths: float) -> None:
        self.chance, self.deaths = chance, deaths
        self.points = self.kills = 0
        self.kill_at: int | None = None
        """Kill at exactly this point, and at no other."""
        self.ending: type[BaseException] = Killed
        self.places: list[str] = []
        """Every point that was passed."""
        self.place = ""
        """Where it was cut last."""
        self._mine = local()
        self._back = _held()

    def point(self, place: str = "") -> None:
        """Somebody else may run now; or nobody ever again on this invocation."""
        self.points += 1
        mine = self.points
        self.places.append(place)
        baton = getattr(self._mine, "baton", None)
        if baton is not None:
            self._back.release()
            baton.acquire()
        if mine == self.kill_at or self.chance.random() < self.deaths:
            self.kills += 1
            self.place = place
            raise self.ending(place)

    def run(self, tasks: Sequence[Callable[[], None]]) -> list[BaseException | None]:
        """Run all; how each ended: None, killed, or with its exception."""
        ends: list[BaseException | None] = [None] * len(tasks)
        batons = [_held() for _ in tasks]
        alive = set(range(len(tasks)))

        def worker(number: int) -> None:
            self._mine.baton = batons[number]
            batons[number].acquire()
            try:
                tasks[number]()
            except BaseException as end:  # noqa: BLE001 - told to whoever asked for the run
                ends[number] = end
            finally:
                alive.discard(number)
                self._back.release()

        threads = [Thread(target=worker, args=(number,), daemon=True) for number in alive]
        for thread in threads:
            thread.start()
        while alive:
            batons[self.chance.choice(sorted(alive))].release()
            self._back.acquire()
        for thread in threads:
            thread.join()
        return ends


def _held() -> "Lock":
    """A baton that somebody has: whoever waits for it goes on when it is released."""
    baton = Lock()
    baton.acquire()
    return baton


class Guarded:
    """Stands before a collaborator: a point before and after each of its effects.

    Without `effects` every call is one, reads too: another worker may come in between.
    """

    __slots__ = ("_effects", "_fire", "_inner")

    def __init__(
        self, inner: object, fire: Interleaving, effects: frozenset[str] | None = None
    ) -> None:
        for name, value in (("_inner", inner), ("_fire", fire), ("_effects", effects)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._inner, name, value)

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._inner, name)
        if not callable(member) or (self._effects is not None and name not in self._effects):
            return member
        place = f"{type(self._inner).__name__.removeprefix('Memory')}.{name}"

        def guarded(*args: Any, **named: Any) -> Any:
            if args == ([],):  # nothing to send is no effect
                return member(*args, **named)
            self._fire.point(f"before {place}")
            answer = member(*args, **named)
            self._fire.point(f"after {place}")
            return answer

        return guarded
