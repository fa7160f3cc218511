"""What UPS answers and pushes: activities keyed by a number, two letters and a type."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from amends.catalog.payloads.ups_status import Said, said_in
from amends.domain.parcel.clocks import Moment, paired
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.spelling import camel
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import OffsetSource
from amends.domain.parcel.wire import Document, document, first_text, joined, part, rows, text

CHANNEL = "ups"
CARRIER = "ups"

_ERRORS = (
    ("10429", "rate_limited"),
    ("429", "rate_limited"),
    ("2500", "unauthorised"),
    ("10401", "unauthorised"),
    ("10403", "unauthorised"),
    ("TV", "bad_number"),
    ("105", "unavailable"),
)
_UNFOUND = ("not found", "no tracking information", "not available", "no record")
_END_OF_DAY = "235959"
_WRONG_DAY = timedelta(hours=12)


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer (a reading for each package), a Track Alert, or an error."""
    content = document(body)
    outer = part(content)
    if "TrackResponse" in outer or "Fault" in outer:
        outer = part(camel(outer))
    faults = _faults(outer)
    if faults:
        return (_refused(faults[0], number),)
    shipments = rows(part(outer, "trackResponse").get("shipment"))
    if shipments:
        return tuple(one for row in shipments for one in _shipment(row, number))
    alerts = [row for row in rows(content) if "activityStatus" in row]
    return tuple(_package(_activity_of(row), number=_named(row) or number or "") for row in alerts)


def _faults(content: Document) -> list[Document]:
    gateway = part(content, "fault")
    return [
        *rows(part(content, "response").get("errors")),
        *rows(content.get("errors")),
        *(
            [{"code": first_text(part(gateway, "detail"), "errorcode"), **gateway}]
            if gateway
            else []
        ),
    ]


def _refused(fault: Document, number: str | None) -> Reading:
    code = first_text(fault, "code", "errorCode")
    words = first_text(fault, "message", "errorMessage", "faultstring").casefold()
    if code.startswith("TW0001") or any(one in words for one in _UNFOUND):
        return no_scans(number=number or "", channel=CHANNEL, carrier=CARRIER)
    error = next((error for prefix, error in _ERRORS if code.startswith(prefix)), None)
    if error is None and ("rate" in words or "too many" in words or "quota" in words):
        error = "rate_limited"
    if error is None and ("token" in words or "auth" in words or "credential" in words):
        error = "unauthorised"
    if error is None:
        error = "bad_number" if "invalid" in words else "unavailable"
    return not_said(number=number or "", channel=CHANNEL, carrier=CARRIER, error=error)


def _shipment(row: Document, number: str | None) -> Iterator[Reading]:
    asked = text(row.get("inquiryNumber")) or text(part(row, "inquiryNumber").get("value"))
    packages = rows(row.get("package")) or ([row] if rows(row.get("activity")) else [])
    if not packages:
        warned = rows(row.get("warnings")) or [{"code": "TW0001"}]
        yield _refused(warned[0], asked or number)
    for package in packages:
        yield _package(package, number=_named(package) or asked or number or "")


def _named(row: Document) -> str:
    return text(row.get("trackingNumber"))


def _activity_of(alert: Document) -> Document:
    """A Track Alert, in the words of an answer; its numeric code has a name of its own."""
    status = part(alert, "activityStatus")
    return {
        "activity": [
            {
                "status": {"statusCode": status.get("descriptionCode"), **status},
                "location": {"address": part(alert, "activityLocation")},
                "date": alert.get("localActivityDate"),
                "time": alert.get("localActivityTime"),
                "gmtDate": alert.get("gmtActivityDate"),
                "gmtTime": alert.get("gmtActivityTime"),
                "gmtOffset": alert.get("gmtOffset"),
            }
        ],
        "deliveryDate": [{"type": "SDD", "date": alert.get("scheduledDeliveryDate")}],
    }


def _package(row: Document, *, number: str) -> Reading:
    lines = [line for line in rows(row.get("activity")) if _says(line)]
    told = [said_in(part(line, "status")) for line in lines]
    scans = [_scan(line, said) for line, said in zip(lines, told, strict=True)]
    current = said_in(part(row, "currentStatus"))
    return derive(
        number=number,
        channel=CHANNEL,
        carrier=CARRIER,
        scans=scans,
        newest_first=True,
        current=current.means,
        estimated_delivery_at=_expected(row),
        unmapped=tuple(dict.fromkeys(said.strange for said in (*told, current) if said.strange)),
    )


def _says(line: Document) -> bool:
    return bool(part(line, "status") or first_text(line, "date", "gmtDate"))


def _expected(row: Document) -> datetime | None:
    """The last moment of the day that UPS plans to deliver on, where it has not delivered yet."""
    days = {text(day.get("type")): text(day.get("date")) for day in rows(row.get("deliveryDate"))}
    day = days.get("RDD") or days.get("SDD")
    if not day:
        return None
    ends = [
        part(one, "address")
        for one in rows(row.get("packageAddress"))
        if text(one.get("type")).upper() == "DESTINATION"
    ]
    end = part(ends[0]) if ends else {}
    clock = _clock(day, text(part(row, "deliveryTime").get("endTime")) or _END_OF_DAY)
    country = alpha2(first_text(end, "countryCode", "country"))
    moment = local(clock, country=country, state=text(end.get("stateProvince")))
    return moment[0] if moment else None


def _scan(line: Document, said: Said) -> Scan:
    place = part(line, "location") or part(line, "activityLocation")
    address = part(place, "address") or place
    country = alpha2(first_text(address, "countryCode", "country"))
    state = first_text(address, "stateProvince", "stateProvinceCode")
    where = (text(address.get("city")), state, first_text(address, "countryCode", "country"))
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=_sent(line, "date", "time") or _sent(line, "gmtDate", "gmtTime"),
        at=_when(line, country, state),
        told=said.means,
        place=Place(
            text=", ".join(filter(None, where)),
            country=country,
            postal_code=text(address.get("postalCode")) or None,
            node=text(place.get("slic")) or None,
        ),
        text=said.words,
        code=said.code,
    )


def _sent(line: Document, day: str, time: str) -> str:
    return joined(" ", line, day, time)


def _when(line: Document, country: str | None, state: str) -> Moment | None:
    """The GMT fields; the local ones with their offset where GMT is missing or a day off."""
    clock = (text(line.get("date")), text(line.get("time")))
    gmt = (text(line.get("gmtDate")), text(line.get("gmtTime")))
    return _moment(clock, gmt, text(line.get("gmtOffset")), country, state)


@lru_cache(maxsize=2048)
def _moment(
    local_one: tuple[str, str],
    gmt_one: tuple[str, str],
    offset: str,
    country: str | None,
    state: str,
) -> Moment | None:
    clock = _clock(*local_one)
    from_local = paired(clock, offset)
    gmt = parse_time(_clock(*gmt_one)) if gmt_one[1] else None
    if gmt is None:
        return from_local or local(clock, country=country, state=state)
    if from_local is not None and abs(from_local[0] - gmt[0]) >= _WRONG_DAY:
        return from_local
    return gmt[0], OffsetSource.PAIRED


def _clock(day: str, time: str) -> str:
    """ISO 8601 of a date and a time with or without separators and leading zeros."""
    digits, days = ("".join(filter(str.isdigit, one)) for one in (time, day))
    whole = f"{digits.zfill(4)}00" if 0 < len(digits) <= 4 else digits.zfill(6)[:6]
    if int(whole[:2]) > 23:  # `3300` is 00:33:00 without its leading zeros
        whole = digits.zfill(6)[:6]
    if len(days) != 8:
        return ""
    return f"{days[:4]}-{days[4:6]}-{days[6:]}T{whole[:2]}:{whole[2:4]}:{whole[4:]}"
