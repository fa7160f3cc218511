"""Ports: what became of a client's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The key is ours: do it, then keep the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """It was done: this was the answer."""

    status: int
    body: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """The key came with another body before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A twin is being answered."""


class Idempotency(Protocol):
    """The first answer to each Idempotency-Key."""

    def claim(self, key: str, digest: str, *, at: datetime) -> Claimed | Replay | Reused | Running:
        """Claim a key for a body (by its digest), or say what became of the first claim."""
        ...

    def answered(self, key: str, *, status: int, body: str, headers: dict[str, str]) -> None:
        """Keep the first answer."""
        ...

    def release(self, key: str) -> None:
        """Forget a claim that was refused."""
        ...
