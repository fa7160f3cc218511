"""Royal Mail Tracking v2: events of one mail piece, summaries of several, no push."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import quote

from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, same_number, together
from amends.domain.parcel.channel import Account, Answer, Asked, Limits, Malformed, Push
from amends.domain.parcel.derive import derive, entry, no_scans, not_said
from amends.domain.parcel.estimates import due
from amends.domain.parcel.reading import Place, Reading, Scan
from amends.domain.parcel.taxonomy import Meaning, meaning
from amends.domain.parcel.times import parse_time
from amends.domain.parcel.vocabulary import Milestone, Reason
from amends.domain.parcel.wire import Document, document, first_text, part, rows, text, whole
from amends.domain.parcel.wording import plainly

CHANNEL = "royal_mail"
CARRIER = "royal_mail"
CARRIERS: frozenset[str] = frozenset({CARRIER})
LIMITS = Limits(
    batch_size=1,
    requests=5,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=1),
    source="Royal Mail sets limits by contract; five a second is our own restraint",
)
SECRETS: tuple[str, ...] = ("client_id", "client_secret")
BASE_URL = "https://api.royalmail.net"

_CODE = "royalmail.eventCode"
_ZONE = "Europe/London"
# For summaries whose last event is unknown or unsaid.
_CATEGORIES = {
    "IN TRANSIT": Meaning(milestone=Milestone.IN_TRANSIT),
    "DELIVERED": Meaning(milestone=Milestone.DELIVERED),
    "ATTEMPTED DELIVERY": Meaning(milestone=Milestone.DELIVERY_FAILED, reason=Reason.OTHER),
    "AVAILABLE FOR COLLECTION": Meaning(milestone=Milestone.AVAILABLE_FOR_PICKUP),
    "RETURNED": Meaning(milestone=Milestone.RETURNING),
}
_ERRORS = {
    400: "bad_number",
    401: "unauthorised",
    403: "unauthorised",
    405: "malformed",
    408: "timeout",
    429: "rate_limited",
    504: "timeout",
}
_OURS = ("E0004", "E0016")
"""Says that a header is wrong, or access denied: nothing to do with the number."""
_UNFOUND = ("E1142", "E1308")
"""Not recognised, or not scanned yet."""


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask for the events of one mail piece a request."""
    answers: list[Answer] = []
    for one in asked:
        response = yield Request.get(
            f"{account.base_url}/mailpieces/v2/{quote(one.number, safe='')}/events",
            headers={
                "x-ibm-client-id": account.secrets["client_id"],
                "x-ibm-client-secret": account.secrets["client_secret"],
                "x-accept-rmg-terms": "yes",
                "accept": "application/json",
            },
        )
        answers.append(
            answer([one], response, channel=CHANNEL, read=partial(read, number=one.number))
        )
    return together(answers)


register = nothing_to_register
"""Royal Mail answers for any item of its own."""


def read(body: bytes, *, number: str | None = None) -> tuple[Reading, ...]:
    """Read the events of a piece, the summaries of several, or an error."""
    content = document(body)
    outer = part(content)
    pieces = rows(outer.get("mailPieces")) or [row for row in rows(content) if _is_piece(row)]
    if pieces:
        return tuple(_piece(row, number) for row in pieces)
    errors = rows(outer.get("errors"))
    status = whole(outer.get("httpCode")) or whole(outer.get("status"))
    if errors or (status is not None and status >= 400):
        return (_refused(errors[0] if errors else outer, status, number or ""),)
    return ()


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """Royal Mail pushes nothing."""
    del body, headers, secrets
    raise Malformed("Royal Mail sends no pushes")


def _is_piece(row: Document) -> bool:
    return "events" in row or "summary" in row or "mailPieceId" in row


def _refused(error: Document, status: int | None, number: str) -> Reading:
    code = first_text(error, "errorCode", "code")
    words = first_text(error, "errorDescription", "errorCause", "httpMessage", "message").casefold()
    if code in _OURS:
        return not_said(number=number, channel=CHANNEL, carrier=CARRIER, error="unauthorised")
    is_unknown = code in _UNFOUND or "recogni" in words or "cannot be located" in words
    if status == 404 or is_unknown:
        return no_scans(number=number, channel=CHANNEL, carrier=CARRIER)
    fallback = "unavailable" if status is None or status >= 500 else "malformed"
    error_code = _ERRORS.get(status or 0, fallback)
    return not_said(number=number, channel=CHANNEL, carrier=CARRIER, error=error_code)


def _piece(row: Document, number: str | None) -> Reading:
    summary = part(row, "summary")
    names = [text(row.get("mailPieceId")), first_text(summary, "oneDBarcode")]
    names.append(first_text(summary, "uniqueItemId"))
    is_asked = number is not None and any(same_number(name, number) for name in names if name)
    named = number if is_asked and number else next(filter(None, names), number or "")
    faults = rows(row.get("error")) or rows(row.get("errors"))
    events = [event for event in rows(row.get("events")) if _says(event)]
    if not events and faults and not first_text(summary, "lastEventCode"):
        status = whole(row.get("status")) or whole(row.get("httpCode"))
        return _refused(faults[0], status, named)
    lines = events or [_last(summary)]
    known = _category(summary) or plainly(text(summary.get("statusDescription")))
    scans = [_scan(line, None if events else known) for line in lines if _says(line)]
    codes = [scan.code for scan in scans] + [_code(_last(summary))]
    return derive(
        number=named,
        channel=CHANNEL,
        carrier=CARRIER,
        scans=scans,
        newest_first=True,
        current=meaning(_CODE, _code(_last(summary))) or known or _signed(row),
        estimated_delivery_at=_expected(part(row, "estimatedDelivery")),
        unmapped=tuple(dict.fromkeys(c for c in codes if c and meaning(_CODE, c) is None)),
    )


def _category(summary: Document) -> Meaning | None:
    return _CATEGORIES.get(text(summary.get("statusCategory")).upper())


def _signed(row: Document) -> Meaning | None:
    """The answer about the signature alone: somebody has signed."""
    is_told = first_text(part(row, "signature"), "signatureDateTime", "recipientName")
    return Meaning(milestone=Milestone.DELIVERED, reason=Reason.SIGNED) if is_told else None


def _last(summary: Document) -> Document:
    """The last event as a summary tells it, in the words of an event."""
    return {
        "eventCode": summary.get("lastEventCode"),
        "eventName": summary.get("lastEventName"),
        "eventDateTime": summary.get("lastEventDateTime"),
        "locationName": summary.get("lastEventLocationName"),
    }


def _says(event: Document) -> bool:
    return bool(first_text(event, "eventCode", "eventName", "eventDateTime"))


def _code(event: Document) -> str:
    return text(event.get("eventCode")).upper()


def _scan(event: Document, known: Meaning | None) -> Scan:
    code, words = _code(event), first_text(event, "eventName", "eventDescription")
    at_raw = first_text(event, "eventDateTime", "eventDate")
    told = meaning(_CODE, code) if code else plainly(words) or known
    return entry(
        channel=CHANNEL,
        carrier=CARRIER,
        at_raw=at_raw,
        at=parse_time(at_raw, zone=_ZONE),
        told=told,
        place=Place(text=text(event.get("locationName"))),
        text=words,
        code=code,
    )


def _expected(estimate: Document) -> datetime | None:
    """The end of the window on the day that is estimated; the window bears its own offset."""
    day = text(estimate.get("date"))
    ends = text(estimate.get("endOfEstimatedWindow"))
    if not day:
        return None
    at = parse_time(f"{day}T{ends}", zone=_ZONE) if ends else None
    return at[0] if at else due(day, zone=_ZONE)
