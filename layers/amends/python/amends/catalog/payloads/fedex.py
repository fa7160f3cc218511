"""What FedEx answers and pushes: results in results, events with two codes and an exception."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from amends.domain.parcel.clocks import Moment
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Reason, Step
from amends.domain.parcel.wire import Document, document, first_text, joined, part, rows, text
from amends.domain.parcel.wording import how_delivered, plainly, reason_in, sent_back

CHANNEL = "fedex"
CARRIER = "fedex"
CODE = "fedex.derivedStatusCode"

_DELAYS = {
    "WEATHER": Reason.WEATHER,
    "OPERATIONAL": Reason.CARRIER_DELAY,
    "LOCAL": Reason.EXTERNAL_DELAY,
    "GENERAL": Reason.DELAY,
    "CLEARANCE": Reason.CUSTOMS_DELAY,
}
_EXPORT = Meaning(milestone=Milestone.CUSTOMS, step=Step.RELEASED)
_VAGUE = frozenset({None, Reason.OTHER, Reason.DELAY})
_ERRORS = (
    ("NOTFOUND", None),
    ("NOT.FOUND.TRACKING", None),
    ("NOT.AUTHORIZED", "unauthorised"),
    ("UNAUTHORIZED", "unauthorised"),
    ("FORBIDDEN", "unauthorised"),
    ("REAUTHENTICATE", "unauthorised"),
    ("TOO.MANY", "rate_limited"),
    ("RATE", "rate_limited"),
    ("QUOTA", "quota"),
    ("TIMEOUT", "timeout"),
    ("MAXEXCEEDED", "malformed"),
    ("BAD.REQUEST", "malformed"),
    ("INVALID.INPUT", "malformed"),
    ("NOTUNIQUE", "needs_details"),
    ("INCOMPLETE", "needs_details"),
    ("TRACKINGNUMBER", "bad_number"),
)
_SAYS = ("eventType", "derivedStatusCode", "eventDescription")
Offsets = Mapping[str, str]


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer (a reading for each use of each number), a push, or an error."""
    content = document(body)
    outer = part(content)
    if errors := rows(outer.get("errors")):
        return (_refused(errors[0], number or ""),)
    inside = part(outer, "output") or outer
    complete = rows(inside.get("completeTrackResults"))
    told: list[Reading] = []
    for row in complete:
        named = text(row.get("trackingNumber"))
        results = rows(row.get("trackResults")) or [{}]
        told += [_result(one, named or _named(one) or number or "") for one in results]
    if complete:
        return tuple(told)
    listed = rows(inside.get("trackResults")) or rows(content)
    return tuple(_result(one, _named(one) or number or "") for one in listed if _tells(one))


def _named(row: Document) -> str:
    inner = text(part(row, "trackingNumberInfo").get("trackingNumber"))
    return inner or text(row.get("trackingNumber"))


def _tells(row: Document) -> bool:
    keys = ("scanEvents", "latestStatusDetail", "trackingNumberInfo", "error")
    return any(row.get(key) for key in keys)


def _refused(error: Document, number: str) -> Reading:
    code = text(error.get("code")).upper()
    words = text(error.get("message")).casefold()
    known = next((known for word, known in _ERRORS if word in code), "unavailable")
    is_said = "cannot be found" in words or "no record" in words
    if known is None or (known == "unavailable" and is_said):
        return no_scans(number=number, channel=CHANNEL, carrier=CARRIER)
    return not_said(number=number, channel=CHANNEL, carrier=CARRIER, error=known)


def _result(row: Document, number: str) -> Reading:
    events, status = rows(row.get("scanEvents")), part(row, "latestStatusDetail")
    error = part(row, "error")
    if not events and not _code(status, "code", "derivedCode") and text(error.get("code")):
        return _refused(error, number)
    sent = [_sent(event) for event in events]
    offsets = {} if all(map(_ends_with_offset, sent)) else _offsets(events, sent)
    told = zip(events, sent, strict=True)
    scans = [_scan(one, at, offsets) for one, at in told if at or first_text(one, *_SAYS)]
    codes = [scan.code for scan in scans] + [_code(status, "code", "derivedCode")]
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=CARRIER,
        scans=scans,
        newest_first=True,
        current=_current(status) or _arrived(row),
        estimated_delivery_at=_expected(row),
        unique_id=text(part(row, "trackingNumberInfo").get("trackingNumberUniqueId")) or None,
        unmapped=tuple(dict.fromkeys([code for code in codes if code and not _told(code)])),
    )


def _expected(row: Document) -> datetime | None:
    days = {text(one.get("type")): one.get("dateTime") for one in rows(row.get("dateAndTimes"))}
    window = part(row, "estimatedDeliveryTimeWindow", "window")
    standard = part(row, "standardTransitTimeWindow", "window")
    told = map(text, (window.get("ends"), days.get("ESTIMATED_DELIVERY"), standard.get("ends")))
    return None if days.get("ACTUAL_DELIVERY") else next(filter(None, map(due, told)), None)


def _scan(event: Document, at_raw: str, offsets: Offsets) -> Scan:
    where = _place(event)
    place = _written(
        text(where.get("city")),
        text(where.get("stateOrProvinceCode")),
        text(where.get("countryCode")),
        text(where.get("postalCode")),
        text(event.get("locationId")),
    )
    derived = text(event.get("derivedStatusCode"))
    code = text(event.get("eventType")) or derived
    said, why = text(event.get("eventDescription")), text(event.get("exceptionDescription"))
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=at_raw,
        at=_when(at_raw, where, place.country, offsets),
        # of what the type tells apart, the derived code says only `in transit`
        told=_said(code, derived, f"{said} {why}".strip(), _delay(event)),
        place=place,
        text=said or text(event.get("derivedStatus")) or why,
        code=code,
    )


@lru_cache(maxsize=4096)
def _written(city: str, state: str, country: str, postal_code: str, node: str) -> Place:
    """A place in words; the same few come again with every parcel."""
    return Place(
        text=", ".join(filter(None, (city, state, country))),
        country=alpha2(country),
        postal_code=postal_code or None,
        node=node or None,
    )


def _place(event: Document) -> Document:
    """The address of a scan, which FedEx's own example wraps in the description of a facility."""
    where = part(event, "scanLocation")
    return part(where, "scanLocation") if "scanLocation" in where else where


def _sent(event: Document) -> str:
    date = text(event.get("date"))
    if not date or "T" in date or not (time := text(event.get("time"))):
        return date
    return f"{date}T{time}"


def _when(sent: str, where: Document, country: str | None, offsets: Offsets) -> Moment | None:
    """A time without its offset takes that of another event in the same town (seen for PU)."""
    at = parse_time(sent, country=country)
    if at is None or at[1] is not OffsetSource.GUESSED:
        return at
    borrowed = parse_time(f"{sent}{offsets.get(_town(where), '-')}")
    if borrowed is not None and borrowed[1] is OffsetSource.EXPLICIT:
        return borrowed[0], OffsetSource.LOCATION
    return local(sent, country=country, state=text(where.get("stateOrProvinceCode")))


def _ends_with_offset(sent: str) -> bool:
    return len(sent) >= 25 and sent[-6] in "+-" and sent[-3] == ":"


def _offsets(events: list[Document], times: list[str]) -> Offsets:
    """The offset that each town's times bear, as text."""
    found: dict[str, str] = {}
    for event, sent in zip(events, times, strict=True):
        town = _town(_place(event))
        if town and _ends_with_offset(sent):
            found.setdefault(town, sent[-6:])
    return found


def _town(where: Document) -> str:
    if not text(where.get("city")):
        return ""
    return joined("/", where, "city", "stateOrProvinceCode", "countryCode").casefold()


def _code(row: Document, finer: str, coarser: str) -> str:
    return text(row.get(finer)) or text(row.get(coarser))


@lru_cache(maxsize=512)
def _told(code: str) -> Meaning | None:
    return meaning(CODE, code) or meaning(CODE, code.upper())


def _current(status: Document) -> Meaning | None:
    code, beside = _code(status, "code", "derivedCode"), rows(status.get("ancillaryDetails"))
    asides = [joined(" ", one, "reasonDescription", "actionDescription") for one in beside]
    words = " ".join(filter(None, (first_text(status, "description", "statusByLocale"), *asides)))
    return _said(code, text(status.get("derivedCode")), words, _delay(status))


def _arrived(row: Document) -> Meaning | None:
    """Delivered, where only the date of it says so."""
    days = {one.get("type") for one in rows(row.get("dateAndTimes")) if one.get("dateTime")}
    return Meaning(milestone=Milestone.DELIVERED) if "ACTUAL_DELIVERY" in days else None


def _delay(row: Document) -> str:
    return text(part(row, "delayDetail").get("type")).upper()


@lru_cache(maxsize=2048)
def _said(code: str, derived: str, words: str, delay: str) -> Meaning | None:
    told = _told(code) or _told(derived)
    spoken = None if code or derived else plainly(words)
    return _refined(told, code, words, delay) if told else spoken


def _refined(told: Meaning, code: str, words: str, delay: str) -> Meaning:
    """The same milestone with the reason that words and delay give; EA and SE may be others."""
    if code == "EA" and "export" in words.casefold():
        return _EXPORT
    if told.milestone is Milestone.DELIVERED:
        return replace(told, reason=how_delivered(words))
    if code == "SE" and (back := sent_back(words)):
        return replace(back, milestone=Milestone.RETURNING)
    if told.milestone not in (Milestone.DELIVERY_FAILED, Milestone.EXCEPTION):
        return told
    if told.reason in _VAGUE:
        return replace(told, reason=reason_in(words) or _DELAYS.get(delay) or told.reason)
    return told
