"""Cutting: a scene is played again and again, cut at each of its effects in turn.

A cut ends one invocation as a dying worker does (`Killed`), or fails one effect before it happened
or after it had (`Cut`). What AWS and the callers then do by themselves goes on without one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import ndiff
from random import Random
from typing import Any, TypeVar

from amends.adapters.codec import encode_event
from tests.support.interleaving import EFFECTS, Cut, Guarded, Interleaving, Killed

T = TypeVar("T")
WAYS: tuple[type[BaseException], ...] = (Killed, Cut)
REDELIVERIES = 5
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T[0-9:.+Z]+)?")


@dataclass(slots=True, kw_only=True)
class Scene:
    """`play` does the work and all that follows by itself; `told` is what came of it."""

    fire: Interleaving
    play: Callable[[], None]
    told: Callable[[], Any]


@dataclass(slots=True, kw_only=True)
class Played:
    """One run that was cut: where, how, and what came of it."""

    place: str
    way: type[BaseException]
    told: Any = field(repr=False)


def a_fire() -> Interleaving:
    """Cuts only where it is told to."""
    return Interleaving(Random(0), deaths=0)  # noqa: S311 - a seed, so that a run can be had again


def guard(inner: T, fire: Interleaving) -> T:
    """The collaborator, with a point before and after each of its effects."""
    guarded: Any = Guarded(inner, fire, EFFECTS)
    found: T = guarded
    return found


def guard_all(world: object, fire: Interleaving, *names: str) -> None:
    """Put collaborators of a world under fire, by the names of its fields."""
    for name in names:
        setattr(world, name, guard(getattr(world, name), fire))


def calmly(make: Callable[[], Scene]) -> tuple[Any, list[str]]:
    """What comes of a scene that nothing disturbs, and the points that it has."""
    scene = make()
    scene.fire.places.clear()
    scene.play()
    return scene.told(), list(scene.fire.places)


def cuts(
    make: Callable[[], Scene], ways: tuple[type[BaseException], ...] = WAYS
) -> Iterator[Played]:
    """Play a scene once for each of its points, cut there.

    Dying before an effect is dying after the one before it, so that it is tried at the first only.
    """
    _, places = calmly(make)
    for way in ways:
        for point, place in enumerate(places, start=1):
            if way is Killed and point > 1 and place.startswith("before"):
                continue
            scene = make()
            scene.fire.points, scene.fire.kill_at, scene.fire.ending = 0, point, way
            scene.play()
            assert scene.fire.place == place, "the same scene, played again, must be the same"
            yield Played(place=place, way=way, told=scene.told())


def ends_alike(
    make: Callable[[], Scene], *, at_least: int, ways: tuple[type[BaseException], ...] = WAYS
) -> None:
    """Wherever a scene is cut, the same comes of it; `at_least` so many points it has."""
    expected, places = calmly(make)
    assert len(places) >= at_least, f"only {len(places)} points: is everything under guard?"
    for played in cuts(make, ways):
        differs = "\n".join(unlike(str(expected), str(played.told)))
        assert not differs, f"{played.way.__name__} {played.place}\n{differs}"


def delivered(act: Callable[[], T], *, times: int = REDELIVERIES) -> T | None:
    """What a queue or a stream does: again until it is taken; None when it is parked."""
    for _ in range(times):
        try:
            return act()
        except (Killed, Cut):
            continue
    return None


def asked(
    act: Callable[[], tuple[int, Any]], wait: Callable[[], None], *, times: int = REDELIVERIES
) -> tuple[int, Any]:
    """What a client does: the same request with the same key until there is an answer."""
    told: tuple[int, Any] = (0, None)
    for _ in range(times):
        try:
            told = act()
        except Killed:
            wait()
            continue
        status, body = told
        still_running = status == 409 and body["code"] == "idempotency_twin_running"
        if status < 500 and not still_running:
            assert status < 400, f"what was done is not refused when it is asked for again: {told}"
            return told
        wait()
    raise AssertionError(f"the client was never answered: {told}")


def histories(cases: Any) -> dict[str, list[tuple[str, str]]]:
    """Every case's events."""
    return {
        case_id: [encode_event(one.event) for one in cases.history(case_id)]
        for case_id in cases.ids()
    }


def plain(told: object) -> str:
    """As text, without moments: what had to wait comes later."""
    return MOMENT.sub("…", repr(told))


def unlike(expected: str, found: str) -> list[str]:
    """The lines that differ."""
    lines = ndiff(_lines(expected), _lines(found))
    return [line for line in lines if line[0] in "+-"] if expected != found else []


def _lines(text: str) -> list[str]:
    return text.replace("), (", "),\n(").replace(", '", ",\n'").splitlines()
