"""17TRACK's `track_info`: one number, the scans of its carriers, and the status drawn from them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from amends.catalog.payloads.seventeentrack_v1 import track_of
from amends.domain.parcel.carriers import carrier_of, home_of
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, oldest_first
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import ChannelState, Milestone, OffsetSource
from amends.domain.parcel.wire import Document, first_text, part, rows, text
from amends.domain.parcel.wording import plainly

CHANNEL = "seventeentrack"
STATUS, SUB_STATUS = "17track.v2.status", "17track.v2.sub_status"
_OFFSET = re.compile(r"[+-]\d{2}:\d{2}$|Z$")

# An event without a sub-status still names its stage, which is one of the milestones' keys.
_STAGES = {
    "InfoReceived": "InfoReceived",
    "PickedUp": "InTransit_PickedUp",
    "Departure": "InTransit_Departure",
    "Arrival": "InTransit_Arrival",
    "AvailableForPickup": "AvailableForPickup_Other",
    "OutForDelivery": "OutForDelivery_Other",
    "Delivered": "Delivered_Other",
    "Returning": "Exception_Returning",
    "Returned": "Exception_Returned",
}


def track_info(row: Document, *, stopped: bool = False) -> Reading:
    """Read one row of `accepted`, or the data of a push; `stopped`: the channel looks no more."""
    if "track" in row:
        return track_of(row)
    info = part(row, "track_info")
    number = text(row.get("number"))
    providers = rows(part(info, "tracking").get("providers"))
    carrier = carrier_of(CHANNEL, text(row.get("carrier")))
    carrier = carrier or next((_provider(part(one, "provider")) for one in providers), None)
    if not info:
        return _untold(row, number, carrier, stopped=stopped)
    latest = part(info, "latest_status")
    status, sub_status = text(latest.get("status")), text(latest.get("sub_status"))
    scans = [scan for one in providers for scan in _scans(one, carrier)]
    if not scans and (event := part(info, "latest_event")) and any(event.values()):
        scans = [_scan({"sub_status": sub_status, **_said(event)}, carrier, {})]
    codes = [_STAGES.get(code, code) for code in (*(scan.code for scan in scans), sub_status)]
    fresh = [parse_time(one.get("latest_sync_time")) for one in providers]
    estimate = part(info, "time_metrics", "estimated_delivery_date")
    there = alpha2(text(part(info, "shipping_info", "recipient_address").get("country")))
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        state=_state(status, stopped=stopped),
        current=meaning(SUB_STATUS, sub_status) or meaning(STATUS, status),
        fresh_at=max((one[0] for one in fresh if one), default=None),
        estimated_delivery_at=due(first_text(estimate, "to", "from"), country=there),
        successor=_successor(number, carrier, part(info, "misc_info")),
        unmapped=tuple(dict.fromkeys(c for c in codes if c and meaning(SUB_STATUS, c) is None)),
    )


def _state(status: str, *, stopped: bool) -> ChannelState:
    if status == "Expired":
        return ChannelState.EXPIRED
    return ChannelState.STOPPED if stopped else ChannelState.ACTIVE


def _untold(row: Document, number: str, carrier: str | None, *, stopped: bool) -> Reading:
    """A row without `track_info`: registered, listed or stopped; at most its latest event."""
    status = text(row.get("package_status"))
    current = meaning(STATUS, status)
    is_stopped = stopped or text(row.get("tracking_status")) == "Stopped"
    state = _state(status, stopped=is_stopped)
    if current is None:
        silent = no_scans(number=number, channel=CHANNEL, carrier=carrier, state=state)
        if is_stopped:  # says that the channel stopped looking, and nothing of the parcel
            return replace(silent, milestone=Milestone.NO_CHANGE)
        return replace(silent, channel_state=ChannelState.PENDING)
    at = parse_time(row.get("latest_event_time"))
    latest = entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=text(row.get("latest_event_time")),
        at=at,
        told=current,
        place=Place(),
        text=text(row.get("latest_event_info")),
        code=status,
    )
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=carrier,
        scans=[latest] if at else [],
        state=state,
        current=current,
    )


def _successor(number: str, carrier: str | None, misc: Document) -> tuple[str, str] | None:
    theirs = text(misc.get("local_number"))
    onward = carrier_of(CHANNEL, text(misc.get("local_key")))
    onward = onward or carrier_of(CHANNEL, text(misc.get("local_provider")))
    is_other = theirs != number and onward != carrier
    return (onward, theirs) if theirs and onward and is_other else None


def _provider(provider: Document) -> str | None:
    by_key = carrier_of(CHANNEL, text(provider.get("key")))
    return by_key or carrier_of(CHANNEL, first_text(provider, "alias", "name"))


def _scans(provider: Document, carrier: str | None) -> tuple[Scan, ...]:
    events = rows(provider.get("events"))
    offsets = {at: zone for e in events if (at := text(e.get("location"))) and (zone := _offset(e))}
    of = _provider(part(provider, "provider")) or carrier
    scans = [_scan(event, of, offsets) for event in events if any(event.values())]
    return oldest_first(scans, newest_first=True)


def _scan(event: Document, carrier: str | None, offsets: Mapping[str, str]) -> Scan:
    where, address = text(event.get("location")), part(event, "address")
    country = alpha2(text(address.get("country")))
    at_raw, at = _time(event, country, offsets.get(where), carrier)
    code, words = first_text(event, "sub_status", "stage"), text(event.get("description"))
    return entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=at_raw,
        at=at,
        told=meaning(SUB_STATUS, _STAGES.get(code, code)) if code else plainly(words),
        place=Place(
            text=where or first_text(address, "city", "state", "country"),
            country=country,
            postal_code=text(address.get("postal_code")) or None,
        ),
        text=words,
        code=code,
    )


def _said(event: Document) -> Document:
    """What an event says, without what it leaves open."""
    return {key: value for key, value in event.items() if value not in (None, "")}


def _time(
    event: Document, country: str | None, offset: str | None, carrier: str | None
) -> tuple[str, tuple[datetime, OffsetSource] | None]:
    """The first of `time_iso`, `time_utc`, `time_raw` that is a time, and what was sent.

    Without an offset of its own, a scan takes that of another scan at the same place.
    """
    iso, utc = text(event.get("time_iso")), text(event.get("time_utc"))
    raw = part(event, "time_raw")
    wall = " ".join(filter(None, (text(raw.get("date")), text(raw.get("time")))))
    for sent in filter(None, (iso, utc, wall)):
        at = parse_time(sent, country=country)
        if at is None:
            continue
        if at[1] is OffsetSource.EXPLICIT:
            return sent, at
        if sent == iso and (paired := parse_time(utc)):
            return sent, (paired[0], OffsetSource.PAIRED)
        own = parse_time(f"{sent}{text(raw.get('timezone'))}")
        if own and own[1] is OffsetSource.EXPLICIT:
            return f"{sent}{text(raw.get('timezone'))}", own
        borrowed = parse_time(f"{sent}{offset}") if offset else None
        if borrowed is not None:
            return sent, (borrowed[0], OffsetSource.LOCATION)
        state = text(part(event, "address").get("state"))
        words = text(event.get("location"))
        home = home_of(carrier)
        return sent, local(sent, country=country, state=state, words=words, home=home)
    return iso or utc or wall, None


def _offset(event: Document) -> str:
    zone = text(part(event, "time_raw").get("timezone"))
    found = _OFFSET.search(zone) or _OFFSET.search(text(event.get("time_iso")))
    return found[0] if found else ""
