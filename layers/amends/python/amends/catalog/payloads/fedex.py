"""What FedEx answers and pushes: results in results, events with two codes and an exception."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from amends.domain.parcel.clocks import Moment, local
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said, oldest_first
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Reason, Step
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text
from amends.domain.parcel.wording import how_delivered, reason_in, sent_back

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
    ("TRACKINGNUMBER", "bad_number"),
    ("INTERNAL", "unavailable"),
    ("UNAVAILABLE", "unavailable"),
    ("SYSTEM", "unavailable"),
)

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
    for word, known in _ERRORS:
        if word in code and known is None:
            return no_scans(number=number, channel=CHANNEL, carrier=CARRIER)
        if word in code and known is not None:
            return not_said(number=number, channel=CHANNEL, carrier=CARRIER, error=known)
    if "cannot be found" in words or "no record" in words:
        return no_scans(number=number, channel=CHANNEL, carrier=CARRIER)
    return not_said(number=number, channel=CHANNEL, carrier=CARRIER, error="unavailable")


def _result(row: Document, number: str) -> Reading:
    events, status = rows(row.get("scanEvents")), part(row, "latestStatusDetail")
    error = part(row, "error")
    if not events and not _code(status, "code", "derivedCode") and text(error.get("code")):
        return _refused(error, number)
    offsets = _offsets(events)
    scans = [_scan(event, offsets) for event in events if _says(event)]
    strange = [_strange(one, "eventType", "derivedStatusCode") for one in events]
    strange.append(_strange(status, "code", "derivedCode"))
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=CARRIER,
        scans=oldest_first(scans, newest_first=True),
        current=_current(status),
        estimated_delivery_at=_expected(row),
        unique_id=text(part(row, "trackingNumberInfo").get("trackingNumberUniqueId")) or None,
        unmapped=tuple(dict.fromkeys(code for code in strange if code)),
    )


def _says(event: Document) -> bool:
    return bool(first_text(event, "date", "eventType", "derivedStatusCode", "eventDescription"))


def _expected(row: Document) -> datetime | None:
    days = {text(one.get("type")): one.get("dateTime") for one in rows(row.get("dateAndTimes"))}
    window = part(row, "estimatedDeliveryTimeWindow", "window")
    planned = part(row, "standardTransitTimeWindow", "window")
    if days.get("ACTUAL_DELIVERY"):
        return None
    for sent in (window.get("ends"), days.get("ESTIMATED_DELIVERY"), planned.get("ends")):
        if at := parse_time(sent):
            return at[0]
    return None


def _scan(event: Document, offsets: Offsets) -> Scan:
    where = part(event, "scanLocation")
    country = alpha2(text(where.get("countryCode")))
    parts = (text(where.get(key)) for key in ("city", "stateOrProvinceCode", "countryCode"))
    at_raw = _sent(event)
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=at_raw,
        at=_when(at_raw, where, country, offsets),
        told=_meaning(event),
        place=Place(
            text=", ".join(filter(None, parts)),
            country=country,
            postal_code=text(where.get("postalCode")) or None,
            node=text(event.get("locationId")) or None,
        ),
        text=first_text(event, "eventDescription", "derivedStatus", "exceptionDescription"),
        code=_code(event, "eventType", "derivedStatusCode"),
    )


def _sent(event: Document) -> str:
    date, time = text(event.get("date")), text(event.get("time"))
    return f"{date}T{time}" if time and "T" not in date else date


def _when(sent: str, where: Document, country: str | None, offsets: Offsets) -> Moment | None:
    """A time without its offset takes that of another event in the same town (seen for PU)."""
    at = parse_time(sent, country=country)
    if at is None or at[1] is not OffsetSource.GUESSED:
        return at
    borrowed = parse_time(f"{sent}{offsets.get(_town(where), '-')}")
    if borrowed is not None and borrowed[1] is OffsetSource.EXPLICIT:
        return borrowed[0], OffsetSource.LOCATION
    return local(sent, country=country, state=text(where.get("stateOrProvinceCode")))


def _offsets(events: list[Document]) -> Offsets:
    """The offset that each town's times bear, as text."""
    found: dict[str, str] = {}
    for event in events:
        sent, town = _sent(event), _town(part(event, "scanLocation"))
        if town and len(sent) >= 25 and sent[-6] in "+-" and sent[-3] == ":":
            found.setdefault(town, sent[-6:])
    return found


def _town(where: Document) -> str:
    if not text(where.get("city")):
        return ""
    keys = ("city", "stateOrProvinceCode", "countryCode")
    return "/".join(text(where.get(key)).casefold() for key in keys)


def _code(row: Document, finer: str, coarser: str) -> str:
    return text(row.get(finer)) or text(row.get(coarser))


def _strange(row: Document, finer: str, coarser: str) -> str:
    code = _code(row, finer, coarser)
    return "" if _told(code) else code


def _told(code: str) -> Meaning | None:
    return meaning(CODE, code) or meaning(CODE, code.upper())


def _meaning(event: Document) -> Meaning | None:
    """The event's type; the derived code says only `in transit` of what the type tells apart."""
    code = _code(event, "eventType", "derivedStatusCode")
    told = _told(code) or _told(text(event.get("derivedStatusCode")))
    why = text(event.get("exceptionDescription"))
    words = " ".join(filter(None, (text(event.get("eventDescription")), why)))
    return _refined(told, code, words, part(event, "delayDetail")) if told else None


def _current(status: Document) -> Meaning | None:
    code = _code(status, "code", "derivedCode")
    told = _told(code) or _told(text(status.get("derivedCode")))
    asides = rows(status.get("ancillaryDetails"))
    keys = ("reasonDescription", "actionDescription")
    whys = [text(one.get(key)) for one in asides for key in keys]
    words = " ".join(filter(None, (text(status.get("description")), *whys)))
    return _refined(told, code, words, part(status, "delayDetail")) if told else None


def _refined(told: Meaning, code: str, words: str, delay: Document) -> Meaning:
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
        by_delay = _DELAYS.get(text(delay.get("type")).upper())
        return replace(told, reason=reason_in(words) or by_delay or told.reason)
    return told
