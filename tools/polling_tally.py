"""What each way of polling cost and brought, and whether ours holds its marks."""

from collections.abc import Iterable
from dataclasses import dataclass, field

NAMES = ("fixed", "ladder", "ours")


@dataclass(slots=True)
class Tally:
    """What one way of polling cost and brought."""

    parcels: int = 0
    polls: int = 0
    after_delivery: int = 0
    scan_delays: list[float] = field(default_factory=list)
    loss_delays: list[float] = field(default_factory=list)


def per_parcel(tally: Tally) -> float:
    """Polls per parcel, the looks after a delivery included."""
    return tally.polls / tally.parcels


def mean(values: list[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def quantile(values: list[float], share: float) -> float:
    """The value below which such a share lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def shortfalls(tallies: dict[tuple[str, bool], Tally]) -> list[str]:
    """Where ours misses what it must show; empty when it does not."""
    missed = []
    for pushed in (False, True):
        other, rung, own = (tallies[name, pushed] for name in NAMES)
        late = quantile(own.loss_delays, 0.95)
        checks = {
            "a sixth of the fixed interval's polls": per_parcel(own) * 6 <= per_parcel(other),
            "p95 of a loss as the fixed interval": late <= quantile(other.loss_delays, 0.95),
            "fewer polls than the ladder": per_parcel(own) < per_parcel(rung),
            "p95 of a loss better than the ladder": late < quantile(rung.loss_delays, 0.95),
            "scans sooner than the ladder": mean(own.scan_delays) < mean(rung.scan_delays),
            "p95 of scans no later than the ladder": quantile(own.scan_delays, 0.95)
            <= quantile(rung.scan_delays, 0.95),
        }
        missed += [f"{what} (pushes: {pushed})" for what, holds in checks.items() if not holds]
    return missed


def report(tallies: dict[tuple[str, bool], Tally]) -> Iterable[str]:
    """The table, line by line."""
    for pushed in (False, True):
        yield f"\n{'with pushes, 5 % of them lost' if pushed else 'polls only'}"
        yield (
            f"{'':8}{'polls/parcel':>14}{'of fixed':>10}{'(after end)':>12}"
            f"{'scan mean':>11}{'p95':>8}{'loss mean':>11}{'p95':>9}  hours"
        )
        base = per_parcel(tallies["fixed", pushed])
        for name in NAMES:
            tally = tallies[name, pushed]
            yield (
                f"{name:8}{per_parcel(tally):14.2f}{f'1/{base / per_parcel(tally):.2f}':>10}"
                f"{tally.after_delivery / tally.parcels:12.2f}"
                f"{mean(tally.scan_delays):11.2f}{quantile(tally.scan_delays, 0.95):8.2f}"
                f"{mean(tally.loss_delays):11.2f}{quantile(tally.loss_delays, 0.95):9.2f}"
            )
