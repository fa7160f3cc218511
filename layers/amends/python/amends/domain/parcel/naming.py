"""Naming: one parcel under the number that was asked, whatever the answer calls it."""

from collections.abc import Callable
from dataclasses import replace

from amends.domain.parcel.answering import Read, same_number
from amends.domain.parcel.reading import Reading


def under(number: str, read: Callable[..., tuple[Reading, ...]]) -> Read:
    """Read the answer to a question about one number.

    Where no reading bears it (a piece for its shipment, a barcode for an item's own id, a number
    with its ZIP code before it), the answer is about that number all the same.
    """

    def read_under(body: bytes) -> tuple[Reading, ...]:
        told = read(body, number=number)
        if any(same_number(one.number, number) for one in told):
            return told
        return tuple(replace(one, number=number) if one.number else one for one in told)

    return read_under
