"""Reconcile: the latest scan that means something, and what the provider itself concludes."""

from amends.domain.parcel.reading import Scan
from amends.domain.parcel.taxonomy import Meaning
from amends.domain.parcel.vocabulary import Direction, Milestone, Reason

SILENT = frozenset({Milestone.NO_CHANGE, Milestone.UNKNOWN, Milestone.NOT_FOUND})
"""Says nothing of where the parcel stands."""
BACKWARD = frozenset({Milestone.RETURNING, Milestone.RETURNED})
"""Says that the parcel travels to its sender."""

# How much a provider's own status must say to outweigh the latest scan: it often knows of an
# ending that no scan tells, and lags behind, or is coarser than, the scans of the way there.
_WEIGHT = {
    Milestone.INFO_RECEIVED: 0,
    Milestone.ACCEPTED: 1,
    Milestone.IN_TRANSIT: 1,
    Milestone.CUSTOMS: 2,
    Milestone.OUT_FOR_DELIVERY: 3,
    Milestone.EXCEPTION: 4,
    Milestone.DELIVERY_FAILED: 5,
    Milestone.AVAILABLE_FOR_PICKUP: 5,
    Milestone.RETURNING: 6,
    Milestone.LOST: 6,
    Milestone.DELIVERED: 7,
    Milestone.CANCELLED: 8,
    Milestone.DESTROYED: 8,
    Milestone.RETURNED: 8,
}
_COARSE_EXCEPTION = 2
"""An exception of which the provider says no more than that; customs and delivery say more."""


def reconciled(
    scans: tuple[Scan, ...], current: Meaning | None, direction: Direction
) -> tuple[Milestone, Reason | None]:
    """What the scans, oldest first, and the provider's own status say of the parcel together."""
    latest = _latest(scans)
    said = None if current is None or current.milestone in SILENT else current
    if said is None:
        if latest is not None:
            return _turned(latest.milestone, direction), latest.reason
        return _nothing(scans, current)
    if latest is None:
        return _turned(said.milestone, direction), said.reason
    told = _turned(latest.milestone, direction)
    says = _turned(said.milestone, direction)
    is_newer = scans[-1].milestone is Milestone.UNKNOWN
    if not _is_stale(said.milestone, scans, direction) and _outweighs(
        says, said.reason, told, is_newer=is_newer
    ):
        return says, said.reason
    return told, latest.reason or (said.reason if says is told else None)


def _latest(scans: tuple[Scan, ...]) -> Scan | None:
    for scan in reversed(scans):
        if scan.milestone not in SILENT:
            return scan
    return None


def _is_stale(said: Milestone, scans: tuple[Scan, ...], direction: Direction) -> bool:
    """Whether `delivered` is the delivery before the return: scans after it are the sender's."""
    if said is not Milestone.DELIVERED or direction is not Direction.RETURN:
        return False
    told = {scan.milestone for scan in scans}
    return Milestone.DELIVERED in told and not BACKWARD.isdisjoint(told)


def _outweighs(says: Milestone, why: Reason | None, told: Milestone, *, is_newer: bool) -> bool:
    """Whether the provider's status beats the latest scan that maps.

    `is_newer`: a scan that no table knows came after it, which the status has taken in.
    """
    if is_newer and _WEIGHT[told] < _WEIGHT[Milestone.RETURNING]:
        return True
    if says is Milestone.RETURNING and told is Milestone.DELIVERED:
        return True  # at whose door it was delivered is not known: not over yet
    is_coarse = says is Milestone.EXCEPTION and why in (None, Reason.OTHER)
    return (_COARSE_EXCEPTION if is_coarse else _WEIGHT[says]) > _WEIGHT[told]


def _turned(milestone: Milestone, direction: Direction) -> Milestone:
    if direction is Direction.RETURN and milestone is Milestone.DELIVERED:
        return Milestone.RETURNED
    return milestone


def _nothing(scans: tuple[Scan, ...], current: Meaning | None) -> tuple[Milestone, Reason | None]:
    """No scan and no status moves the parcel: not found, or known only by what nobody maps."""
    if scans:
        is_unfound = all(scan.milestone is Milestone.NOT_FOUND for scan in scans)
        return (Milestone.NOT_FOUND if is_unfound else Milestone.UNKNOWN), None
    if current is None or current.milestone in (Milestone.NOT_FOUND, Milestone.NO_CHANGE):
        return Milestone.NOT_FOUND, current.reason if current else None
    return current.milestone, current.reason
