"""Royal Mail Tracking v2: events of one mail piece, summaries of several."""

from simulators.channel import Channel, Desk, Refusal, no_push
from simulators.limits import Terms
from simulators.parcel import Parcel, Scan, key_of
from simulators.places import alpha3, country_name
from simulators.wire import Answer, Ask, as_json
from simulators.words import code_for, words_for

VOCABULARY = "royalmail.eventCode"
PREFIX = "/mailpieces/v2"
CATEGORIES = {"delivered": "DELIVERED", "available_for_pickup": "ATTEMPTED DELIVERY"}


def answer(ask: Ask, desk: Desk) -> Answer:
    """`GET /mailpieces/v2/{id}/events` or `/mailpieces/v2/summary?mailPieceId=`."""
    given = (ask.headers.get("x-ibm-client-id"), ask.headers.get("x-ibm-client-secret"))
    if given != (desk.credentials["client_id"], desk.credentials["client_secret"]):
        return desk.refuse("X-IBM-Client-Id")
    if ask.headers.get("x-accept-rmg-terms", "").lower() != "yes":
        desk.broke("missing_header", "X-Accept-RMG-Terms")
        return _fail(400, "Bad Request", ("E0004", "Failed header value validation"))
    match ask.path.removeprefix(PREFIX).strip("/").split("/"):
        case ["summary"]:
            numbers = ask.query.get("mailPieceId", "").split(",")
            if desk.over_batch(len(numbers)):
                return _fail(400, "Bad Request", ("E0013", "Too many mail pieces"))
            return as_json({"mailPieces": [_summed(number, desk) for number in numbers]})
        case [number, "events"]:
            parcel = desk.parcel(number)
            return as_json({"mailPieces": _piece(parcel)}) if parcel else _missing()
        case _:
            return _missing()


def _missing() -> Answer:
    return _fail(404, "Not Found", ("E1142", "Barcode reference mailPieceId isn't recognised"))


def refuse(refusal: Refusal) -> Answer:
    """HTTP code, message and errors."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "Unauthorized", ("E0001", "Client credentials not registered"))
        case Refusal.RATE_LIMITED:
            return _fail(429, "Too Many Requests", ("E0010", "Rate limit exceeded"))
        case Refusal.SERVER_ERROR:
            return _fail(500, "Internal Server Error", ("E0009", "Internal server error"))


def _fail(status: int, message: str, reason: tuple[str, str]) -> Answer:
    code, description = reason
    body = {"httpCode": str(status), "httpMessage": message, "errors": [_error(code, description)]}
    return as_json(body, status=status)


def _error(code: str, description: str) -> dict[str, str]:
    is_unknown = code == "E1142"
    return {
        "errorCode": code,
        "errorDescription": description,
        "errorCause": "A mail item with that barcode cannot be located" if is_unknown else "",
        "errorResolution": "Please check the barcode and resubmit",
    }


def _summed(number: str, desk: Desk) -> dict[str, object]:
    parcel = desk.parcel(number)
    if parcel is None:
        error = _error("E1142", "Barcode reference mailPieceId isn't recognised")
        return {"mailPieceId": number, "status": "404", "error": error}
    piece = _piece(parcel)
    del piece["events"]
    return {**piece, "status": "200"}


def _piece(parcel: Parcel) -> dict[str, object]:
    number, last = parcel.number, parcel.last
    return {
        "mailPieceId": number,
        "carrierShortName": "RM",
        "carrierFullName": "Royal Mail Group Ltd",
        "summary": {
            "uniqueItemId": key_of("royal_mail", number)[:21].upper(),
            "oneDBarcode": number,
            "productId": "TPN",
            "productName": "Royal Mail Tracked 48",
            "productCategory": "NON-INTERNATIONAL",
            "destinationCountryCode": alpha3(parcel.destination or "GB"),
            "destinationCountryName": country_name(parcel.destination or "GB"),
            "originCountryCode": alpha3(parcel.origin or "GB"),
            "originCountryName": country_name(parcel.origin or "GB"),
            "lastEventCode": code_for(VOCABULARY, last),
            "lastEventName": words_for(last),
            "lastEventDateTime": last.wall + last.offset,
            "lastEventLocationName": last.location,
            "statusDescription": words_for(last),
            "statusCategory": CATEGORIES.get(last.milestone, "IN TRANSIT"),
            "summaryLine": f"{words_for(last)}.",
        },
        "events": [_event(scan) for scan in reversed(parcel.scans)],
        "links": {
            "summary": {
                "href": f"/mailpieces/v2/summary?mailPieceId={number}",
                "title": "Summary",
                "description": "Get summary",
            }
        },
    }


def _event(scan: Scan) -> dict[str, str]:
    return {
        "eventCode": code_for(VOCABULARY, scan),
        "eventName": words_for(scan),
        "eventDateTime": scan.wall + scan.offset,
        "locationName": scan.location,
    }


CHANNEL = Channel(
    code="royal_mail",
    terms=Terms(batch=30),
    credentials={
        "client_id": "ROYALMAIL-CLIENT-EXAMPLE",
        "client_secret": "ROYALMAIL-EXAMPLE-NOT-A-SECRET",
    },
    answer=answer,
    refuse=refuse,
    push=no_push,
    carriers=("royal",),
)
