"""What USPS answers and pushes: v3 and v3r2, the shapes before them, and errors of three kinds."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from amends.domain.parcel.clocks import Moment, between, offset_of, paired
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.spelling import camel
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import naive_time, parse_time
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Reason
from amends.domain.parcel.wire import (
    Document,
    document,
    first_text,
    joined,
    part,
    rows,
    text,
    whole,
)
from amends.domain.parcel.wording import how_delivered, plainly, sent_back

CHANNEL = "usps"
CARRIER = "usps"
CODE = "usps.eventCode"

_EVENTS = ("trackingEvents", "trackEvents", "events", "trackDetail", "trackDetails")
_SUMMARY = ("trackSummary", "trackingSummary", "latestEvent")
_HOLDERS = tuple("trackInfo trackingInfo trackingResults trackings results data payload".split())
_TELLING = ("eventTimestamp", "GMTTimestamp", "eventDate", "eventCode", "eventType", "event")
_PIECE = frozenset({*_EVENTS, *_SUMMARY, "eventCode", "statusCategory"})
_CATEGORIES = {
    "pre-shipment": Meaning(milestone=Milestone.INFO_RECEIVED),
    "accepted": Meaning(milestone=Milestone.ACCEPTED),
    "in transit": Meaning(milestone=Milestone.IN_TRANSIT),
    "moving through network": Meaning(milestone=Milestone.IN_TRANSIT),
    "out for delivery": Meaning(milestone=Milestone.OUT_FOR_DELIVERY),
    "delivery attempt": Meaning(milestone=Milestone.DELIVERY_FAILED, reason=Reason.OTHER),
    "available for pickup": Meaning(milestone=Milestone.AVAILABLE_FOR_PICKUP),
    "delivered": Meaning(milestone=Milestone.DELIVERED),
    "delivered to agent": Meaning(milestone=Milestone.DELIVERED),
    "return to sender": Meaning(milestone=Milestone.RETURNING),
    "returning to sender": Meaning(milestone=Milestone.RETURNING),
    "alert": Meaning(milestone=Milestone.EXCEPTION, reason=Reason.OTHER),
}
# For events without a code, as Web Tools sent them: the beginnings of its own sentences.
_WORDS = (
    ("delivered", "01"),
    ("out for delivery", "OF"),
    ("in transit to next", "TL"),
    ("in transit, arriving", "TL"),
    ("shipping label created", "GX"),
    ("pre-shipment", "MA"),
    ("usps in possession", "03"),
    ("usps picked up", "03"),
    ("accept", "03"),
    ("notice left", "02"),
    ("missent", "08"),
    ("available for pickup", "14"),
    ("arrived at post office", "07"),
    ("arrived", "A1"),
    ("departed", "EF"),
)
_UNFOUND = ("not found", "not yet available", "could not locate", "no record", "no information")
_NAMED_ERRORS = {
    "invalid_client": "unauthorised",
    "invalid_token": "unauthorised",
    "unauthorized": "unauthorised",
    "unauthorized_client": "unauthorised",
    "access_denied": "unauthorised",
}


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read one piece, an array of pieces and errors, a push, or an error."""
    content = document(body)
    if not isinstance(content, list):
        content = [_modern(part(content))]
    told: list[Reading] = []
    for row in map(_modern, rows(content)):
        holders = (rows(row[key]) for key in _HOLDERS if key in row)
        inner = next(filter(None, holders), [row])
        told += [one for held in inner if (one := _one(held, number)) is not None]
    return tuple(told)


def _modern(row: Document) -> Document:
    """The row with the keys of today, where it comes in the capitals of Web Tools."""
    is_old = any(key in row for key in ("TrackResponse", "TrackResults", "TrackInfo", "ID"))
    new = part(camel(row)) if is_old else row
    return part(new, "trackResponse") or part(new, "trackResults") or new


def _one(row: Document, number: str | None) -> Reading | None:
    if row.get("error"):
        return _refused(row, row["error"], number)
    is_piece = not _PIECE.isdisjoint(row)
    if is_piece or ("trackingNumber" in row and "status" in row):
        return _piece(row, number)
    if errors := rows(row.get("errors")):
        return _refused(row, {"errors": errors}, number)
    return None


def _refused(row: Document, error: object, number: str | None) -> Reading:
    causes = rows(part(error).get("errors"))
    named = first_text(row, "trackingNumber", "id") or number or _example(causes)
    words = " ".join(
        first_text(one, "message", "title", "detail", "description", "error_description")
        for one in (part(error), *causes)
    ).casefold()
    code = whole(part(error).get("code")) or whole(row.get("statusCode"))
    codes = [code, *(whole(one.get("status")) for one in causes)]
    if 404 in codes or any(one in words for one in _UNFOUND):
        return no_scans(number=named, channel=CHANNEL, carrier=CARRIER)
    known = next((found for one in codes if (found := _error(one))), None)
    known = known or _NAMED_ERRORS.get(text(error).casefold())
    known = known or ("bad_number" if "invalid" in words else "unavailable")
    about = named if known == "bad_number" else number or first_text(row, "trackingNumber")
    return not_said(number=about or "", channel=CHANNEL, carrier=CARRIER, error=known)


def _error(code: int | None) -> str | None:
    if code is None or not 400 <= code < 600:
        return None
    known = {401: "unauthorised", 403: "unauthorised", 408: "timeout", 429: "rate_limited"}
    return known.get(code) or ("unavailable" if code >= 500 else "bad_number")


def _example(causes: Sequence[Document]) -> str:
    """The number that an error is about, which USPS repeats as an example."""
    sources = [part(one, "source") for one in causes]
    found = (
        text(one.get("example")) for one in sources if one.get("parameter") == "trackingNumber"
    )
    return next(filter(None, found), "")


def _piece(row: Document, number: str | None) -> Reading:
    lines = next((found for key in _EVENTS if key in row and (found := rows(row[key]))), [])
    latest = [one for key in _SUMMARY if key in row for one in rows(row[key])]
    lines = [*(one for one in latest if one not in lines), *lines]
    if not lines and "eventCode" in row:
        lines = [row]
    scans = [_scan(line) for line in lines if first_text(line, *_TELLING)]
    unmapped = dict.fromkeys(s.code for s in scans if s.code and meaning(CODE, s.code) is None)
    expected = first_text(row, "expectedDeliveryTimeStamp", "expectedDeliveryDate")
    state = first_text(row, "destinationState")
    return derive(
        number=first_text(row, "trackingNumber", "id") or number or "",
        channel=CHANNEL,
        carrier=CARRIER,
        scans=scans,
        newest_first=True,
        current=_current(row),
        estimated_delivery_at=due(expected, country="US", state=state),
        unmapped=tuple(unmapped),
    )


def _current(row: Document) -> Meaning | None:
    """By its category; where that is new, or says no more than `alert`, by the words beside it."""
    category = text(row.get("statusCategory")).casefold().replace("in-transit", "in transit")
    told, words = _CATEGORIES.get(category), first_text(row, "status", "statusSummary")
    if told is None or category == "alert":
        return plainly(words) or told or plainly(category)
    return told


def _scan(line: Document) -> Scan:
    named, state = text(line.get("eventCountry")), text(line.get("eventState"))
    country = alpha2(named) if named else "US"
    at_raw, at = _when(line, country, state)
    words = first_text(line, "eventType", "event", "eventDescription", "statusSummary")
    code = text(line.get("eventCode")).upper()
    code = code.zfill(2) if code.isdigit() else code
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=at_raw,
        at=at,
        told=_meaning(code, words),
        place=Place(
            text=joined(", ", line, "eventCity", "eventState", "eventCountry"),
            country=country,
            postal_code=first_text(line, "eventZIP", "eventZIPCode", "eventZip") or None,
        ),
        text=words,
        code=code,
    )


@lru_cache(maxsize=2048)
def _meaning(code: str, words: str) -> Meaning | None:
    """The table's word, save where the words say that the piece came back to its sender."""
    plain = words.casefold()
    spoken = next((known for start, known in _WORDS if plain.startswith(start)), "")
    told = meaning(CODE, code or spoken)
    if told is None:
        return None if code else plainly(words)
    if told.milestone is Milestone.DELIVERED:
        back = sent_back(words)
        milestone = Milestone.RETURNED if back else told.milestone
        return replace(told, milestone=milestone, reason=told.reason or how_delivered(words))
    if code == "05" and (back := sent_back(words)):
        return replace(back, milestone=Milestone.RETURNING, reason=back.reason or told.reason)
    return told


def _when(line: Document, country: str | None, state: str) -> tuple[str, Moment | None]:
    """Local time and offset; where the offset is missing, what lies between local and GMT.

    The GMT field alone is the last resort: it was seen with the wrong day.
    """
    sent, gmt = text(line.get("eventTimestamp")), first_text(line, "GMTTimestamp", "gmtTimestamp")
    offset = first_text(line, "GMTOffset", "gmtOffset")
    if not sent:
        sent = " ".join(filter(None, (text(line.get("eventDate")), text(line.get("eventTime")))))
    return _moment(sent, gmt, offset, country, state)


@lru_cache(maxsize=2048)
def _moment(
    sent: str, gmt: str, offset: str, country: str | None, state: str
) -> tuple[str, Moment | None]:
    own = parse_time(sent)
    if own is not None and own[1] is OffsetSource.EXPLICIT and _is_honest(sent, gmt, offset):
        return sent, own
    if moment := paired(sent, offset) or between(sent, gmt):
        return sent, moment
    if naive_time(sent) is not None:
        return sent, local(sent, country=country, state=state)
    return sent or gmt, parse_time(gmt)


def _is_honest(sent: str, gmt: str, offset: str) -> bool:
    """Whether an offset inside the local field is one: a Z beside another offset is not."""
    if sent[-1:] not in ("Z", "z") or offset_of(offset) in (None, offset_of("Z")):
        return True
    apart = (naive_time(sent), naive_time(gmt))
    return None not in apart and apart[0] == apart[1]
