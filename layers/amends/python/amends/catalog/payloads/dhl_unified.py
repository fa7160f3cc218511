"""What DHL Unified answers and pushes: shipments, problems, times of three kinds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import Milestone, OffsetSource
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text, whole
from amends.domain.parcel.wording import failed, how_delivered, moved, sent_back

CHANNEL = "dhl_unified"
VOCABULARY = "dhl.unified.statusCode"
SERVICES = {
    "express": "dhl_express",
    "parcel-de": "dhl_parcel_de",
    "ecommerce": "dhl_ecommerce",
    "post-de": "deutsche_post",
}
"""DHL's names of its divisions and ours; every other one is `dhl_` and its name."""

# Divisions that write their own country's time without an offset (parcel-de: documented).
_ZONES = {
    "parcel-de": "Europe/Berlin",
    "post-de": "Europe/Berlin",
    "parcel-nl": "Europe/Amsterdam",
    "parcel-uk": "Europe/London",
    "parcel-pl": "Europe/Warsaw",
    "ecommerce-ppl": "Europe/Prague",
}
_ERRORS = {
    400: "bad_number",
    401: "unauthorised",
    403: "unauthorised",
    408: "timeout",
    422: "bad_number",
    429: "rate_limited",
    504: "timeout",
}


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer (a reading for each shipment), a push, or a problem document."""
    content = document(body)
    told = [_reading(row, number) for row in _shipments(content)]
    if told:
        return tuple(told)
    problem = part(content, "error") or part(content)
    status = whole(problem.get("status")) or whole(problem.get("statusCode"))
    if status is None or status < 400:
        return () if "shipments" in problem else _said_otherwise(problem, number)
    if status == 404:
        return (no_scans(number=number or _named(problem), channel=CHANNEL),)
    error = _ERRORS.get(status, "unavailable" if status >= 500 else "malformed")
    return (not_said(number=number or "", channel=CHANNEL, error=error),)


def _said_otherwise(content: Document, number: str | None) -> tuple[Reading, ...]:
    """A gateway's own error without a status, as far as its words go."""
    words = first_text(content, "title", "detail", "message", "error", "reason").casefold()
    known = (
        ("no result", None),
        ("not found", None),
        ("unauthor", "unauthorised"),
        ("apikey", "unauthorised"),
        ("api key", "unauthorised"),
        ("forbidden", "unauthorised"),
        ("too many", "rate_limited"),
        ("timeout", "timeout"),
    )
    for word, error in known:
        if word in words:
            one = no_scans(number=number or "", channel=CHANNEL)
            if error is None:
                return (one,)
            return (not_said(number=number or "", channel=CHANNEL, error=error),)
    if not words:
        return ()
    return (not_said(number=number or "", channel=CHANNEL, error="unavailable"),)


def _named(content: Document) -> str:
    return text(content.get("instance")).rpartition("/shipment/")[2].strip("/")


def _shipments(content: object) -> list[Document]:
    """The shipments of an answer, or of a push that wraps them in one way or another."""
    outer = part(content)
    inner = rows(outer.get("data")) or rows(outer.get("payload"))
    for holder in (outer, *inner):
        if found := rows(holder.get("shipments")) or rows(holder.get("shipment")):
            return found
    return [row for row in [*rows(content), *inner] if _is_shipment(row)]


def _is_shipment(row: Document) -> bool:
    has_history = bool(rows(row.get("events")) or part(row, "status"))
    return has_history and ("id" in row or "service" in row or "events" in row)


def _reading(row: Document, number: str | None) -> Reading:
    service = text(row.get("service")).casefold()
    carrier = SERVICES.get(service) or (f"dhl_{service}".replace("-", "_") if service else None)
    home = _home(row)
    status = _status(row)
    events = rows(row.get("events")) or rows(status)
    scans = [_scan(event, service, carrier, row, home) for event in events if _says(event)]
    codes = [scan.code for scan in scans] + [_code(status)]
    return derive(
        number=text(row.get("id")) or number or "",
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        newest_first=True,
        current=_meaning(status),
        is_return=row.get("returnFlag") is True,
        estimated_delivery_at=_expected(row, service, home),
        unmapped=tuple(dict.fromkeys(c for c in codes if c and meaning(VOCABULARY, c) is None)),
    )


def _status(row: Document) -> Document:
    """The status, also where it is its code alone."""
    return part(row, "status") or {"statusCode": text(row.get("status"))}


def _home(row: Document) -> str | None:
    """The country of a shipment that never leaves it."""
    ends = {
        alpha2(text(part(row, end, "address").get("countryCode")))
        for end in ("origin", "destination")
    }
    return ends.pop() if len(ends) == 1 else None


def _expected(row: Document, service: str, home: str | None) -> datetime | None:
    frame = part(row, "estimatedDeliveryTimeFrame")
    there = home or alpha2(text(part(row, "destination", "address").get("countryCode")))
    for sent in (frame.get("estimatedThrough"), row.get("estimatedTimeOfDelivery")):
        if at := due(text(sent), zone=_ZONES.get(service), country=there):
            return at
    return None


def _country_of(town: str, row: Document) -> str | None:
    """The country that another address of the shipment gives to the same town."""
    holders = [part(row, "origin"), part(row, "destination")]
    holders += [part(one, "location") for one in (part(row, "status"), *rows(row.get("events")))]
    for address in (part(one, "address") for one in holders):
        is_here = text(address.get("addressLocality")).casefold() == town.casefold()
        if town and is_here and (found := alpha2(text(address.get("countryCode")))):
            return found
    return None


def _says(event: Document) -> bool:
    return bool(first_text(event, "timestamp", "statusCode", "status", "description"))


def _code(event: Document) -> str:
    return _plain(text(event.get("statusCode")))


@lru_cache(maxsize=256)
def _plain(code: str) -> str:
    return code.casefold().replace("_", "-").replace(" ", "-")


def _scan(
    event: Document, service: str, carrier: str | None, row: Document, home: str | None
) -> Scan:
    address = part(event, "location", "address")
    country = alpha2(text(address.get("countryCode")))
    at_raw = first_text(event, "timestamp", "date", "time")
    at = parse_time(at_raw, zone=_ZONES.get(service), country=country or home)
    if at is not None and at[1] is OffsetSource.GUESSED:
        town = text(address.get("addressLocality"))
        there = country or home or _country_of(town, row)
        at = local(at_raw, country=there, words=town)
    return entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=at_raw,
        at=at,
        told=_meaning(event),
        place=Place(
            text=first_text(address, "addressLocality", "streetAddress", "countryCode"),
            country=country,
            postal_code=text(address.get("postalCode")) or None,
            node=text(part(event, "location", "servicePoint").get("label")) or None,
        ),
        text=first_text(event, "description", "status", "remark"),
        code=_code(event),
    )


def _meaning(event: Document) -> Meaning | None:
    words = (text(event.get("description")), text(event.get("status")), text(event.get("remark")))
    return _told(_code(event), words)


@lru_cache(maxsize=2048)
def _told(code: str, words: tuple[str, ...]) -> Meaning | None:
    """The code for the milestone, and the words for what `failure` and `transit` leave open.

    They are description, status and remark, in this order.
    """
    told = meaning(VOCABULARY, code)
    sayings = [said for said in words if said and said.casefold() != code]
    if told is None:
        return None if code else _first(moved(words) for words in sayings)
    match told.milestone:
        case Milestone.DELIVERED:
            return _delivered(told, sayings)
        case Milestone.DELIVERY_FAILED:
            return _first(failed(words) for words in sayings) or told
        case Milestone.IN_TRANSIT:
            return _first(moved(words) for words in sayings) or told
        case _:
            return told


def _delivered(told: Meaning, sayings: Sequence[str]) -> Meaning:
    if any(sent_back(words) for words in sayings):
        return replace(told, milestone=Milestone.RETURNED)
    ways = (how_delivered(words) for words in sayings)
    return replace(told, reason=next(filter(None, ways), None))


def _first(told: Iterable[Meaning | None]) -> Meaning | None:
    return next((one for one in told if one is not None), None)
