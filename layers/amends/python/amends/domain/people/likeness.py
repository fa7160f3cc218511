"""Likeness: whether two told of the same people, compared by keyed digests of their terms."""

from collections.abc import Callable, Mapping

from amends.domain.people.finding import terms_of_party

ENDS = {"sender": "origin", "addressee": "destination"}
ROLES = tuple(ENDS)
PARTS = ("name", "phone", "address")
FIELDS = tuple(f"{role}.{part}" for role in ROLES for part in PARTS)
"""What is compared; a report names its fields so."""


def digests_of(told: Mapping[str, object], digest: Callable[[str], str]) -> dict[str, str]:
    """Digests of what was told of sender and addressee, by field; of nothing else there is one.

    Where a person has no address of their own, it went from or to the shipment's.
    """
    return {
        f"{role}.{part}": digest(term)
        for role, end in ENDS.items()
        for part, term in terms_of_party(told.get(role), told.get(end)).items()
    }
