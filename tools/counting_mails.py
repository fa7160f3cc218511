"""A mail service for benchmarks: it sends nothing and counts what it was asked to send."""

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from amends.domain.people.delivery import Outcome
from amends.ports import Unsent


@dataclass(slots=True)
class Mails:
    """A mail service that builds each mail, sends nothing, and notes when, and with which key."""

    at: list[float] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    lock: Any = field(default_factory=Lock)

    def send_email(self, *, key: str, **letter: Any) -> str:
        """Count one, made up as it would go to SES."""
        from amends.adapters.letter import raw_mail

        raw_mail(key=key, sender="claims@amends.example", sender_name="Amends", **letter)
        with self.lock:
            self.at.append(time.time())
            self.keys[key] += 1
        return key

    def send_sms(self, **_: object) -> str:
        """Nobody here has a telephone."""
        raise Unsent(Outcome.REFUSED, "no telephone")

    def send_push(self, **_: object) -> str:
        """Nor an app."""
        raise Unsent(Outcome.REFUSED, "no app")


def most_in_a_second(moments: Iterable[float]) -> int:
    """The most that fell into any one second."""
    at = sorted(moments)
    most, first = 0, 0
    for place, moment in enumerate(at):
        while moment - at[first] >= 1:
            first += 1
        most = max(most, place - first + 1)
    return most
