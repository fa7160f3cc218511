"""Due rows of one message: written together where they may be, cleared when all is dealt with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from amends.domain.parcel.packing import packs
from amends.domain.parcel.shipment import Due
from amends.ports.tracking import Shipments


class DueRows:
    """Who of each shared row is still to be dealt with.

    One message at a time has a shared row to itself, but for one delivered twice: then the same is
    asked twice and nothing is lost, for a row is only ever made smaller by what was dealt with.
    """

    def __init__(self, shipments: Shipments) -> None:
        self._shipments = shipments
        self._left: dict[str, dict[str, Due]] = {}
        self._done: dict[str, str] = {}

    def note(self, rows: Iterable[Due]) -> None:
        """Rows that were read, with all that share them."""
        for due in rows:
            if due.packed and due.packed not in self._done:
                self._left.setdefault(due.packed, {})[due.waybill] = due

    def put(self, rows: Iterable[Due]) -> None:
        """Write them, in as few rows as their patience allows."""
        for pack in packs(rows):
            if len(pack) == 1:
                self._shipments.put_due(pack[0])
            else:
                self._shipments.put_pack(pack)

    def done(self, due: Due) -> None:
        """Dealt with: its own row goes now, its place in a shared one with `clear`."""
        if not due.packed:
            self._shipments.drop_due(due.key, due.waybill)
            return
        self._left.get(due.packed, {}).pop(due.waybill, None)
        self._done[due.packed] = due.waybill

    def clear(self) -> None:
        """Make shared rows smaller by what was dealt with, or drop them."""
        for key, waybill in self._done.items():
            if left := self._left.get(key):
                self._shipments.put_pack(tuple(left.values()))
            else:
                self._shipments.drop_due(key, waybill)
        self._done.clear()

    def part(self, rows: Sequence[Due]) -> list[Due]:
        """What is left to be dealt with, each in a row of its own for a worker of its own."""
        left = [due for due in rows if due.waybill in self._left.get(due.packed, {})]
        for due in left:
            self._shipments.put_due(replace(due, packed=""))
            self.done(due)
        self.clear()
        return [replace(due, packed="") for due in rows if due in left or not due.packed]
