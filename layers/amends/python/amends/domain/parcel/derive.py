"""Derive: from a channel's scans to its reading of the parcel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import UNMAPPED, Meaning
from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
    Reason,
)

UNDATED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for `at` in a scan whose time is missing or unreadable, until `derive` places it."""

_SILENT = frozenset({Milestone.NO_CHANGE, Milestone.UNKNOWN, Milestone.NOT_FOUND})
_BACKWARD = frozenset({Milestone.RETURNING, Milestone.RETURNED})

# How much a provider's own status must say to outweigh the latest scan: it often knows of an
# ending that no scan tells, and lags behind, or is coarser than, the scans of the way there.
_WEIGHT = {
    Milestone.INFO_RECEIVED: 0,
    Milestone.ACCEPTED: 1,
    Milestone.IN_TRANSIT: 1,
    Milestone.CUSTOMS: 2,
    Milestone.EXCEPTION: 2,
    Milestone.OUT_FOR_DELIVERY: 3,
    Milestone.DELIVERY_FAILED: 4,
    Milestone.AVAILABLE_FOR_PICKUP: 4,
    Milestone.RETURNING: 5,
    Milestone.LOST: 5,
    Milestone.DELIVERED: 6,
    Milestone.CANCELLED: 7,
    Milestone.DESTROYED: 7,
    Milestone.RETURNED: 7,
}


class Details(TypedDict, total=False):
    """The fields of a reading that are taken as they are."""

    fresh_at: datetime | None
    estimated_delivery_at: datetime | None
    unique_id: str | None
    successor: tuple[str, str] | None
    unmapped: tuple[str, ...]


def derive(
    *,
    number: str,
    channel: str,
    carrier: str | None,
    scans: Sequence[Scan],
    state: ChannelState = ChannelState.ACTIVE,
    current: Meaning | None = None,
    is_return: bool = False,
    **details: Unpack[Details],
) -> Reading:
    """The reading that these scans make, in whatever order they came.

    `current` is what the provider's own status of the parcel means; it decides where no scan maps
    and where it knows of more than the scans do. `is_return` is a provider's own flag that the
    parcel travels back. Once returning, a delivered scan is the sender's: `RETURNED`.
    """
    ordered, direction = _legs(oldest_first(scans))
    if is_return:
        direction = Direction.RETURN
    milestone, reason = _status(ordered, current, direction)
    if current is not None and current.milestone in _BACKWARD:
        direction = Direction.RETURN
    return Reading(
        number=number,
        channel=channel,
        carrier=carrier,
        found=bool(ordered) or milestone not in _SILENT,
        milestone=milestone,
        reason=reason,
        direction=direction,
        channel_state=state,
        scans=ordered,
        **details,
    )


def entry(
    *,
    channel: str,
    carrier: str | None,
    at_raw: str,
    at: tuple[datetime, OffsetSource] | None,
    told: Meaning | None,
    place: Place,
    text: str,
    code: str,
    provider_id: str | None = None,
) -> Scan:
    """A scan from its parts: `at` as `parse_time` reads it, `told` None where nothing maps."""
    means = told or UNMAPPED
    return Scan(
        at=at[0] if at else UNDATED,
        at_raw=at_raw,
        offset_source=at[1] if at else OffsetSource.GUESSED,
        milestone=means.milestone,
        step=means.step,
        reason=means.reason,
        place=place,
        text=text,
        code=code,
        channel=channel,
        carrier=carrier,
        provider_id=provider_id or None,
    )


def not_said(
    *,
    number: str,
    channel: str,
    error: str,
    carrier: str | None = None,
    retry_after_seconds: int | None = None,
    state: ChannelState = ChannelState.ACTIVE,
) -> Reading:
    """A reading that says why the channel could not answer, and nothing about the parcel."""
    return Reading(
        number=number,
        channel=channel,
        carrier=carrier,
        found=False,
        milestone=Milestone.UNKNOWN,
        channel_state=state,
        error=error,
        retry_after_seconds=retry_after_seconds,
    )


def no_scans(
    *,
    number: str,
    channel: str,
    carrier: str | None = None,
    reason: Reason | None = None,
    state: ChannelState = ChannelState.ACTIVE,
) -> Reading:
    """The honest "no scans yet", in whichever way the channel said it."""
    return Reading(
        number=number,
        channel=channel,
        carrier=carrier,
        found=False,
        milestone=Milestone.NOT_FOUND,
        reason=reason,
        channel_state=state,
    )


def oldest_first(scans: Sequence[Scan]) -> tuple[Scan, ...]:
    """Sort by time; what shares a moment keeps the channel's order, turned where newest first.

    A scan without a time takes that of its older neighbour, or of the next newer one, as a guess;
    where nothing has a time there is nothing to sort by and no scan is kept.
    """
    dated = [scan.at for scan in scans if scan.at != UNDATED]
    if not dated:
        return ()
    rows = list(reversed(scans)) if dated[0] > dated[-1] else list(scans)
    latest = next(scan.at for scan in rows if scan.at != UNDATED)
    placed = []
    for scan in rows:
        if scan.at == UNDATED:
            placed.append(replace(scan, at=latest, offset_source=OffsetSource.GUESSED))
        else:
            latest = scan.at
            placed.append(scan)
    return tuple(sorted(placed, key=lambda scan: scan.at))


def _legs(scans: tuple[Scan, ...]) -> tuple[tuple[Scan, ...], Direction]:
    direction = Direction.FORWARD
    out = []
    for scan in scans:
        if scan.milestone in _BACKWARD:
            direction = Direction.RETURN
        if direction is Direction.RETURN and scan.milestone is Milestone.DELIVERED:
            out.append(replace(scan, milestone=Milestone.RETURNED))
        else:
            out.append(scan)
    return tuple(out), direction


def _status(
    scans: tuple[Scan, ...], current: Meaning | None, direction: Direction
) -> tuple[Milestone, Reason | None]:
    latest = next((scan for scan in reversed(scans) if scan.milestone not in _SILENT), None)
    said = None if current is None or current.milestone in _SILENT else current
    if said is None:
        if latest is not None:
            return _at_last(latest.milestone, direction), latest.reason
        return _nothing(scans, current)
    if latest is None:
        return _at_last(said.milestone, direction), said.reason
    told = _at_last(latest.milestone, direction)
    says = _at_last(said.milestone, direction)
    if says is Milestone.RETURNING and told is Milestone.DELIVERED:
        return says, said.reason  # whose door it was delivered at is not known: not over yet
    if _outweighs(says, told, is_newer=scans[-1].milestone is Milestone.UNKNOWN):
        return says, said.reason
    return told, latest.reason or (said.reason if says is told else None)


def _outweighs(says: Milestone, told: Milestone, *, is_newer: bool) -> bool:
    """Whether the provider's status beats the latest scan that maps.

    `is_newer`: a scan that no table knows came after it, which the status has taken in.
    """
    return _WEIGHT[says] > _WEIGHT[told] or (is_newer and _WEIGHT[told] < _WEIGHT[Milestone.LOST])


def _at_last(milestone: Milestone, direction: Direction) -> Milestone:
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
