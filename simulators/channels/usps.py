"""USPS Tracking v3, and the v3r2 batch: OAuth2, local time with its offset, sixty calls an hour."""

from base64 import b64encode
from hmac import digest

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.oauth import grant, is_bearer
from simulators.parcel import Parcel, Scan
from simulators.wire import Answer, Ask, Message, as_json, compact, text
from simulators.words import code_for, words_for

VOCABULARY = "usps.eventCode"
CATEGORIES = {
    "info_received": "Pre-Shipment",
    "accepted": "Accepted",
    "out_for_delivery": "Out for Delivery",
    "delivered": "Delivered",
    "available_for_pickup": "Available for Pickup",
    "in_transit": "In Transit",
}
TOKEN_LIVES = 28_799


def answer(ask: Ask, desk: Desk) -> Answer:
    """The token, one number, or an array of numbers."""
    if ask.path == "/oauth2/v3/token":
        return _token(ask, desk)
    if not is_bearer(ask, desk):
        return desk.refuse("bearer token")
    if ask.method == "POST" and ask.path == "/tracking/v3r2/tracking":
        return _batch(ask, desk)
    base, _, number = ask.path.rpartition("/")
    if ask.method != "GET" or base not in {"/tracking/v3/tracking", "/tracking/v3r2/tracking"}:
        return _fail(404, "Resource not found.", [])
    parcel = desk.parcel(number)
    return as_json(_tracking(parcel)) if parcel else _fail(404, NOT_FOUND, [_missing(number)])


NOT_FOUND = "The tracking number was not found."


def _token(ask: Ask, desk: Desk) -> Answer:
    row = next(iter(ask.rows()), {}) or dict(ask.form())
    client = text(row, "client_id")
    issued = grant(desk, client, text(row, "client_secret"), lives_seconds=TOKEN_LIVES)
    if issued is None:
        error = {"error": "invalid_client", "error_description": "Client credentials are invalid."}
        return as_json(error, status=401)
    return as_json(
        {
            "access_token": issued,
            "token_type": "Bearer",
            "issued_at": int(desk.seconds * 1000),
            "expires_in": TOKEN_LIVES,
            "status": "approved",
            "scope": "tracking",
            "issuer": "api.usps.com",
            "client_id": client,
            "application_name": "amends",
            "api_products": "[Tracking]",
            "public_key": "",
        }
    )


def _batch(ask: Ask, desk: Desk) -> Answer:
    rows = ask.rows()
    if desk.over_batch(len(rows)):
        return _fail(400, "Too many tracking numbers.", [])
    answers: list[dict[str, object]] = []
    for row in rows:
        number = text(row, "trackingNumber")
        parcel = desk.parcel(number)
        answers.append(_tracking(parcel) if parcel else _item_error(number))
    return as_json(answers)


def _item_error(number: str) -> dict[str, object]:
    error = {"code": "404", "message": NOT_FOUND, "errors": [_missing(number)]}
    return {"trackingNumber": number, "apiVersion": "/tracking/v3", "error": error}


def _missing(number: str) -> dict[str, object]:
    return {
        "status": "404",
        "code": "-2147219283",
        "title": "A status update is not yet available on your package.",
        "detail": "It will be available when the shipper provides an update or the package is"
        " delivered to USPS.",
        "source": {"parameter": "trackingNumber", "example": number},
    }


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """A subscription's notice; the digest input of X-HMAC is not published (base64 here)."""
    if not parcel.scans:
        return None
    body = compact(_tracking(parcel))
    signed = digest(desk.credentials["webhook_secret"].encode(), body, "sha256")
    return Message(body=body, headers={"X-HMAC": b64encode(signed).decode()})


def refuse(refusal: Refusal) -> Answer:
    """An `error` with its `errors`."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "Invalid access token.", [])
        case Refusal.RATE_LIMITED:
            quota: dict[str, object] = {
                "title": "Too Many Requests.",
                "detail": "Quota limit exceeded",
            }
            return _fail(429, "Exceeded quota limit.", [quota])
        case Refusal.SERVER_ERROR:
            return _fail(500, "Internal Server Error.", [])


def _fail(status: int, message: str, errors: list[dict[str, object]]) -> Answer:
    error = {"code": str(status), "message": message, "errors": errors}
    return as_json({"apiVersion": "/tracking/v3", "error": error}, status=status)


def _tracking(parcel: Parcel) -> dict[str, object]:
    last = parcel.last
    return {
        "trackingNumber": parcel.number,
        "destinationCity": last.location,
        "destinationState": None,
        "destinationZIP": None,
        "emailEnabled": "true",
        "kahalaIndicator": "false",
        "mailClass": "USPS Ground Advantage",
        "mailType": "DM",
        "originCity": parcel.scans[0].location,
        "originState": None,
        "originZIP": None,
        "proofOfDeliveryEnabled": "false",
        "services": ["USPS Tracking", "Up to $100 insurance included"],
        "serviceTypeCode": "001",
        "status": words_for(last),
        "statusCategory": CATEGORIES.get(last.milestone, "Alert"),
        "statusSummary": f"{words_for(last)}.",
        "tableCode": "T",
        "uniqueMailPieceID": parcel.unique_id or "210558946",
        "mailPieceIntakeDate": parcel.scans[0].wall.replace("T", " ") + ".000000",
        "trackingEvents": [_event(scan) for scan in reversed(parcel.scans[-99:])],
    }


def _event(scan: Scan) -> dict[str, object]:
    return {
        "eventType": words_for(scan),
        "eventTimestamp": scan.wall,
        "GMTTimestamp": scan.zulu,
        "GMTOffset": scan.offset,
        "eventCountry": None if scan.country in {"", "US"} else scan.country,
        "eventCity": scan.location or None,
        "eventState": None,
        "eventZIP": None,
        "firm": None,
        "name": None,
        "authorizedAgent": "false",
        "eventCode": code_for(VOCABULARY, scan),
        "additionalProp": None,
    }


CHANNEL = Channel(
    code="usps",
    terms=Terms(batch=35, rates=(Rate(requests=60, seconds=3600),)),
    credentials={
        "client_id": "USPS-CLIENT-EXAMPLE",
        "client_secret": "USPS-EXAMPLE-NOT-A-SECRET",
        "webhook_secret": "USPS-WEBHOOK-SECRET-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
    carriers=("usps",),
)
