"""17TRACK's answers and pushes of v1: letters for fields, words for codes, local times."""

from amends.domain.parcel.carriers import carrier_of, home_of
from amends.domain.parcel.derive import derive, entry, oldest_first
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import ChannelState
from amends.domain.parcel.wire import Document, first_text, joined, part, rows, text
from amends.domain.parcel.wording import plainly

CHANNEL = "seventeentrack"
STATUS = "17track.v2.status"
_STATES = {
    "0": "NotFound",
    "10": "InTransit",
    "20": "Expired",
    "30": "AvailableForPickup",
    "35": "DeliveryFailure",
    "40": "Delivered",
    "50": "Exception",
}
"""`e` of v1, as v2 names it."""


def track_of(row: Document) -> Reading:
    """One number with its `track`: `z1` are the events of the first carrier, `z2` of the second."""
    track = part(row, "track")
    carrier = _named(row, "carrier") or _named(track, "w1")
    onward = _named(track, "w2")
    scans = [*_scans(track, ("z1", "z9"), carrier), *_scans(track, ("z2",), onward or carrier)]
    if not scans and (latest := part(track, "z0")):
        scans = [_scan(latest, carrier)]
    status = _STATES.get(text(track.get("e")), "")
    fresh = parse_time(first_text(track, "ylt1", "yt"))
    return derive(
        number=first_text(row, "number", "no"),
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        state=ChannelState.EXPIRED if status == "Expired" else ChannelState.ACTIVE,
        current=meaning(STATUS, status),
        fresh_at=fresh[0] if fresh else None,
    )


def _named(row: Document, key: str) -> str | None:
    return carrier_of(CHANNEL, text(row.get(key))) if text(row.get(key)) not in ("", "0") else None


def _scans(track: Document, keys: tuple[str, ...], carrier: str | None) -> tuple[Scan, ...]:
    lines = next((found for key in keys if (found := rows(track.get(key)))), [])
    scans = [_scan(line, carrier) for line in lines if first_text(line, "a", "z")]
    return oldest_first(scans, newest_first=True)


def _scan(line: Document, carrier: str | None) -> Scan:
    where, words, at_raw = joined(", ", line, "d", "c"), text(line.get("z")), text(line.get("a"))
    return entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=at_raw,
        at=local(at_raw, words=where, home=home_of(carrier)),
        told=plainly(words),
        place=Place(text=where),
        text=words,
        code="",
    )
