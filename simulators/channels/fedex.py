"""FedEx Track v1: thirty numbers, errors per number, several uses of a recycled one."""

from base64 import b64encode
from hmac import digest

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.oauth import grant, is_bearer
from simulators.parcel import Parcel, Scan, key_of
from simulators.places import country_name
from simulators.wire import Answer, Ask, Message, as_json, compact, inner, text
from simulators.words import code_for, words_for

VOCABULARY = "fedex.derivedStatusCode"
TOKEN_LIVES = 3599
ERROR = "TRACKING.TRACKINGNUMBER.NOTFOUND"


def answer(ask: Ask, desk: Desk) -> Answer:
    """The token, or `POST /track/v1/trackingnumbers`."""
    if ask.path == "/oauth/token":
        return _token(ask, desk)
    if not is_bearer(ask, desk):
        return desk.refuse("bearer token")
    if ask.method != "POST" or ask.path != "/track/v1/trackingnumbers":
        return _fail(404, "NOT.FOUND.ERROR", "The resource you requested is no longer available.")
    asked = next(iter(ask.rows()), {}).get("trackingInfo")
    rows = [row for row in asked if isinstance(row, dict)] if isinstance(asked, list) else []
    if desk.over_batch(len(rows)):
        message = "Please limit your tracking inquiry to 30 tracking numbers."
        return _fail(400, "TRACKING.TRACKINGNUMBER.MAXEXCEEDED", message)
    results = [_result(inner(row, "trackingNumberInfo"), desk) for row in rows]
    return as_json({"transactionId": _id(ask), "output": {"completeTrackResults": results}})


def _id(ask: Ask) -> str:
    return ask.headers.get("x-customer-transaction-id") or key_of(
        ask.body.decode("utf-8", "ignore")
    )


def _token(ask: Ask, desk: Desk) -> Answer:
    form = ask.form()
    client, proof = form.get("client_id", ""), form.get("client_secret", "")
    issued = grant(desk, client, proof, lives_seconds=TOKEN_LIVES)
    if issued is None:
        return _fail(401, "NOT.AUTHORIZED.ERROR", "The given client credentials were not valid.")
    return as_json(
        {
            "access_token": issued,
            "token_type": "bearer",
            "expires_in": TOKEN_LIVES,
            "scope": "CXS",
        }
    )


def _result(info: dict[str, object], desk: Desk) -> dict[str, object]:
    number = text(info, "trackingNumber")
    wanted = text(info, "trackingNumberUniqueId")
    uses = [use for use in desk.uses(number) if not wanted or _unique(use) == wanted]
    results = [_track(use) for use in uses]
    if not results:
        message = (
            "Tracking number cannot be found. Please correct the tracking number and try again."
        )
        unknown = {"trackingNumber": number, "trackingNumberUniqueId": "", "carrierCode": ""}
        results = [{"trackingNumberInfo": unknown, "error": {"code": ERROR, "message": message}}]
    return {"trackingNumber": number, "trackResults": results}


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """Integrated Visibility; its body was not published, this follows the placeholder sample."""
    if not parcel.scans:
        return None
    last = parcel.last
    body = compact(
        {
            "trackingNumber": parcel.number,
            "latestStatusDetail": {
                "code": code_for(VOCABULARY, last),
                "description": words_for(last),
            },
            "scanEvents": [
                {"date": scan.wall + scan.offset, "eventType": code_for(VOCABULARY, scan)}
                for scan in reversed(parcel.scans)
            ],
        }
    )
    signed = digest(desk.credentials["security_token"].encode(), body, "sha256")
    return Message(body=body, headers={"fdx-signature": b64encode(signed).decode()})


def refuse(refusal: Refusal) -> Answer:
    """A transaction with `errors`."""
    match refusal:
        case Refusal.UNAUTHORISED:
            message = "Access token expired. Please modify your request and try again."
            return _fail(401, "NOT.AUTHORIZED.ERROR", message)
        case Refusal.RATE_LIMITED:
            return _fail(429, "TOO.MANY.REQUESTS", "Too many requests.")
        case Refusal.SERVER_ERROR:
            return _fail(500, "INTERNAL.SERVER.ERROR", "We encountered an unexpected error.")


def _fail(status: int, code: str, message: str) -> Answer:
    body = {"transactionId": "1", "errors": [{"code": code, "message": message}]}
    return as_json(body, status=status)


def _unique(parcel: Parcel) -> str:
    return parcel.unique_id or f"12029~{parcel.number}~FDEG"


def _place(scan: Scan) -> dict[str, object]:
    return {
        "city": scan.location,
        "stateOrProvinceCode": "",
        "countryCode": scan.country,
        "residential": False,
        "countryName": country_name(scan.country) or "",
    }


def _delay(scan: Scan) -> dict[str, str]:
    if scan.milestone == "customs" and scan.step == "held":
        return {"status": "DELAYED", "type": "CLEARANCE"}
    if scan.reason == "weather":
        return {"status": "DELAYED", "type": "WEATHER"}
    return {}


def _event(scan: Scan) -> dict[str, object]:
    code = code_for(VOCABULARY, scan)
    place = _place(scan)
    return {
        "date": scan.wall + scan.offset,
        "eventType": code,
        "eventDescription": words_for(scan),
        "exceptionCode": scan.codes.get("fedex.exceptionCode", ""),
        "exceptionDescription": words_for(scan) if "fedex.exceptionCode" in scan.codes else "",
        "scanLocation": {"streetLines": [""], "postalCode": "", **place},
        "locationId": "MEMH",
        "locationType": "SORT_FACILITY",
        "derivedStatusCode": code,
        "derivedStatus": words_for(scan),
        "delayDetail": _delay(scan),
    }


def _track(parcel: Parcel) -> dict[str, object]:
    last = parcel.last
    code = code_for(VOCABULARY, last)
    started = parcel.scans[0]
    times = [
        {"type": "ACTUAL_PICKUP", "dateTime": started.wall + started.offset},
        {"type": "SHIP", "dateTime": f"{started.wall[:10]}T00:00:00-06:00"},
    ]
    if last.milestone == "delivered":
        times.append({"type": "ACTUAL_DELIVERY", "dateTime": last.wall + last.offset})
    return {
        "trackingNumberInfo": {
            "trackingNumber": parcel.number,
            "trackingNumberUniqueId": _unique(parcel),
            "carrierCode": "FDXE",
        },
        "additionalTrackingInfo": {
            "nickname": "",
            "packageIdentifiers": [
                {
                    "type": "CUSTOMER_REFERENCE",
                    "values": [f"ORD-{parcel.number[-5:]}"],
                    "trackingNumberUniqueId": "",
                    "carrierCode": "",
                }
            ],
            "hasAssociatedShipments": False,
        },
        "latestStatusDetail": {
            "code": code,
            "derivedCode": code,
            "statusByLocale": words_for(last),
            "description": words_for(last),
            "scanLocation": _place(last),
            "ancillaryDetails": [
                {
                    "reason": last.codes["fedex.exceptionCode"],
                    "reasonDescription": words_for(last),
                    "action": "",
                    "actionDescription": "",
                }
            ]
            if "fedex.exceptionCode" in last.codes
            else [],
            "delayDetail": _delay(last),
        },
        "dateAndTimes": times,
        "scanEvents": [_event(scan) for scan in reversed(parcel.scans)],
        "serviceDetail": {
            "type": "FEDEX_INTERNATIONAL_PRIORITY",
            "description": "FedEx International Priority",
            "shortDescription": "IP",
        },
        "standardTransitTimeWindow": {"window": {"ends": last.wall + last.offset}},
    }


CHANNEL = Channel(
    code="fedex",
    terms=Terms(
        batch=30,
        rates=(Rate(requests=1400, seconds=10), Rate(requests=100_000, seconds=86_400)),
    ),
    credentials={
        "client_id": "FEDEX-CLIENT-EXAMPLE",
        "client_secret": "FEDEX-EXAMPLE-NOT-A-SECRET",
        "security_token": "FEDEX-SECURITY-TOKEN-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
    carriers=("fedex",),
)
