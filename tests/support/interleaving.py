"""Interleaving: several workers at once, one running at a time, the order drawn from a seed.

Each worker is a thread that hands the baton back at every point; the same seed gives the same run.
"""

from collections.abc import Callable, Sequence
from random import Random
from threading import Semaphore, Thread, local
from typing import Any


class Killed(BaseException):
    """The invocation ended here; nothing after this line has run."""


class Interleaving:
    """`run` lets tasks take turns; code under test calls `point` before and after each effect."""

    def __init__(self, chance: Random, *, deaths: float) -> None:
        self.chance, self.deaths = chance, deaths
        self.points = self.kills = 0
        self.kill_at: int | None = None
        """Kill at exactly this point, and at no other."""
        self._mine = local()
        self._back = Semaphore(0)

    def point(self) -> None:
        """Somebody else may run now; or nobody ever again on this invocation."""
        self.points += 1
        mine = self.points
        baton = getattr(self._mine, "baton", None)
        if baton is not None:
            self._back.release()
            baton.acquire()
        if mine == self.kill_at or self.chance.random() < self.deaths:
            self.kills += 1
            raise Killed

    def run(self, tasks: Sequence[Callable[[], None]]) -> list[BaseException | None]:
        """Run all; how each ended: None, killed, or with its exception."""
        ends: list[BaseException | None] = [None] * len(tasks)
        batons = [Semaphore(0) for _ in tasks]
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


class Guarded:
    """Stands before a collaborator: a point before and after each of its effects."""

    def __init__(self, inner: object, fire: Interleaving) -> None:
        self._inner, self._fire = inner, fire

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        def guarded(*args: Any, **named: Any) -> Any:
            self._fire.point()
            answer = method(*args, **named)
            self._fire.point()
            return answer

        return guarded
