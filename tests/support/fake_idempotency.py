"""Idempotency in memory: the contract of the port, kept by a dictionary."""

from collections.abc import Sequence
from datetime import datetime

from amends.adapters.idempotency import ABANDONED_AFTER
from amends.ports.idempotency import Claimed, Replay, Reused, Running


class MemoryIdempotency:
    """First answers in memory; a claim whose holder died may be claimed again."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, datetime, Replay | None]] = {}

    @property
    def unanswered(self) -> Sequence[str]:
        """Keys whose request nobody has answered."""
        return [key for key, (_, _, answer) in self._rows.items() if answer is None]

    def claim(self, key: str, digest: str, *, at: datetime) -> Claimed | Replay | Reused | Running:
        if key not in self._rows:
            self._rows[key] = (digest, at, None)
            return Claimed()
        known, claimed_at, answer = self._rows[key]
        if known != digest:
            return Reused()
        if answer is None and claimed_at < at - ABANDONED_AFTER:
            self._rows[key] = (digest, at, None)
            return Claimed()
        return answer or Running()

    def answered(self, key: str, *, status: int, body: str, headers: dict[str, str]) -> None:
        digest, at, _ = self._rows[key]
        self._rows[key] = (digest, at, Replay(status=status, body=body, headers=headers))

    def release(self, key: str) -> None:
        self._rows.pop(key, None)

    def lose_answers(self) -> None:
        """As if every function had died before its answer was kept, long ago."""
        self._rows.clear()
