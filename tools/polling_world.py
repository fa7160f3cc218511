"""A world of parcels: hubs, legs and scans, fitted to the figures of the reference.

`reference/tracking.md` section 5.4: days from carrier to customer are lognormal (mu 1.885, sigma
0.892), from label to carrier lognormal (0.786, 0.957); delivery hours peak from 16 to 20; about 1 %
are lost. No public set of scans with hub names exists: the graph and the scan rates are ours.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from amends.domain.parcel.reading import Place, Scan
from amends.domain.parcel.state import Lane
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Step

START = datetime(2026, 6, 1, tzinfo=UTC)
_M, _S = Milestone, Step
_HUBS = 60
_GATEWAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One true scan: hours after the label, and what it says."""

    hour: float
    milestone: Milestone
    step: Step | None
    hub: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory:
    """One parcel: scans with the hour at which the channel shows each; when it was lost, if so."""

    number: str
    lane: Lane
    scans: tuple[Scan, ...]
    shown: tuple[float, ...]
    lost_at: float | None


def trajectories(count: int, *, seed: int) -> Iterator[Trajectory]:
    """So many parcels; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    hubs = [(chance.random(), chance.random()) for _ in range(_HUBS)]
    for place in range(count):
        yield _trajectory(chance, hubs, f"SIM{place:08d}")


def _trajectory(chance: random.Random, hubs: list[tuple[float, float]], number: str) -> Trajectory:
    is_domestic = chance.random() < 0.6
    lane = Lane(origin="CN", destination="CN" if is_domestic else "DE")
    marks = _delivered(chance, list(_journey(chance, hubs, is_domestic=is_domestic)))
    lost_at = None
    if chance.random() < 0.01:
        last = chance.randrange(1, len(marks) - 1)
        marks = marks[: last + 1]
        lost_at = marks[-1].hour
    told = [
        mark
        for mark in marks
        if mark.milestone in (_M.ACCEPTED, _M.DELIVERED) or chance.random() > 0.08
    ]
    shown: list[float] = []
    for mark in told:
        seen = mark.hour + min(chance.lognormvariate(math.log(0.35), 0.8), 24)
        shown.append(max(seen, shown[-1] if shown else 0.0))
    return Trajectory(
        number=number,
        lane=lane,
        scans=tuple(_scan(mark) for mark in told),
        shown=tuple(shown),
        lost_at=lost_at,
    )


def _journey(
    chance: random.Random, hubs: list[tuple[float, float]], *, is_domestic: bool
) -> Iterator[Mark]:
    """From label to depot, its legs stretched so that the whole takes as long as it is drawn."""
    yield Mark(hour=0.0, milestone=_M.INFO_RECEIVED, step=None, hub="")
    start = 24 * min(chance.lognormvariate(0.786, 0.957), 14)
    total = 24 * min(chance.lognormvariate(1.885, 0.892), 75)
    legs = list(_legs(chance, hubs, is_domestic=is_domestic))
    scale = max(total - 9, 12) / sum(gap for gap, *_ in legs)
    hour = start
    yield Mark(hour=hour, milestone=_M.ACCEPTED, step=_S.ACCEPTED, hub="origin")
    for gap, milestone, step, hub in legs:
        hour += gap * scale
        yield Mark(hour=hour, milestone=milestone, step=step, hub=hub)


_Leg = tuple[float, Milestone, Step | None, str]


def _legs(
    chance: random.Random, hubs: list[tuple[float, float]], *, is_domestic: bool
) -> Iterator[_Leg]:
    """Gaps in units of their own, with what is scanned at the end of each."""
    way = chance.sample(range(_GATEWAYS, _HUBS), chance.choice((1, 2, 2, 3)))
    if not is_domestic:
        way = [*way, *chance.sample(range(_GATEWAYS), 2), chance.randrange(_GATEWAYS, _HUBS)]
    before = hubs[chance.randrange(_HUBS)]
    for place, hub in enumerate(way):
        far = math.dist(before, hubs[hub])
        before = hubs[hub]
        name = f"HUB{hub:02d}"
        leaving = not is_domestic and place == len(way) - 3
        entering = not is_domestic and place == len(way) - 2
        travel = (4 + 30 * far) * chance.lognormvariate(0, 0.7) * (4 if entering else 1)
        yield (travel, _M.IN_TRANSIT, _S.ARRIVED_DEST_COUNTRY if entering else _S.ARRIVED, name)
        if entering:
            yield from _customs(chance, name)
        if chance.random() < 0.5:
            yield (chance.lognormvariate(-0.5, 1.2), _M.IN_TRANSIT, _S.PROCESSED, name)
        step = _S.LEFT_ORIGIN_COUNTRY if leaving else _S.DEPARTED
        yield (chance.lognormvariate(1.6, 1.0), _M.IN_TRANSIT, step, name)
    yield (6 * chance.lognormvariate(0, 0.7), _M.IN_TRANSIT, _S.DELIVERY_DEPOT, "depot")


def _customs(chance: random.Random, name: str) -> Iterator[_Leg]:
    yield (chance.lognormvariate(0.5, 0.8), _M.CUSTOMS, _S.PRESENTED, name)
    if chance.random() < 0.1:
        yield (chance.lognormvariate(1.5, 0.8), _M.CUSTOMS, _S.HELD, name)
        yield (72 * chance.lognormvariate(0, 0.6), _M.CUSTOMS, _S.RELEASED, name)
    else:
        yield (chance.lognormvariate(2.2, 0.8), _M.CUSTOMS, _S.RELEASED, name)


def _delivered(chance: random.Random, marks: list[Mark]) -> list[Mark]:
    """The last day: out in the morning, delivered around six, sometimes only the day after."""
    day = math.ceil((marks[-1].hour - 8) / 24)
    while True:
        if day % 7 == 6 and chance.random() > 0.06:
            day += 1
        out = max(day * 24 + chance.gauss(8, 1), marks[-1].hour + 0.2)
        marks.append(Mark(hour=out, milestone=_M.OUT_FOR_DELIVERY, step=None, hub="depot"))
        at = out + 1 + max(0.2, chance.gauss(8.5, 2.8))
        if chance.random() < 0.9:
            marks.append(Mark(hour=at, milestone=_M.DELIVERED, step=None, hub="door"))
            return marks
        marks.append(Mark(hour=at, milestone=_M.DELIVERY_FAILED, step=None, hub="door"))
        day = math.ceil(at / 24)


def _scan(mark: Mark) -> Scan:
    at = START + timedelta(hours=mark.hour)
    return Scan(
        at=at,
        at_raw=at.isoformat(),
        offset_source=OffsetSource.EXPLICIT,
        milestone=mark.milestone,
        step=mark.step,
        place=Place(text=mark.hub),
        channel="sim",
    )
