"""EasyPost trackers: `datetime` is local time with a false Z, `datetime_local` tells the truth."""

from hmac import digest
from unicodedata import normalize

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Terms
from simulators.parcel import Parcel, Scan, key_of
from simulators.wire import Answer, Ask, Message, as_json, compact, inner, text
from simulators.words import code_for, words_for

VOCABULARY = "easypost.status_detail"
STATUS = "easypost.status"


def answer(ask: Ask, desk: Desk) -> Answer:
    """`POST /v2/trackers`, `GET /v2/trackers/{id}`, `GET /v2/trackers?tracking_code=`."""
    user, _ = ask.basic()
    bearer = ask.headers.get("authorization", "").removeprefix("Bearer ")
    if desk.credentials["api_key"] not in {user, bearer}:
        return desk.refuse("Basic authentication")
    parts = ask.path.removeprefix("/v2").strip("/").split("/")
    match ask.method, parts:
        case "POST", ["trackers"]:
            return _create(ask, desk)
        case "GET", ["trackers"]:
            return _list(ask, desk)
        case "GET", ["trackers", wanted]:
            held = desk.shelf.registered
            number = next((n for n in held if wanted in {_id(n), n}), None)
            if number is None:
                desk.broke("missing_registration", wanted)
                return _fail(404, "NOT_FOUND", "The requested resource could not be found.")
            return as_json(_tracker(number, desk.parcel(number), desk))
        case _:
            return _fail(404, "NOT_FOUND", "The requested resource could not be found.")


def _create(ask: Ask, desk: Desk) -> Answer:
    row = next(iter(ask.rows()), {})
    row = inner(row, "tracker") or row
    number = text(row, "tracking_code")
    if not number:
        message = "Unable to create tracker."
        return _fail(422, "TRACKER.CREATE.ERROR", message)
    desk.register(number, row)
    return as_json(_tracker(number, desk.parcel(number), desk), status=201)


def _list(ask: Ask, desk: Desk) -> Answer:
    wanted = ask.query.get("tracking_code")
    size = int(ask.query.get("page_size", "20"))
    if desk.over_batch(size):
        return _fail(422, "PARAMETER.INVALID", "page_size")
    numbers = [n for n in desk.shelf.registered if wanted in {None, n}]
    after = ask.query.get("after_id")
    ids = [_id(number) for number in numbers]
    start = ids.index(after) + 1 if after in ids else 0
    page = numbers[start : start + size]
    trackers = [_tracker(n, desk.parcel(n), desk) for n in page if not desk.spoils(n)]
    return as_json({"trackers": trackers, "has_more": len(numbers) > start + size})


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """A `tracker.updated` event, signed over the body with the NFKD-normalised secret."""
    if not parcel.scans:
        return None
    told = _tracker(parcel.number, parcel, desk)
    before = parcel.scans[-2] if len(parcel.scans) > 1 else None
    stamp = desk.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    body = compact(
        {
            "id": f"evt_{key_of('easypost-event', parcel.number, parcel.last.zulu)}",
            "object": "Event",
            "mode": "production",
            "description": "tracker.updated",
            "status": "pending",
            "previous_attributes": {"status": code_for(STATUS, before) if before else "unknown"},
            "pending_urls": [],
            "completed_urls": [],
            "created_at": stamp,
            "updated_at": stamp,
            "result": told,
        }
    )
    secret = normalize("NFKD", desk.credentials["webhook_secret"]).encode()
    signed = digest(secret, body, "sha256").hex()
    return Message(body=body, headers={"X-Hmac-Signature": f"hmac-sha256-hex={signed}"})


def refuse(refusal: Refusal) -> Answer:
    """An `error` object."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "APIKEY.INACTIVE", "This api key is no longer active.")
        case Refusal.RATE_LIMITED:
            return _fail(429, "RATE_LIMITED", "You've exceeded the API's rate limit.")
        case Refusal.SERVER_ERROR:
            return _fail(500, "INTERNAL_SERVER_ERROR", "An unexpected error occurred.")


def _fail(status: int, code: str, message: str) -> Answer:
    error = {"code": code, "message": message, "errors": []}
    return as_json({"error": error}, status=status)


def _id(number: str) -> str:
    return f"trk_{key_of('easypost', number)}"


def _tracker(number: str, parcel: Parcel | None, desk: Desk) -> dict[str, object]:
    scans = parcel.scans if parcel else ()
    carrier = text(desk.shelf.registered.get(number, {}), "carrier") or (
        parcel.carrier.upper() if parcel else ""
    )
    since = desk.shelf.registered_at.get(number, desk.seconds)
    created = desk.at.fromtimestamp(since, desk.at.tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
    last = scans[-1] if scans else None
    return {
        "id": _id(number),
        "object": "Tracker",
        "mode": "production",
        "tracking_code": number,
        "status": code_for(STATUS, last) if last else "unknown",
        "status_detail": _detail_code(last) if last else "unknown",
        "created_at": created,
        "updated_at": desk.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "signed_by": None,
        "weight": None,
        "est_delivery_date": None,
        "shipment_id": None,
        "carrier": carrier,
        "tracking_details": [_detail(scan, carrier) for scan in scans],
        "fees": [],
        "carrier_detail": None,
        "finalized": last is not None and last.milestone in {"delivered", "cancelled"},
        "is_return": last is not None and last.milestone.startswith("return"),
        "public_url": f"https://track.easypost.com/{key_of(number)}",
    }


def _detail_code(scan: Scan) -> str:
    """EasyPost has no detail for delivered: it says that the parcel arrived at its destination."""
    if scan.milestone == "delivered" and VOCABULARY not in scan.codes:
        return "arrived_at_destination"
    return code_for(VOCABULARY, scan)


def _detail(scan: Scan, carrier: str) -> dict[str, object]:
    return {
        "object": "TrackingDetail",
        "message": words_for(scan),
        "description": "",
        "status": code_for(STATUS, scan),
        "status_detail": _detail_code(scan),
        "datetime": scan.wall + "Z",
        "datetime_local": scan.wall + scan.offset,
        "source": scan.carrier.upper() or carrier,
        "carrier_code": scan.codes.get("carrier_code", ""),
        "tracking_location": {
            "object": "TrackingLocation",
            "city": scan.location or None,
            "state": None,
            "country": scan.country or None,
            "zip": None,
        },
    }


CHANNEL = Channel(
    code="easypost",
    terms=Terms(batch=100),
    credentials={
        "api_key": "EASYPOST-EXAMPLE-NOT-A-SECRET",
        "webhook_secret": "EASYPOST-WEBHOOK-SECRET-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
)
