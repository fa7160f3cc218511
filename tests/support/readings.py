"""Readings as the channels would make them, by hand and by hypothesis."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.vocabulary import (
    ChannelState,
    Direction,
    Milestone,
    OffsetSource,
    Reason,
    Step,
)

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
NUMBER = "LZ730192847CN"


def hours(count: float) -> datetime:
    """A moment so many hours after the start of the story."""
    return START + timedelta(hours=count)


def scan(
    hour: float,
    milestone: Milestone = Milestone.IN_TRANSIT,
    *,
    step: Step | None = None,
    reason: Reason | None = None,
    channel: str = "seventeentrack",
    place: str = "",
    country: str | None = None,
    offset_source: OffsetSource = OffsetSource.EXPLICIT,
    text: str = "",
) -> Scan:
    """A scan so many hours after the start."""
    at = hours(hour)
    return Scan(
        at=at,
        at_raw=at.isoformat(),
        offset_source=offset_source,
        milestone=milestone,
        step=step,
        reason=reason,
        place=Place(text=place, country=country),
        text=text,
        code=milestone.value,
        channel=channel,
    )


def reading(*scans: Scan, **said: object) -> Reading:
    """A reading of these scans; the milestone is the last one's unless it is said otherwise."""
    ordered = tuple(sorted(scans, key=lambda one: one.at))
    fields: dict[str, object] = {
        "number": NUMBER,
        "channel": ordered[0].channel if ordered else "seventeentrack",
        "found": bool(ordered),
        "milestone": ordered[-1].milestone if ordered else Milestone.NOT_FOUND,
        "scans": ordered,
    }
    return Reading(**(fields | said))  # type: ignore[arg-type]  # fields by name, checked by the dataclass


_CHANNELS = st.sampled_from(["seventeentrack", "usps", "dhl_unified"])


@st.composite
def scans(draw: st.DrawFn, channel: str) -> Scan:
    """Any scan of a channel, in a world small enough for scans to meet."""
    at = START + timedelta(minutes=draw(st.integers(0, 40)) * draw(st.sampled_from([1, 15, 60])))
    return Scan(
        at=at,
        at_raw=at.isoformat(),
        offset_source=draw(st.sampled_from(OffsetSource)),
        milestone=draw(st.sampled_from(Milestone)),
        step=draw(st.none() | st.sampled_from(Step)),
        reason=draw(st.none() | st.sampled_from(Reason)),
        place=Place(
            text=draw(st.sampled_from(["", "Hub A", "Hub B"])),
            country=draw(st.sampled_from([None, "CN", "DE"])),
        ),
        text=draw(st.sampled_from(["", "left"])),
        code=draw(st.sampled_from(["", "X1"])),
        channel=channel,
        provider_id=draw(st.sampled_from([None, None, "1", "2"])),
    )


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, datetime]:
    """Any reading and when it came, true to no derivation: merging must bear all of them."""
    channel = draw(_CHANNELS)
    told = tuple(sorted(draw(st.lists(scans(channel), max_size=4)), key=lambda one: one.at))
    made = Reading(
        number=NUMBER,
        channel=channel,
        found=bool(told),
        milestone=draw(st.sampled_from(Milestone)),
        direction=draw(st.sampled_from(Direction)),
        channel_state=draw(st.sampled_from(ChannelState)),
        scans=told,
        error=draw(st.sampled_from([None, None, None, "timeout"])),
    )
    return made, START + timedelta(minutes=draw(st.integers(0, 600)))
