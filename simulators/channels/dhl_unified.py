"""DHL Shipment Tracking – Unified 1.5.8: one number a request, problem+json when it has none."""

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.parcel import Parcel, Scan
from simulators.wire import Answer, Ask, Message, as_json, compact
from simulators.words import code_for, words_for

VOCABULARY = "dhl.unified.statusCode"
PROBLEM = "application/problem+json"


def answer(ask: Ask, desk: Desk) -> Answer:
    """`GET /track/shipments?trackingNumber=`."""
    if ask.headers.get("dhl-api-key") != desk.credentials["api_key"]:
        return desk.refuse("DHL-API-Key")
    number = ask.query.get("trackingNumber", "")
    if ask.path != "/track/shipments" or ask.method != "GET" or not number:
        return _problem(400, "Bad request", "trackingNumber is missing.")
    found = desk.uses(number)
    if not found:
        detail = "No shipment with given tracking number found."
        return _problem(404, "No result found", detail, instance=f"/shipment/{number}")
    return as_json(
        {
            "url": f"/shipments?trackingNumber={number}&offset=0&limit=5",
            "shipments": [_shipment(parcel) for parcel in found],
        }
    )


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """Unified Push: the shipment; how its secret is used is not published, so it is not sent."""
    seen = desk.known(parcel.number)
    return Message(body=compact({"shipments": [_shipment(parcel)]})) if seen else None


def refuse(refusal: Refusal) -> Answer:
    """Problem documents."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _problem(401, "Unauthorized", "Unauthorized for given resource.")
        case Refusal.RATE_LIMITED:
            detail = "Too many requests within defined time period, please try again later."
            return _problem(429, "Too Many Requests", detail)
        case Refusal.SERVER_ERROR:
            return _problem(500, "Internal Server Error", "Unexpected error.")


def _problem(status: int, title: str, detail: str, **more: str) -> Answer:
    body = {"title": title, "status": status, "detail": detail, **more}
    return as_json(body, status=status, content_type=PROBLEM)


def _shipment(parcel: Parcel) -> dict[str, object]:
    service = parcel.last.carrier.removeprefix("dhl").strip("-_ ") or "express"
    is_local = service == "parcel-de"
    status = _event(parcel.last, is_local=is_local)
    shipment: dict[str, object] = {
        "id": parcel.number,
        "service": service,
        "origin": {"address": _country(parcel.origin)},
        "destination": {"address": _country(parcel.destination)},
        "status": status,
        "details": {
            "proofOfDeliverySignedAvailable": False,
            "totalNumberOfPieces": 1,
        },
        "events": [_event(scan, is_local=is_local) for scan in reversed(parcel.scans)],
    }
    if not is_local:
        shipment["details"] = {
            "carrier": {"@type": "Organization", "organizationName": "DHL Express"},
            "product": {"productName": "EXPRESS WORLDWIDE"},
            "proofOfDeliverySignedAvailable": False,
            "totalNumberOfPieces": 1,
            "pieceIds": ["JD014600012345678901"],
            "weight": {"value": 2.4, "unitText": "kg"},
            "references": [{"number": f"ORD-{parcel.number}", "type": "customer-reference"}],
        }
    return shipment


def _country(code: str) -> dict[str, str]:
    return {"countryCode": code} if code else {}


def _event(scan: Scan, *, is_local: bool) -> dict[str, object]:
    code = code_for(VOCABULARY, scan)
    event: dict[str, object] = {"timestamp": scan.wall if is_local else scan.wall + scan.offset}
    if scan.location:
        address = {**_country("" if is_local else scan.country), "addressLocality": scan.location}
        event["location"] = {"address": address}
    event["statusCode"] = code
    event["status"] = code if is_local else words_for(scan).upper()
    event["description"] = words_for(scan)
    return event


CHANNEL = Channel(
    code="dhl_unified",
    terms=Terms(rates=(Rate(requests=1, seconds=1), Rate(requests=250, seconds=86_400))),
    credentials={
        "api_key": "DHL-EXAMPLE-NOT-A-SECRET",
        "push_secret": "DHL-PUSH-EXAMPLE-NOT-A-SECRET",
    },
    answer=answer,
    refuse=refuse,
    push=push,
    carriers=("dhl",),
)
