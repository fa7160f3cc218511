"""UPS Track v1: one number, OAuth2 by Basic, and 200 with a warning for an unknown one."""

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Terms
from simulators.oauth import grant, is_bearer
from simulators.parcel import Parcel, Scan
from simulators.wire import Answer, Ask, Message, as_json, compact
from simulators.words import code_for, words_for

VOCABULARY = "ups.statusCode"
TYPE = "ups.activity.type"
LETTERS = {"M": "MP", "P": "OR", "I": "DP", "D": "FS", "RS": "RS", "MV": "VM"}
"""A two-letter code for a type, where the script names none; none for X, whose table is long."""
TOKEN_LIVES = 14_399


def answer(ask: Ask, desk: Desk) -> Answer:
    """The token, or `GET /api/track/v1/details/{number}`."""
    if ask.path == "/security/v1/oauth/token":
        return _token(ask, desk)
    if not is_bearer(ask, desk):
        return desk.refuse("bearer token")
    base, _, number = ask.path.rpartition("/")
    if base != "/api/track/v1/details" or ask.method != "GET":
        return _fail(404, "Not Found", "Invalid URL")
    if not ask.headers.get("transid") or not ask.headers.get("transactionsrc"):
        desk.broke("missing_header", "transId and transactionSrc")
        return _fail(400, "TV1001", "Missing transId")
    if not 6 < len(number) < 35:
        return _fail(400, "TV1002", "Invalid inquiry number")
    parcel = desk.parcel(number)
    if parcel is None:
        warning = {"code": "TW0001", "message": "Tracking Information Not Found"}
        shipment: dict[str, object] = {"inquiryNumber": number, "warnings": [warning]}
        return as_json({"trackResponse": {"shipment": [shipment]}})
    return as_json({"trackResponse": {"shipment": [_shipment(parcel)]}})


def _token(ask: Ask, desk: Desk) -> Answer:
    client, proof = ask.basic()
    issued = grant(desk, client, proof, lives_seconds=TOKEN_LIVES)
    if issued is None or ask.form().get("grant_type") != "client_credentials":
        return _fail(401, "10401", "ClientId is Invalid")
    return as_json(
        {
            "token_type": "Bearer",
            "issued_at": str(int(desk.seconds * 1000)),
            "client_id": client,
            "access_token": issued,
            "expires_in": str(TOKEN_LIVES),
            "status": "approved",
        }
    )


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """Track Alert: the last activity, and the credential that the subscriber gave."""
    if not parcel.scans:
        return None
    scan = parcel.last
    body = {
        "trackingNumber": parcel.number,
        "localActivityDate": _day(scan.wall),
        "localActivityTime": _time(scan.wall),
        "activityLocation": {
            "city": scan.location,
            "stateProvince": "",
            "postalCode": "",
            "country": scan.country,
        },
        "activityStatus": {
            "type": code_for(TYPE, scan),
            "code": _letters(scan),
            "description": words_for(scan),
        },
        "scheduledDeliveryDate": "",
        "actualDeliveryDate": _day(scan.wall) if scan.milestone == "delivered" else "",
        "actualDeliveryTime": _time(scan.wall) if scan.milestone == "delivered" else "",
        "gmtActivityDate": _day(scan.zulu),
        "gmtActivityTime": _time(scan.zulu),
        "gmtOffset": scan.offset.replace(":", "."),
    }
    return Message(body=compact(body), headers={"credential": desk.credentials["credential"]})


def refuse(refusal: Refusal) -> Answer:
    """A `response` with `errors`."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "250002", "Invalid Authentication Information.")
        case Refusal.RATE_LIMITED:
            return _fail(429, "10429", "Too Many Requests")
        case Refusal.SERVER_ERROR:
            return _fail(500, "10500", "Internal Server Error")


def _fail(status: int, code: str, message: str) -> Answer:
    errors = [{"code": code, "message": message}]
    return as_json({"response": {"errors": errors}}, status=status)


def _day(stamp: str) -> str:
    return stamp[:10].replace("-", "")


def _time(stamp: str) -> str:
    return stamp[11:19].replace(":", "")


def _letters(scan: Scan) -> str:
    return scan.codes.get("ups.code") or LETTERS.get(code_for(TYPE, scan), "")


def _status(scan: Scan) -> dict[str, str]:
    return {
        "type": code_for(TYPE, scan),
        "description": words_for(scan),
        "code": _letters(scan),
        "statusCode": code_for(VOCABULARY, scan),
    }


def _address(country: str, city: str) -> dict[str, str]:
    return {"city": city, "stateProvince": "", "countryCode": country, "country": country}


def _activity(scan: Scan) -> dict[str, object]:
    return {
        "location": {"address": _address(scan.country, scan.location), "slic": "5231"},
        "status": _status(scan),
        "date": _day(scan.wall),
        "time": _time(scan.wall),
        "gmtDate": _day(scan.zulu),
        "gmtTime": scan.zulu[11:19],
        "gmtOffset": scan.offset,
        "logicalScan": False,
    }


def _shipment(parcel: Parcel) -> dict[str, object]:
    status = _status(parcel.last)
    is_delivered = parcel.last.milestone == "delivered"
    package: dict[str, object] = {
        "trackingNumber": parcel.number,
        "deliveryDate": [
            {"type": "DEL" if is_delivered else "SDD", "date": _day(parcel.last.wall)}
        ],
        "deliveryTime": {"type": "EOD", "endTime": "190000"},
        "activity": [_activity(scan) for scan in reversed(parcel.scans)],
        "currentStatus": {**status, "simplifiedTextDescription": status["description"]},
        "packageAddress": [
            {"type": "ORIGIN", "address": _address(parcel.origin, parcel.scans[0].location)},
            {"type": "DESTINATION", "address": _address(parcel.destination, "")},
        ],
        "weight": {"unitOfMeasurement": "LBS", "weight": "3.10"},
        "service": {"code": "003", "levelCode": "003", "description": "UPS Ground"},
        "referenceNumber": [{"type": "SHIPMENT", "number": f"ORD-{parcel.number[-5:]}"}],
        "packageCount": 1,
    }
    return {
        "inquiryNumber": parcel.number,
        "package": [package],
        "userRelation": ["SHIPPER"],
    }


CHANNEL = Channel(
    code="ups",
    terms=Terms(),
    credentials={
        "client_id": "UPS-CLIENT-EXAMPLE",
        "client_secret": "UPS-EXAMPLE-NOT-A-SECRET",
        "credential": "UPS-TRACK-ALERT-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
    carriers=("ups",),
)
