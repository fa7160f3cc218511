"""Faults on demand: drawn from a seeded generator, or played from a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from zlib import crc32


class Fault(StrEnum):
    """What can go wrong with one request, or one push."""

    UNAUTHORISED = "unauthorised"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    SLOW = "slow"
    MALFORMED = "malformed"
    PARTIAL_FAILURE = "partial_failure"
    PUSH_LOST = "push_lost"
    PUSH_REPEATED = "push_repeated"
    PUSH_OUT_OF_ORDER = "push_out_of_order"


PUSH_FAULTS = frozenset({Fault.PUSH_LOST, Fault.PUSH_REPEATED, Fault.PUSH_OUT_OF_ORDER})


class PlanError(ValueError):
    """The plan names no fault, or no probability."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """What goes wrong at one channel.

    `queue` is played first, one fault a request or push; after it each request draws one fault by
    `odds` (probabilities that sum to at most 1).
    """

    queue: list[Fault] = field(default_factory=list)
    odds: Mapping[Fault, float] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(0))  # noqa: S311 - dice for faults - faults, not secrets
    hold_seconds: float = 30.0
    """How long `timeout` holds the connection before it drops it."""
    slow_seconds: float = 1.0
    retry_after_seconds: int = 2

    def draw(self, *, push: bool = False) -> Fault | None:
        """The fault of the next request, or of the next push."""
        for position, fault in enumerate(self.queue):
            if (fault in PUSH_FAULTS) is push:
                return self.queue.pop(position)
        pick = self.random.random()
        for fault, chance in self.odds.items():
            if (fault in PUSH_FAULTS) is push:
                if pick < chance:
                    return fault
                pick -= chance
        return None


def plan_from(script: Mapping[str, object]) -> Plan:
    """Read `{"faults": [...] | {fault: probability}, "seed", …}`; raises PlanError."""
    faults = script.get("faults", [])
    queue: list[Fault] = []
    odds: dict[Fault, float] = {}
    try:
        if isinstance(faults, list):
            queue = [Fault(str(name)) for name in faults]
        elif isinstance(faults, dict):
            odds = {Fault(str(name)): float(chance) for name, chance in faults.items()}
        return Plan(
            queue=queue,
            odds=odds,
            random=Random(str(script.get("seed", 0))),  # noqa: S311 - dice for faults
            hold_seconds=float(str(script.get("hold_seconds", 30.0))),
            slow_seconds=float(str(script.get("slow_seconds", 1.0))),
            retry_after_seconds=int(str(script.get("retry_after_seconds", 2))),
        )
    except (ValueError, TypeError) as error:
        raise PlanError(str(error)) from error


def spoiled(number: str) -> bool:
    """Whether a partial failure hits this number: about a third of all, always the same ones."""
    return crc32(number.encode()) % 3 == 0
