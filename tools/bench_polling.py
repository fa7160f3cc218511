"""Polls and detection delay: ours against a fixed interval and a ladder (`make bench-polling`).

All three ask the same channel about the same parcels, with the same thresholds for a loss; they
differ only in when they ask. A scan's delay counts from when the channel shows it, a loss's from
when the parcel was last in somebody's hands. With pushes, one in twenty is lost and never repeated.
"""

import argparse
import math
import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import pairwise

from amends.domain.parcel.anomaly import next_alarm_at
from amends.domain.parcel.merging import heard
from amends.domain.parcel.packing import patience
from amends.domain.parcel.polling import Outcome, next_due
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.state import ParcelState
from amends.domain.parcel.throttle import chance
from amends.domain.parcel.vocabulary import Milestone
from tools.polling_tally import NAMES, Tally, quantile, report, shortfalls
from tools.polling_world import START, Trajectory, trajectories

COUNT = 20_000
SEED = 20261122
REFRESH = timedelta(hours=1)
_HORIZON = 24 * 120.0
_PUSH_LOST = 0.05
_ZONE = UTC
_NONE = float("inf")
_FIXED = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The state after so many scans, and the hour at which, in silence, an alarm falls due."""

    state: ParcelState
    alarm: float
    is_delivered: bool


@dataclass(slots=True)
class Asked:
    """Where one parcel stands in one run."""

    hour: float = 0.0
    known: int = 0
    empties: int = 0
    last: Outcome = Outcome.NOTHING


Plan = Callable[[Trajectory, Asked, Seen, bool], float | None]


def ladder(_parcel: Trajectory, asked: Asked, _seen: Seen, _has_push: bool) -> float | None:  # noqa: FBT001 - a Plan
    """3, 6, 12, 24 hours without news, and from the start after a new event."""
    return asked.hour + (3, 6, 12, 24)[min(asked.empties, 3)]


def ours(parcel: Trajectory, asked: Asked, seen: Seen, has_push: bool) -> float | None:  # noqa: FBT001 - a Plan
    """What the poller does."""
    alarm = None if seen.alarm == _NONE else START + timedelta(hours=seen.alarm)
    due = next_due(
        seen.state,
        asked_at=START + timedelta(hours=asked.hour),
        outcome=asked.last,
        refresh_after=REFRESH,
        seed=parcel.number,
        has_push=has_push,
        destination_zone=_ZONE,
        empty_polls=asked.empties,
        alarm_at=alarm,
    )
    if due is None:
        return None
    asked_at = START + timedelta(hours=asked.hour)
    company = patience(due, at=asked_at, is_exact=due == alarm)
    due += company * chance(f"{parcel.number}:company:{asked.hour}")
    return (due - START) / timedelta(hours=1)


def prefixes(parcel: Trajectory) -> list[Seen]:
    """What is known after none, one, two … scans."""
    return [_seen(parcel, count) for count in range(len(parcel.scans) + 1)]


def _seen(parcel: Trajectory, count: int) -> Seen:
    told = parcel.scans[:count]
    reading = Reading(
        number=parcel.number,
        channel="sim",
        found=bool(told),
        milestone=told[-1].milestone if told else Milestone.NOT_FOUND,
        scans=told,
    )
    state = heard(reading, at=START)
    alarm = next_alarm_at(state, lane=parcel.lane, now=START)
    return Seen(
        state=state,
        alarm=_NONE if alarm is None else (alarm - START) / timedelta(hours=1),
        is_delivered=state.milestone is Milestone.DELIVERED,
    )


def run(
    parcel: Trajectory, seen: list[Seen], plan: Plan, tally: Tally, pushes: list[float]
) -> None:
    """Watch one parcel to its end: delivered and seen so, or its loss found."""
    asked = Asked()
    tally.parcels += 1
    due: float | None = 0.0
    while due is not None and due < _HORIZON:
        pushed = _next_push(pushes, asked.hour, due)
        asked.hour = due if pushed is None else pushed
        tally.polls += pushed is None
        _look(parcel, asked, tally, is_poll=pushed is None)
        now = seen[asked.known]
        if now.is_delivered and plan is not ours:
            return
        is_lost = parcel.lost_at is not None and asked.known == len(parcel.scans)
        if parcel.lost_at is not None and is_lost and asked.hour >= now.alarm and pushed is None:
            tally.loss_delays.append(asked.hour - parcel.lost_at)
            return
        if now.is_delivered:
            tally.after_delivery += pushed is None and asked.last is Outcome.NOTHING
        due = plan(parcel, asked, now, bool(pushes))


def run_fixed(parcel: Trajectory, seen: list[Seen], tally: Tally, pushes: list[float]) -> None:
    """The same for a poll every two hours, as karrio's server does, without the empty ones."""
    tally.parcels += 1
    last = 0.0
    for shown in parcel.shown:
        polled = math.ceil(shown / _FIXED) * _FIXED
        place = bisect_left(pushes, shown)
        last = min(polled, pushes[place]) if place < len(pushes) else polled
        tally.scan_delays.append(last - shown)
    end = last
    if parcel.lost_at is not None:
        end = math.ceil(max(last, seen[-1].alarm) / _FIXED) * _FIXED
        tally.loss_delays.append(end - parcel.lost_at)
    tally.polls += int(end // _FIXED) + 1


def _next_push(pushes: list[float], after: float, before: float) -> float | None:
    place = bisect_right(pushes, after)
    return pushes[place] if place < len(pushes) and pushes[place] < before else None


def _look(parcel: Trajectory, asked: Asked, tally: Tally, *, is_poll: bool) -> None:
    count = bisect_right(parcel.shown, asked.hour)
    if count > asked.known:
        tally.scan_delays.extend(asked.hour - at for at in parcel.shown[asked.known : count])
        asked.known = count
        asked.empties = 0
        asked.last = Outcome.NEWS
    else:
        asked.empties += is_poll
        asked.last = Outcome.NOTHING


def simulate(count: int, *, seed: int = SEED) -> dict[tuple[str, bool], Tally]:
    """Every plan, with and without pushes, over the same parcels."""
    tallies = {(name, pushed): Tally() for pushed in (False, True) for name in NAMES}
    chance = random.Random(seed + 1)  # noqa: S311 - a simulation, not a secret
    for parcel in trajectories(count, seed=seed):
        seen = prefixes(parcel)
        pushes = [at for at in parcel.shown if chance.random() > _PUSH_LOST]
        for (name, pushed), tally in tallies.items():
            told = pushes if pushed else []
            if name == "fixed":
                run_fixed(parcel, seen, tally, told)
            else:
                run(parcel, seen, ours if name == "ours" else ladder, tally, told)
    return tallies


def gap_quantiles(count: int) -> list[float]:
    """The hours between neighbouring scans at p10, p25, p50, p75, p90, p95 and p99."""
    gaps = [
        (later.at - earlier.at) / timedelta(hours=1)
        for parcel in trajectories(count, seed=SEED)
        for earlier, later in pairwise(parcel.scans)
    ]
    return [quantile(gaps, share) for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)]


def main() -> None:
    """Print the comparison; exit 1 where ours misses its marks."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=COUNT)
    count = options.parse_args().count
    started = time.perf_counter()
    tallies = simulate(count)
    print(f"{count:,} parcels, {len(tallies['ours', False].loss_delays)} losses found by ours")
    gaps = " ".join(f"{gap:.1f}" for gap in gap_quantiles(2_000))
    print(f"scan gaps p10 to p99: {gaps} h (31 recorded ones: 0.0 0.9 4.9 15.6 30.6 68.0 270.0)")
    print("\n".join(report(tallies)))
    print(f"\n{time.perf_counter() - started:.0f} s")
    if missed := shortfalls(tallies):
        raise SystemExit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
