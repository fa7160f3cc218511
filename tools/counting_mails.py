"""A mail service for benchmarks: it sends nothing and counts what it was asked to send."""

import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import Any


@dataclass(slots=True)
class Mails:
    """A mail service that sends nothing and notes when it was asked to, and with which key."""

    at: list[float] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    lock: Any = field(default_factory=Lock)

    def send_email(self, *, key: str, **_: object) -> str:
        """Count one."""
        with self.lock:
            self.at.append(time.perf_counter())
            self.keys[key] += 1
        return key

    def send_sms(self, **_: object) -> str:
        """Nobody here has a telephone."""
        raise NotImplementedError

    def send_push(self, **_: object) -> str:
        """Nor an app."""
        raise NotImplementedError

    def twice(self) -> int:
        """How many were sent more than once."""
        return sum(count > 1 for count in self.keys.values())

    def most_in_a_second(self) -> int:
        """The most that fell into any one second."""
        most, first = 0, 0
        for place, at in enumerate(self.at):
            while at - self.at[first] >= 1:
                first += 1
            most = max(most, place - first + 1)
        return most
