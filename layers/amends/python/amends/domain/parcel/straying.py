"""Straying: a scan in a country where the parcel has no business; no carrier need say so."""

from amends.domain.parcel.state import Event, Lane, ParcelState
from amends.domain.parcel.vocabulary import Direction, Milestone, Step

_STEPS = frozenset({Step.ARRIVED_DEST_COUNTRY, Step.DELIVERY_DEPOT})
_MILESTONES = frozenset(
    {Milestone.OUT_FOR_DELIVERY, Milestone.DELIVERY_FAILED, Milestone.AVAILABLE_FOR_PICKUP}
)
_PART_OF = {
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
    **dict.fromkeys(("GG", "IM", "JE"), "GB"),
    **dict.fromkeys(("GF", "GP", "MC", "MQ", "RE", "YT"), "FR"),
    **dict.fromkeys(("SM", "VA"), "IT"),
    "AX": "FI",
    "SJ": "NO",
}
"""Territories whose mail the post of another country carries as its own."""


def astray(state: ParcelState, lane: Lane) -> Event | None:
    """The last movement, where it was off the lane; None while it may be on its way.

    Within one country any other is wrong. Between two, parcels pass through others: there only
    what happens at a destination (arrival, its depot, delivery) is wrong anywhere else.
    """
    last = state.last_movement
    if last is None or lane.origin is None or lane.destination is None:
        return None
    if state.direction is not Direction.FORWARD or last.scan.place.country is None:
        return None
    ends = {_post_of(lane.origin), _post_of(lane.destination)}
    if _post_of(last.scan.place.country) in ends:
        return None
    arrives = last.scan.step in _STEPS or last.scan.milestone in _MILESTONES
    return last if arrives or lane.is_domestic else None


def _post_of(country: str) -> str:
    return _PART_OF.get(country, country)
