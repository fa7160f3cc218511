"""Port: where the people of a case stand, and how a case is found by them."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Contacts(Protocol):
    """Personal data of a case, apart from its history, erasable."""

    def put(self, case_id: str, part: str, document: Mapping[str, object]) -> None:
        """Store one part (`report`, `payee`, `information#…`) of what was told."""
        ...

    def get(self, case_id: str, part: str) -> Mapping[str, object] | None:
        """The part, or None when it was never told or has been erased."""
        ...

    def parts(self, case_id: str, *names: str) -> Mapping[str, Mapping[str, object]]:
        """Some parts in one read; those that are not there are left out."""
        ...

    def parts_of(
        self, case_ids: Sequence[str], *names: str
    ) -> Mapping[str, Mapping[str, Mapping[str, object]]]:
        """The same of many cases; one of whom nothing is known may be left out."""
        ...

    def find(self, text: str) -> Sequence[str]:
        """Ids of the cases whose reporter has this name, phone or email, sorted."""
        ...

    def find_anyone(self, text: str) -> Sequence[str]:
        """The same of whoever reports, sends, receives, joined or is paid."""
        ...
