"""Published limits and who broke them."""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from re import search

DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most so many requests in a span, of those whose `GET /path` matches `pattern`."""

    requests: int
    seconds: float
    pattern: str = ""

    def forgets(self, then: float, now: float) -> bool:
        """Whether a request of that time counts no more; a day's quota starts anew at midnight.

        DHL says so (00:00 GMT); of FedEx and SF, which only name a number a day, it is assumed.
        """
        if self.seconds == DAY:
            return then // DAY < now // DAY
        return now - then >= self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A channel's published limits; figures from `reference/tracking.md` section 2."""

    batch: int = 1
    rates: Sequence[Rate] = ()
    refresh_seconds: float = 0
    """Asking about one number sooner than this is a breach (0: harmless)."""
    registration_seconds: float = 0
    """How long a registered number stays empty (0 unless a test sets it)."""
    enforced: bool = True
    """Whether a breach is answered as the provider does, or only recorded."""


@dataclass(slots=True, kw_only=True)
class Ledger:
    """Everything one channel was asked, and what of it broke its terms."""

    requests: int = 0
    paths: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    pushes: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)
    examples: deque[dict[str, str]] = field(default_factory=lambda: deque(maxlen=50))
    times: dict[Rate, deque[float]] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)

    def break_of(self, kind: str, detail: str, at: str) -> None:
        """Record a violation."""
        self.violations[kind] += 1
        self.examples.append({"kind": kind, "detail": detail, "at": at})

    def admit(self, line: str, terms: Terms, now: float) -> Rate | None:
        """Count one request; the rate that it exceeds, if any. Refused ones do not count."""
        concerned = [rate for rate in terms.rates if search(rate.pattern, line)]
        for rate in concerned:
            times = self.times.setdefault(rate, deque())
            while times and rate.forgets(times[0], now):
                times.popleft()
            if len(times) >= rate.requests:
                return rate
        for rate in concerned:
            self.times[rate].append(now)
        return None

    def refreshed(self, number: str, terms: Terms, now: float) -> bool:
        """Count one look at a number; whether it came no sooner than allowed."""
        self.numbers[number] += 1
        before = self.asked_at.get(number)
        self.asked_at[number] = now
        return before is None or now - before >= terms.refresh_seconds

    def summary(self) -> dict[str, object]:
        """As `GET /_world/log` tells it."""
        return {
            "requests": self.requests,
            "paths": dict(self.paths),
            "statuses": {str(status): count for status, count in self.statuses.items()},
            "faults": dict(self.faults),
            "pushes": dict(self.pushes),
            "numbers_asked": sum(self.numbers.values()),
            "numbers_distinct": len(self.numbers),
            "most_asked": dict(self.numbers.most_common(5)),
            "violations": dict(self.violations),
            "examples": list(self.examples),
        }
