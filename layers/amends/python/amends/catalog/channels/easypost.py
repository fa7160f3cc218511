"""EasyPost trackers: one number a request, local times that claim to be UTC."""

import hmac
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from unicodedata import normalize

from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, registered, together
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
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import ChannelState, Milestone, OffsetSource
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text
from amends.domain.parcel.wording import plainly

CHANNEL = "easypost"
CARRIERS: frozenset[str] = frozenset()
LIMITS = Limits(
    batch_size=1,
    requests=5,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=2),
    registers=True,
    source="EasyPost publishes no limit; refreshed every few hours by its help pages",
)
SECRETS: tuple[str, ...] = ("api_key", "webhook_secret")
BASE_URL = "https://api.easypost.com"

STATUS, DETAIL = "easypost.status", "easypost.status_detail"
# Statuses that say little: the detail knows more. All others are final words on the milestone;
# a delivered tracker's detail is `arrived_at_destination`, a new label's `status_update`.
_COARSE = frozenset({"", "in_transit", "failure", "unknown", "error"})
_ON_THE_WAY = frozenset({Milestone.INFO_RECEIVED, Milestone.ACCEPTED, Milestone.IN_TRANSIT})
_ATTEMPT = re.compile(
    r"delivery exception|delivery attempt|attempted|not available|business closed|unable to deliver"
    r"|no access|notice left|could not be delivered",
    re.IGNORECASE,
)
_VAGUE = frozenset({"", "unknown", "status_update"})
_ERRORS = (
    ("APIKEY", "unauthorised"),
    ("AUTHENTICATION", "unauthorised"),
    ("UNAUTHORIZED", "unauthorised"),
    ("FORBIDDEN", "unauthorised"),
    ("MODE.", "unauthorised"),
    ("RATE_LIMITED", "rate_limited"),
    ("TOO_MANY", "rate_limited"),
    ("NOT_FOUND", "not_registered"),
    ("TIMEOUT", "timeout"),
    ("INTERNAL", "unavailable"),
    ("SERVICE", "unavailable"),
    ("TRACKER", "bad_number"),
    ("PAYMENT", "quota"),
)


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """List the trackers of one number."""
    answers: list[Answer] = []
    for one in asked:
        name = name_at(CHANNEL, one.carrier)
        query = {"tracking_code": one.number, **({"carrier": name} if name else {})}
        response = yield Request.get(
            f"{account.base_url}/v2/trackers", headers=_headers(account), query=query
        )
        answers.append(
            answer(
                [one],
                response,
                channel=CHANNEL,
                read=partial(read, number=one.number),
                absent="not_registered",
            )
        )
    return together(answers)


def register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """Create the trackers, one request each; an existing one is returned as it is."""
    outcome: dict[str, str] = {}
    for one in asked:
        name = name_at(CHANNEL, one.carrier)
        tracker = {"tracking_code": one.number, **({"carrier": name} if name else {})}
        response = yield Request.post_json(
            f"{account.base_url}/v2/trackers", {"tracker": tracker}, headers=_headers(account)
        )
        outcome |= registered(
            [one], response, channel=CHANNEL, read=partial(read, number=one.number)
        )
    return outcome


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read a tracker, a list of them, an event around one, or an error."""
    sent = document(body)
    content = part(sent)
    if "error" in content:
        said = part(content, "error")
        code = text(said.get("code")) or text(content.get("error")) or text(said.get("message"))
        return (not_said(number=number or "", channel=CHANNEL, error=_error(code)),)
    listed = rows(content.get("trackers")) or (rows(sent) if isinstance(sent, list) else [])
    for event in rows(content.get("events")):
        listed.extend(rows(event.get("result")))
    listed = listed or rows(content.get("result")) or rows(content.get("tracker"))
    if not listed and ("tracking_code" in content or "tracking_details" in content):
        listed = [content]
    return tuple(
        _reading(row, number)
        for row in listed
        if "tracking_code" in row or "tracking_details" in row
    )


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """`tracker.created` and `tracker.updated`; HMAC-SHA256 with the secret normalised to NFKD."""
    secret = normalize("NFKD", secrets["webhook_secret"]).encode()
    expected = f"hmac-sha256-hex={hmac.digest(secret, body, sha256).hex()}"
    claimed = headers.get("x-hmac-signature", "").strip()
    if not hmac.compare_digest(expected.encode(), claimed.encode()):
        raise BadSignature("the header `X-Hmac-Signature` does not match the body")
    readings = read(body)
    if not readings:
        raise Malformed("the event is about no tracker")
    event_id = text(part(document(body)).get("id")) or sha256(body).hexdigest()
    return Push(kind=PushKind.READINGS, event_id=event_id, readings=readings)


def _headers(account: Account) -> dict[str, str]:
    pair = b64encode(f"{account.secrets['api_key']}:".encode()).decode()
    return {"authorization": f"Basic {pair}"}


def _error(code: str) -> str:
    upper = code.upper()
    if "COULD NOT BE FOUND" in upper:
        return "not_registered"
    return next((error for word, error in _ERRORS if word in upper), "malformed")


def _reading(row: Document, number: str | None) -> Reading:
    status, detail = text(row.get("status")), text(row.get("status_detail"))
    carrier = carrier_of(CHANNEL, text(row.get("carrier")))
    scans = [_scan(line, carrier) for line in rows(row.get("tracking_details")) if _says(line)]
    fresh, expected = parse_time(row.get("updated_at")), text(row.get("est_delivery_date"))
    known = [scan.code for scan in scans] + [detail or status]
    return derive(
        number=text(row.get("tracking_code")) or number or "",
        channel=CHANNEL,
        carrier=carrier,
        scans=scans,
        state=_state(row, status, detail, has_scans=bool(scans)),
        current=_meaning(status, detail),
        fresh_at=fresh[0] if fresh else None,
        estimated_delivery_at=due(expected.removesuffix("Z")),  # its Z is as false as the others
        unmapped=tuple(dict.fromkeys(code for code in known if not _is_known(code))),
    )


def _state(row: Document, status: str, detail: str, *, has_scans: bool) -> ChannelState:
    if "expired" in (status, detail):
        return ChannelState.EXPIRED
    if not has_scans and status in ("", "unknown"):
        return ChannelState.PENDING
    return ChannelState.STOPPED if row.get("finalized") is True else ChannelState.ACTIVE


def _is_known(code: str) -> bool:
    return not code or bool(meaning(DETAIL, code) or meaning(STATUS, code))


def _meaning(status: str, detail: str, words: str = "") -> Meaning | None:
    """Status for the milestone, detail for the rest; the other way round where status is coarse."""
    said, finer = meaning(STATUS, status), meaning(DETAIL, detail)
    if said is None or finer is None or detail in _VAGUE:
        return said or finer
    if status == "failure" and (finer.milestone in _ON_THE_WAY or _ATTEMPT.search(words)):
        return said  # FedEx's "delivery exception" comes as a failure that is merely `delayed`
    if status in _COARSE:
        return finer
    return finer if finer.milestone is said.milestone else said


def _says(line: Document) -> bool:
    return bool(first_text(line, "datetime", "datetime_local", "message", "status"))


def _scan(line: Document, carrier: str | None) -> Scan:
    where = part(line, "tracking_location")
    country = alpha2(text(where.get("country")))
    status, detail = text(line.get("status")), text(line.get("status_detail"))
    words = first_text(line, "message", "description")
    at_raw, at = _time(line, country, text(where.get("state")), home_of(carrier))
    parts = (text(where.get(key)) for key in ("city", "state", "country"))
    return entry(
        channel=CHANNEL,
        carrier=carrier_of(CHANNEL, text(line.get("source"))) or carrier,
        at_raw=at_raw,
        at=at,
        told=_meaning(status, detail, words) or (None if status or detail else plainly(words)),
        place=Place(
            text=", ".join(filter(None, parts)),
            country=country,
            postal_code=text(where.get("zip")) or None,
        ),
        text=words,
        code=detail or status,
    )


def _time(
    line: Document, country: str | None, state: str, home: str | None
) -> tuple[str, tuple[datetime, OffsetSource] | None]:
    """`datetime_local` has the offset; `datetime` alone is local time whatever its Z says."""
    own, false = text(line.get("datetime_local")), text(line.get("datetime"))
    if at := local(own, country=country, state=state, home=home):
        return own, at
    return false, local(false.rstrip("Zz"), country=country, state=state, home=home)
