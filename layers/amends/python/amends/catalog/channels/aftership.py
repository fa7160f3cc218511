"""AfterShip Tracking 2026-07, and the answers of v4: one registration a call, long lists."""

import hmac
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

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
from amends.domain.parcel.derive import derive, entry, not_said
from amends.domain.parcel.estimates import due
from amends.domain.parcel.placing import local
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import ChannelState
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text, whole
from amends.domain.parcel.wording import plainly

CHANNEL = "aftership"
CARRIERS: frozenset[str] = frozenset()
LIMITS = Limits(
    batch_size=50,
    requests=6,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=3),
    registers=True,
    register_requests=20,
    source="AfterShip rate table 2025-01: list 6/s, create 20/s; 3-12 h by its help pages",
)
SECRETS: tuple[str, ...] = ("api_key", "webhook_secret")
BASE_URL = "https://api.aftership.com"

_PATH = "/tracking/2026-07/trackings"
_TAG, _SUBTAG = "aftership.tag", "aftership.subtag"
_ONE = frozenset({"tracking_number", "checkpoint", "checkpoints"})
_ERRORS = {
    401: "unauthorised",
    403: "unauthorised",
    404: "not_registered",
    408: "timeout",
    429: "rate_limited",
    504: "timeout",
    4003: "already_registered",
    4004: "not_registered",
    4005: "bad_number",
    4007: "bad_number",
    4010: "needs_details",
    4011: "needs_details",  # what this courier requires beside the number
    4012: "needs_details",  # courier not detected: name it
}


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """List up to fifty registered trackings by their numbers."""
    numbers = ",".join(one.number for one in asked)
    response = yield Request.get(
        f"{account.base_url}{_PATH}",
        headers={"as-api-key": account.secrets["api_key"]},
        query={"tracking_numbers": numbers, "limit": "200"},
    )
    return answer(asked, response, channel=CHANNEL, read=read, absent="not_registered")


def register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """Create the trackings, one request each: AfterShip takes no batch."""
    outcome: dict[str, str] = {}
    for one in asked:
        response = yield Request.post_json(
            f"{account.base_url}{_PATH}",
            _details(one),
            headers={"as-api-key": account.secrets["api_key"]},
        )
        outcome |= registered(
            [one], response, channel=CHANNEL, read=partial(read, number=one.number)
        )
    return outcome


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read one tracking, a list, a last checkpoint, a push, or an error."""
    sent = document(body)
    if isinstance(sent, list):
        return tuple(_reading(row, number) for row in rows(sent) if "tracking_number" in row)
    content = part(sent)
    if "event" in content or "msg" in content:
        return tuple(_reading(row, number) for row in rows(content.get("msg")))
    data = part(content, "data")
    told = rows(data.get("tracking")) or rows(data.get("trackings"))
    if not told and not _ONE.isdisjoint(data):
        told = [data]
    told = told or [row for row in rows(content.get("data")) if not _ONE.isdisjoint(row)]
    code = whole(part(content, "meta").get("code")) or 200
    if code < 300:
        told = told or (rows(content) if "checkpoints" in content else [])
        return tuple(_reading(row, number) for row in told)
    error = _ERRORS.get(code, "unavailable" if 500 <= code < 600 else "malformed")
    named = told[0] if told else {}
    return (
        not_said(
            number=text(named.get("tracking_number")) or number or "",
            channel=CHANNEL,
            carrier=carrier_of(CHANNEL, text(named.get("slug"))),
            error=error,
        ),
    )


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """`tracking_update` and its like; base64 of the HMAC-SHA256 of the body."""
    digest = hmac.digest(secrets["webhook_secret"].encode(), body, sha256)
    claimed = headers.get("aftership-hmac-sha256", "").strip()
    if not hmac.compare_digest(b64encode(digest), claimed.encode()):
        raise BadSignature("the header `aftership-hmac-sha256` does not match the body")
    readings = read(body)
    if not readings:
        raise Malformed("the push tells of no tracking")
    event_id = text(part(document(body)).get("event_id")) or digest.hex()
    return Push(kind=PushKind.READINGS, event_id=event_id, readings=readings)


def _details(asked: Asked) -> dict[str, str]:
    more = (
        ("slug", name_at(CHANNEL, asked.carrier)),
        ("destination_country_region", asked.destination_country),
        ("destination_postal_code", asked.destination_postal_code),
        ("tracking_postal_code", asked.destination_postal_code),
        ("tracking_ship_date", asked.shipped_on and asked.shipped_on.strftime("%Y%m%d")),
    )
    return {"tracking_number": asked.number, **{key: value for key, value in more if value}}


def _reading(row: Document, number: str | None) -> Reading:
    carrier = carrier_of(CHANNEL, text(row.get("slug")))
    tag, subtag = text(row.get("tag")), text(row.get("subtag"))
    lines = rows(row.get("checkpoints")) or rows(row.get("checkpoint"))
    scans = [_scan(line, carrier) for line in lines if _says(line)]
    fresh = parse_time(first_text(row, "last_updated_at", "updated_at"))
    codes = [*(scan.code for scan in scans), subtag or tag]
    return derive(
        number=first_text(row, "tracking_number") or number or "",
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        state=_state(row, tag or subtag),
        current=meaning(_SUBTAG, subtag) or meaning(_TAG, tag),
        is_return=row.get("return_to_sender") is True,
        fresh_at=fresh[0] if fresh else None,
        estimated_delivery_at=_expected(row),
        unmapped=tuple(dict.fromkeys(code for code in codes if not _is_known(code))),
    )


def _state(row: Document, tag: str) -> ChannelState:
    if tag.startswith("Expired"):
        return ChannelState.EXPIRED
    if row.get("active") is False:
        return ChannelState.STOPPED
    return ChannelState.PENDING if tag.startswith("Pending") else ChannelState.ACTIVE


def _expected(row: Document) -> datetime | None:
    """The latest estimate, the carrier's own, or the older field; of a span its end."""
    estimate = part(row, "courier_estimated_delivery_date")
    latest = part(row, "latest_estimated_delivery")
    there = alpha2(first_text(row, "destination_country_region", "destination_country_iso3"))
    for sent in (
        first_text(latest, "datetime_max", "datetime"),
        first_text(estimate, "estimated_delivery_date_max", "estimated_delivery_date"),
        text(row.get("expected_delivery")),
    ):
        if at := due(sent, country=there, state=text(row.get("destination_state"))):
            return at
    return None


def _is_known(code: str) -> bool:
    return not code or bool(meaning(_SUBTAG, code) or meaning(_TAG, code))


def _says(line: Document) -> bool:
    """Whether a checkpoint tells anything: a tracking without scans has one of nulls."""
    return bool(first_text(line, "checkpoint_time", "message", "tag", "subtag", "location"))


def _scan(line: Document, carrier: str | None) -> Scan:
    country = alpha2(first_text(line, "country_region", "country_iso3", "country_name"))
    tag, subtag = text(line.get("tag")), text(line.get("subtag"))
    at_raw = text(line.get("checkpoint_time"))
    by = carrier_of(CHANNEL, text(line.get("slug"))) or carrier
    places = ("city", "state", "country_region_name", "country_name")
    words, code = first_text(line, "message", "subtag_message"), subtag or tag
    return entry(
        channel=CHANNEL,
        carrier=by,
        at_raw=at_raw,
        at=local(
            at_raw,
            country=country,
            state=text(line.get("state")),
            words=text(line.get("location")),
            home=home_of(by),
        ),
        told=meaning(_SUBTAG, subtag) or meaning(_TAG, tag) or (None if code else plainly(words)),
        place=Place(
            text=text(line.get("location"))
            or ", ".join(filter(None, (text(line.get(key)) for key in places))),
            country=country,
            postal_code=first_text(line, "postal_code", "zip") or None,
        ),
        text=words,
        code=code,
        provider_id=text(line.get("hash")),
    )
