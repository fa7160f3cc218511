"""Ports of sweeping: what is due is read a page at a time and put to a queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage(Generic[Row]):
    """Some rows of one shard, the longest due first."""

    rows: tuple[Row, ...]
    mark: str | None
    """Where the next page begins; None when nothing was read."""
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """How far one pass over the shards of an index has come, and when it began."""

    began_at: datetime
    marks: Mapping[str, str]
    """By shard; a shard that is not named begins at its start."""


class Passes(Protocol):
    """The unfinished pass of each sweep, by name."""

    def load(self, name: str) -> Pass | None:
        """The pass, if there is one."""
        ...

    def save(self, name: str, one: Pass) -> None:
        """Keep how far it has come; of two at once either may stay."""
        ...


class WorkQueue(Protocol):
    """A queue that tells how much waits in it."""

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Put many; each is delivered at least once."""
        ...

    def waiting(self) -> int:
        """About how many documents wait or are being worked on."""
        ...
