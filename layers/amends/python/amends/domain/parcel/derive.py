"""Derive: from a channel's scans to its reading of the parcel."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TypedDict, Unpack

from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.reconcile import BACKWARD, SILENT, reconciled
from amends.domain.parcel.taxonomy import UNMAPPED, Meaning
from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
)

UNDATED = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for `at` in a scan whose time is missing or unreadable, until `derive` places it."""


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
    newest_first: bool = False,
    **details: Unpack[Details],
) -> Reading:
    """The reading that these scans make, in whatever order they came.

    `current` is what the provider's own status of the parcel means; it decides where no scan maps
    and where it knows of more than the scans do. `is_return` is a provider's own flag that the
    parcel travels back, `newest_first` the order that the channel documents. Once returning, a
    delivered scan is the sender's: `RETURNED`.
    """
    ordered, direction = _legs(oldest_first(scans, newest_first=newest_first))
    if scans and not ordered and current is None:  # nothing can be placed, but it is told of
        newest = scans[0] if newest_first else scans[-1]
        current = Meaning(milestone=newest.milestone, step=newest.step, reason=newest.reason)
    if not scans and current is None and details.get("unmapped"):
        current = UNMAPPED  # the provider knows it, by a status that we do not
    if is_return:
        direction = Direction.RETURN
    milestone, reason = reconciled(ordered, current, direction)
    if current is not None and current.milestone in BACKWARD:
        direction = Direction.RETURN
    return Reading(
        number=number,
        channel=channel,
        carrier=carrier,
        found=bool(ordered) or milestone not in SILENT or current is UNMAPPED,
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
    state: ChannelState = ChannelState.ACTIVE,
) -> Reading:
    """The honest "no scans yet", in whichever way the channel said it."""
    return Reading(
        number=number,
        channel=channel,
        carrier=carrier,
        found=False,
        milestone=Milestone.NOT_FOUND,
        channel_state=state,
    )


def oldest_first(scans: Sequence[Scan], *, newest_first: bool = False) -> tuple[Scan, ...]:
    """Sort by time; what shares a moment keeps the channel's order, turned where newest first.

    `newest_first` is the channel's documented order, for lists in which no time tells. A scan
    without a time takes that of its older neighbour, or of the next newer one, as a guess; where
    nothing has a time there is nothing to sort by and no scan is kept.
    """
    dated = [scan.at for scan in scans if scan.at != UNDATED]
    if not dated:
        return ()
    rises = falls = 0
    for one, other in pairwise(dated):
        rises += one < other
        falls += one > other
    is_turned = falls > rises or (falls == rises and newest_first)
    if len(dated) == len(scans) and not (rises and falls):  # in order already, as most lists are
        return tuple(reversed(scans)) if is_turned else tuple(scans)
    rows = list(reversed(scans)) if is_turned else list(scans)
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
    for scan in scans:
        if scan.milestone in BACKWARD:
            break
    else:
        return scans, direction
    out = []
    for scan in scans:
        if scan.milestone in BACKWARD:
            direction = Direction.RETURN
        if direction is Direction.RETURN and scan.milestone is Milestone.DELIVERED:
            out.append(replace(scan, milestone=Milestone.RETURNED))
        else:
            out.append(scan)
    return tuple(out), direction
