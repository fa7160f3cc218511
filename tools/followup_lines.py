"""Queues of the follow-ups' benchmark, which hand on what is put to them."""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any


class Line:
    """A queue of the process: what was sent is taken out once."""

    def __init__(self) -> None:
        self.rows: deque[Mapping[str, Any]] = deque()

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one."""
        del delay_seconds
        self.rows.append(document)

    def send_many(self, documents: Sequence[Mapping[str, object]]) -> None:
        """Put many."""
        self.rows.extend(documents)


class Handed:
    """The queue of due cases: hands each document to the workers, or only counts."""

    def __init__(self, line: Any | None) -> None:
        self.put = 0
        self._line = line

    def send(self, document: Mapping[str, object], *, delay_seconds: int = 0) -> None:
        """Put one."""
        del delay_seconds
        self.send_many([document])

    def send_many(self, documents: Sequence[Mapping[str, Any]]) -> None:
        """Put many."""
        for document in documents:
            self.put += len(document["case_ids"])
            if self._line is not None:
                self._line.put(document)

    def waiting(self) -> int:
        """Nothing, so that each sweep begins anew."""
        return 0
