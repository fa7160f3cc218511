"""TrackingMore v4, and the answers of v2 and v3: batches of forty, naive local times."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from amends.catalog.payloads.trackingmore import is_known, meaning_of
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, registered
from amends.domain.parcel.carriers import carrier_of, home_of, name_at
from amends.domain.parcel.channel import (
    Account,
    Answer,
    Asked,
    BadSignature,
    Limits,
    Malformed,
    Push,
    PushKind,
)
from amends.domain.parcel.countries import alpha2
from amends.domain.parcel.derive import derive, entry, no_scans, not_said, oldest_first
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import ChannelState
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text, whole

CHANNEL = "trackingmore"
CARRIERS: frozenset[str] = frozenset()
LIMITS = Limits(
    batch_size=40,
    requests=10,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=3),
    registers=True,
    register_batch_size=40,
    register_requests=3,
    source="TrackingMore v4: get 10/s, create 3/s; refreshed every 3-6 h",
)
SECRETS: tuple[str, ...] = ("api_key", "webhook_secret")
BASE_URL = "https://api.trackingmore.com"
WAIT_SECONDS = 120
"""How long to wait after a 429, by the provider's own rule."""

_ERRORS = {
    401: "unauthorised",
    403: "unauthorised",
    404: "not_registered",
    203: "quota",  # to be paid for first
    429: "rate_limited",
    4101: "already_registered",
    4190: "quota",
}
_NEEDS = range(4120, 4131)  # 4120-4122 and 4130: a parameter of that courier is missing or wrong
_BAD = range(4102, 4114)


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Get up to forty created trackings by their numbers."""
    response = yield Request.get(
        f"{account.base_url}/v4/trackings/get",
        headers={"tracking-api-key": account.secrets["api_key"]},
        query={"tracking_numbers": ",".join(one.number for one in asked), "limit": "200"},
    )
    return answer(
        asked,
        response,
        channel=CHANNEL,
        read=read,
        absent="not_registered",
        wait_seconds=WAIT_SECONDS,
    )


def register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """Create up to forty trackings; a courier code is compulsory."""
    response = yield Request.post_json(
        f"{account.base_url}/v4/trackings/batch",
        [_details(one) for one in asked],
        headers={"tracking-api-key": account.secrets["api_key"]},
    )
    return registered(asked, response, channel=CHANNEL, read=read)


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read a list, one tracking, a batch's outcome, a push, or an error."""
    content = part(document(body))
    meta = part(content, "meta") or content
    code = whole(meta.get("code")) or 200
    data = content.get("data")
    if code >= 300 or code in _ERRORS:
        return (_refused(first_text(part(data), "tracking_number") or number or "", code),)
    told = part(data)
    if "success" in told or "error" in told:
        accepted = tuple(_pending(row) for row in rows(told.get("success")))
        return accepted + tuple(_rejected(row) for row in rows(told.get("error")))
    listed = rows(told.get("items")) or rows(told.get("trackings")) or rows(data)
    if not listed and "origin_info" in content:
        listed = [content]
    return tuple(_reading(row, number) for row in listed)


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """A wake-up only: the signature covers the header `timestamp` and not a byte of the body."""
    stamp, claimed = headers.get("timestamp", ""), headers.get("signature", "").strip().lower()
    key = secrets["webhook_secret"]
    if not claimed and secrets.get("email"):  # v2 and v3 sign inside the body, with the e-mail
        info = part(document(body), "verifyInfo")
        stamp, claimed = text(info.get("timeStr")), text(info.get("signature"))
        key = secrets["email"]
    digest = hmac.digest(key.encode(), stamp.encode(), sha256).hex()
    if not stamp or not hmac.compare_digest(digest.encode(), claimed.encode()):
        raise BadSignature("the header `signature` does not match the timestamp")
    numbers = tuple(dict.fromkeys(one.number for one in read(body) if one.number))
    if not numbers:
        raise Malformed("the push names no number")
    return Push(kind=PushKind.WAKE_UP, event_id=sha256(body).hexdigest(), numbers=numbers)


def _details(asked: Asked) -> dict[str, str]:
    courier = name_at(CHANNEL, asked.carrier) or asked.carrier
    more = (
        ("courier_code", courier),
        ("tracking_postal_code", asked.destination_postal_code),
        ("tracking_destination_country", asked.destination_country),
        ("tracking_ship_date", asked.shipped_on and asked.shipped_on.isoformat()),
    )
    return {"tracking_number": asked.number, **{key: value for key, value in more if value}}


def _refused(number: str, code: int, carrier: str | None = None) -> Reading:
    error = _ERRORS.get(code) or ("unavailable" if 500 <= code < 600 else "malformed")
    if code in _NEEDS:
        error = "needs_details"
    elif code in _BAD:
        error = "bad_number"
    return not_said(
        number=number,
        channel=CHANNEL,
        carrier=carrier,
        error=error,
        retry_after_seconds=WAIT_SECONDS if error == "rate_limited" else None,
        state=ChannelState.QUOTA if error == "quota" else ChannelState.ACTIVE,
    )


def _rejected(row: Document) -> Reading:
    code = whole(first_text(row, "errorCode", "error_code", "code")) or 4110
    carrier = carrier_of(CHANNEL, _courier(row))
    return _refused(text(row.get("tracking_number")), code, carrier)


def _pending(row: Document) -> Reading:
    return no_scans(
        number=text(row.get("tracking_number")),
        channel=CHANNEL,
        carrier=carrier_of(CHANNEL, _courier(row)),
        state=ChannelState.PENDING,
    )


def _courier(row: Document) -> str:
    return first_text(row, "courier_code", "carrier_code")


def _reading(row: Document, number: str | None) -> Reading:
    status, sub = first_text(row, "delivery_status", "status"), text(row.get("substatus"))
    carrier = carrier_of(CHANNEL, _courier(row))
    origin, destination = part(row, "origin_info"), part(row, "destination_info")
    onward = carrier_of(CHANNEL, _courier(destination))
    scans = _scans(origin, carrier) or _scans({"trackinfo": row.get("track_info")}, carrier)
    away = _scans(destination, onward)
    expected = first_text(row, "scheduled_delivery_date", "expected_delivery")
    there = alpha2(first_text(row, "destination_country", "destination_country_iso2"))
    fresh = parse_time(first_text(row, "update_at", "updated_at", "lastUpdateTime"))
    handed = first_text(row, "destination_track_number", "exchange_number")
    codes = [*(scan.code for scan in (*scans, *away)), sub or status]
    return derive(
        number=first_text(row, "tracking_number") or number or "",
        channel=CHANNEL,
        carrier=carrier,
        scans=[*scans, *away],
        state=_state(row, status or sub),
        current=meaning_of(status, sub, first_text(row, "latest_event", "lastEvent")),
        fresh_at=fresh[0] if fresh else None,
        estimated_delivery_at=due(expected, country=there),
        successor=(onward, handed) if onward and handed else None,
        unmapped=tuple(dict.fromkeys(code for code in codes if not is_known(code))),
    )


def _state(row: Document, status: str) -> ChannelState:
    if status.startswith("expired"):
        return ChannelState.EXPIRED
    if row.get("archived") is True or text(row.get("archived")) in ("true", "archived"):
        return ChannelState.STOPPED
    return ChannelState.PENDING if status == "pending" else ChannelState.ACTIVE


def _scans(info: Document, carrier: str | None) -> tuple[Scan, ...]:
    told = ("checkpoint_date", "Date", "tracking_detail", "StatusDescription")
    lines = [line for line in rows(info.get("trackinfo")) if first_text(line, *told)]
    return oldest_first([_scan(line, carrier) for line in lines], newest_first=True)


def _scan(line: Document, carrier: str | None) -> Scan:
    country = alpha2(first_text(line, "country_iso2"))
    at_raw = first_text(line, "checkpoint_date", "Date")
    status = first_text(line, "checkpoint_delivery_status", "checkpoint_status", "status")
    sub = first_text(line, "checkpoint_delivery_substatus", "substatus")
    words = first_text(line, "tracking_detail", "StatusDescription")
    where, state = first_text(line, "location", "Details"), text(line.get("state"))
    parts = (text(line.get(key)) for key in ("city", "state", "country_iso2"))
    return entry(
        channel=CHANNEL,
        carrier=carrier,
        at_raw=at_raw,
        at=local(at_raw, country=country, state=state, words=where, home=home_of(carrier)),
        told=meaning_of(status, sub, words),
        place=Place(
            text=where or ", ".join(filter(None, parts)),
            country=country,
            postal_code=text(line.get("zip")) or None,
        ),
        text=words,
        code=sub or status,
    )
