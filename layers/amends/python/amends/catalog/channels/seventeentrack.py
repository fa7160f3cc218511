"""17TRACK v2.4 (v2.2 has the same shape, v1 is read too): registered numbers, forty a request."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256

from amends.catalog.payloads.seventeentrack import CHANNEL, track_info
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, registered
from amends.domain.parcel.carriers import carrier_of, name_at
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
from amends.domain.parcel.derive import no_scans, not_said
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.vocabulary import ChannelState
from amends.domain.parcel.wire import Document, document, part, rows, text, whole

CARRIERS: frozenset[str] = frozenset()
LIMITS = Limits(
    batch_size=40,
    requests=3,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=6),
    registers=True,
    register_batch_size=40,
    source="17TRACK API v2.4: 3 requests a second, 40 numbers each, refreshed every 6-12 h",
)
SECRETS: tuple[str, ...] = ("token",)
BASE_URL = "https://api.17track.net"

_ERRORS = {
    401: "unauthorised",
    403: "unauthorised",
    429: "rate_limited",
    -18010001: "unauthorised",  # address not on the list
    -18010002: "unauthorised",
    -18010003: "unavailable",
    -18010004: "unauthorised",  # account disabled
    -18010012: "bad_number",
    -18010013: "malformed",  # data invalid
    -18010014: "malformed",  # more than forty
    -18010018: "needs_details",
    -18010019: "needs_details",
    -18010020: "needs_details",
    -18010022: "needs_details",
    -18019901: "already_registered",
    -18019902: "not_registered",
    -18019903: "needs_details",  # carrier not detected: name it
    -18019907: "quota",
    -18019908: "quota",
    -18019910: "needs_details",  # carrier wrong
}
_NOTHING_YET = -18019909


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about up to forty registered numbers."""
    response = yield _post("gettrackinfo", [_named(one) for one in asked], account)
    return answer(asked, response, channel=CHANNEL, read=read, absent="unavailable")


def register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """Register up to forty numbers; costs one of the quota each, once."""
    response = yield _post("register", [_details(one) for one in asked], account)
    return registered(asked, response, channel=CHANNEL, read=read)


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read an answer of any method, or a push."""
    content = part(document(body))
    data = content.get("data")
    if "event" in content:
        stopped = text(content.get("event")) == "TRACKING_STOPPED"
        return tuple(track_info(row, stopped=stopped) for row in rows(data))
    code = whole(content.get("code"))
    if code:
        return (_refused(number or "", None, code),)
    if "track_info" in content:
        return (track_info(content),)
    accepted, rejected = rows(part(data).get("accepted")), rows(part(data).get("rejected"))
    if not accepted and "track_info" in part(data):
        accepted = rows(data)
    errors = rows(part(data).get("errors"))
    if errors and not accepted and not rejected:
        return (_refused(number or "", None, whole(errors[0].get("code")) or 0),)
    return tuple(track_info(row) for row in accepted) + tuple(_rejection(row) for row in rejected)


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """`TRACKING_UPDATED` or `TRACKING_STOPPED`; `sign` is SHA-256 of body, slash and key."""
    digest = sha256(body + b"/" + secrets["token"].encode()).hexdigest()
    claimed = headers.get("sign", "").strip().lower()
    if not hmac.compare_digest(digest.encode(), claimed.encode()):
        raise BadSignature("the header `sign` does not match the body")
    readings = read(body)
    if not readings:
        raise Malformed("the push names no number")
    return Push(kind=PushKind.READINGS, event_id=digest, readings=readings)


def _post(method: str, named: list[dict[str, object]], account: Account) -> Request:
    return Request.post_json(
        f"{account.base_url}/track/v2.4/{method}",
        named,
        headers={"17token": account.secrets["token"]},
    )


def _named(asked: Asked) -> dict[str, object]:
    key = name_at(CHANNEL, asked.carrier)
    return {"number": asked.number, **({"carrier": int(key)} if key else {})}


def _details(asked: Asked) -> dict[str, object]:
    more = (
        ("destination_country", asked.destination_country),
        ("destination_postal_code", asked.destination_postal_code),
        ("phone_number_last_4", asked.phone_tail),
        ("ship_date", asked.shipped_on and asked.shipped_on.isoformat()),
    )
    return {**_named(asked), **{key: value for key, value in more if value}}


def _refused(number: str, carrier: str | None, code: int) -> Reading:
    error = _ERRORS.get(code, "unavailable")
    state = ChannelState.QUOTA if error == "quota" else ChannelState.ACTIVE
    return not_said(number=number, channel=CHANNEL, carrier=carrier, error=error, state=state)


def _rejection(row: Document) -> Reading:
    number, carrier = text(row.get("number")), carrier_of(CHANNEL, text(row.get("carrier")))
    code = whole(part(row, "error").get("code")) or 0
    if code != _NOTHING_YET:
        return _refused(number, carrier, code)
    return no_scans(number=number, channel=CHANNEL, carrier=carrier, state=ChannelState.PENDING)
