"""Standing: where the parcel is, from its events in order.

The rules by which a parcel that has reached an end may leave it:

1. An ending yields only to a stronger one: returned, then destroyed, then delivered, then
   cancelled. Where the thing physically ended outweighs what was planned for it.
2. A delivered parcel goes back when a returning scan says so, and is then on its return leg.
3. A lost parcel is found by any later scan.
4. A dispute does not undo a delivery: it is kept beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.domain.parcel.state import SILENT, Event
from amends.domain.parcel.vocabulary import Direction, Milestone, Reason, Step

STRENGTH = {
    Milestone.CANCELLED: 1,
    Milestone.DELIVERED: 2,
    Milestone.DESTROYED: 3,
    Milestone.RETURNED: 4,
}
"""The endings, and which outweighs which."""

_PHYSICAL = frozenset(
    {
        Milestone.ACCEPTED,
        Milestone.IN_TRANSIT,
        Milestone.CUSTOMS,
        Milestone.OUT_FOR_DELIVERY,
        Milestone.DELIVERY_FAILED,
        Milestone.AVAILABLE_FOR_PICKUP,
        Milestone.DELIVERED,
        Milestone.RETURNING,
        Milestone.RETURNED,
    }
)
_DISPUTES = frozenset(
    {
        Reason.UNDER_INVESTIGATION,
        Reason.NOT_RECEIVED,
        Reason.LOST_OR_DAMAGED,
        Reason.DAMAGED,
        Reason.RECIPIENT_REFUSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the parcel is, and since when."""

    milestone: Milestone
    step: Step | None = None
    reason: Reason | None = None
    direction: Direction = Direction.FORWARD
    since: datetime | None = None
    disputed_at: datetime | None = None


def is_physical(event: Event) -> bool:
    """Whether somebody had the parcel in hand: what resets a dwell clock.

    An exception counts only with a step (missorted *and arrived*); a notice of delay is no scan.
    """
    if event.is_status:
        return False
    scan = event.scan
    return scan.milestone in _PHYSICAL or (
        scan.milestone is Milestone.EXCEPTION and scan.step is not None
    )


def standing(events: Sequence[Event], directions: Iterable[Direction]) -> Standing:
    """The standing that the events make; `directions` is what the channels say of the way."""
    speaking = [event for event in events if event.scan.milestone not in SILENT]
    turned = any(
        event.scan.milestone in (Milestone.RETURNING, Milestone.RETURNED) for event in speaking
    )
    is_return = turned or Direction.RETURN in directions
    direction = Direction.RETURN if is_return else Direction.FORWARD
    if not speaking:
        is_known = any(event.scan.milestone is Milestone.UNKNOWN for event in events)
        milestone = Milestone.UNKNOWN if is_known else Milestone.NOT_FOUND
        return Standing(milestone=milestone, direction=direction)
    ending = _ending(speaking)
    decisive = ending or _latest(speaking)
    milestone = decisive.scan.milestone
    return Standing(
        milestone=milestone,
        step=decisive.scan.step,
        reason=decisive.scan.reason,
        direction=direction,
        since=decisive.scan.at,
        disputed_at=_disputed(speaking, decisive) if milestone is Milestone.DELIVERED else None,
    )


def _ending(speaking: Sequence[Event]) -> Event | None:
    """The event that ended the journey: the first of the strongest kind."""
    ends = [event for event in speaking if event.scan.milestone in STRENGTH]
    if not ends:
        return None
    strongest = max(ends, key=lambda event: STRENGTH[event.scan.milestone])
    if strongest.scan.milestone is Milestone.DELIVERED and any(
        event.scan.milestone is Milestone.RETURNING for event in speaking
    ):
        return None
    return strongest


def _latest(speaking: Sequence[Event]) -> Event:
    """The last event, but for labels announced after the parcel was already under way."""
    began = any(is_physical(event) for event in speaking)
    moving = [
        event
        for event in speaking
        if not (began and event.scan.milestone is Milestone.INFO_RECEIVED)
        and event.scan.milestone not in STRENGTH
    ]
    return moving[-1] if moving else speaking[-1]


def _disputed(speaking: Sequence[Event], delivered: Event) -> datetime | None:
    for event in speaking:
        scan = event.scan
        if scan.at > delivered.scan.at and (
            scan.milestone in (Milestone.DELIVERY_FAILED, Milestone.LOST)
            or (scan.milestone is Milestone.EXCEPTION and scan.reason in _DISPUTES)
        ):
            return scan.at
    return None
