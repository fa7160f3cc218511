"""AfterShip Tracking 2026-07: one registration a call, lists by cursor."""

from base64 import b64encode
from hmac import digest
from uuid import UUID

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.parcel import Parcel, Scan, key_of
from simulators.places import alpha3, country_name
from simulators.wire import Answer, Ask, Message, as_json, compact, text
from simulators.words import code_for, words_for

VOCABULARY = "aftership.subtag"
PREFIX = "/tracking/2026-07"
ESTIMATE = [f"estimated_delivery_date{end}" for end in ("", "_min", "_max")]
LATEST_ESTIMATE = "type source datetime datetime_min datetime_max revise_reason".split()
BROKEN = "Something went wrong on AfterShip's end."
TOO_MANY = """You have exceeded the API call rate limit. \
The default limit is 10 requests per second."""
EVENTS = {"accepted": "picked_up", "delivery_failed": "delivery_attempt_failed"}


def answer(ask: Ask, desk: Desk) -> Answer:
    """`/tracking/2026-07/trackings…` and `/couriers/detect`."""
    if ask.headers.get("as-api-key") != desk.credentials["api_key"]:
        return desk.refuse("as-api-key")
    parts = ask.path.removeprefix(PREFIX).strip("/").split("/")
    match ask.method, parts:
        case "POST", ["trackings"]:
            return _create(ask, desk)
        case "GET", ["trackings"]:
            return _list(ask, desk)
        case "POST", ["couriers", "detect"]:
            return _enveloped({"total": 0, "couriers": []})
        case (("GET" | "PUT" | "DELETE"), ["trackings", wanted]):
            return _one(ask.method, wanted, desk)
        case "POST", ["trackings", wanted, "retrack" | "mark-as-completed"]:
            return _one("GET", wanted, desk)
        case _:
            return _fail(404, "The URI requested is invalid.", "NotFound")


def _create(ask: Ask, desk: Desk) -> Answer:
    row = next(iter(ask.rows()), {})
    number = text(row, "tracking_number")
    if not number:
        return _fail(4001, "The value of `tracking_number` is invalid.", "BadRequest")
    if not desk.register(number, row):
        held = {
            "id": _id(number),
            "legacy_id": _id(number)[:24],
            "tracking_number": number,
            "slug": _slug(number, desk),
        }
        return _fail(4003, "Tracking already exists.", "BadRequest", data=held)
    return _enveloped(_tracking(number, None, desk), code=201)


def _list(ask: Ask, desk: Desk) -> Answer:
    limit = int(ask.query.get("limit", "100"))
    if desk.over_batch(limit):
        return _fail(4001, "The value of `limit` is invalid.", "BadRequest")
    wanted = ask.query.get("tracking_numbers", "")
    names = wanted.split(",") if wanted else list(desk.shelf.registered)
    found = [_tracking(n, desk.parcel(n), desk) for n in names if n in desk.shelf.registered]
    since = ask.query.get("updated_at_min", "")
    found = [row for row in found if not since or str(row["updated_at"]) >= since]
    start = int(ask.query.get("cursor", "") or "0")
    more = len(found) > start + limit
    page: dict[str, object] = {
        "pagination": {
            "total": len(found),
            "next_cursor": str(start + limit) if more else "",
            "has_next_page": more,
        },
        "trackings": found[start : start + limit],
    }
    return _enveloped(page)


def _one(method: str, wanted: str, desk: Desk) -> Answer:
    number = next((n for n in desk.shelf.registered if _id(n) == wanted), None)
    if number is None:
        desk.broke("missing_registration", wanted)
        return _fail(404, "Tracking does not exist.", "NotFound", status=404)
    told = _tracking(number, desk.parcel(number), desk)
    if method == "DELETE":
        del desk.shelf.registered[number]
    return _enveloped(told)


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """`tracking_update`, signed with base64 HMAC-SHA256 over the body."""
    if not parcel.scans:
        return None
    tag = code_for(VOCABULARY, parcel.last).partition("_")[0]
    seen = [code_for(VOCABULARY, scan).partition("_")[0] for scan in parcel.scans[:-1]]
    event_id = key_of("aftership-event", parcel.number, parcel.last.zulu)
    body = compact(
        {
            "event": "tracking_update",
            "event_id": str(UUID(event_id)),
            "is_tracking_first_tag": tag not in seen,
            "msg": _tracking(parcel.number, parcel, desk),
            "ts": int(desk.seconds),
        }
    )
    signed = digest(desk.credentials["webhook_secret"].encode(), body, "sha256")
    return Message(body=body, headers={"aftership-hmac-sha256": b64encode(signed).decode()})


def refuse(refusal: Refusal) -> Answer:
    """An envelope with empty data."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "Invalid API Key.", "Unauthorized", status=401)
        case Refusal.RATE_LIMITED:
            return _fail(429, TOO_MANY, "TooManyRequests", status=429)
        case Refusal.SERVER_ERROR:
            return _fail(
                500, "Something went wrong on AfterShip's end.", "InternalError", status=500
            )


def _enveloped(data: object, *, code: int = 200) -> Answer:
    return as_json({"meta": {"code": code}, "data": data}, status=code)


def _fail(code: int, message: str, kind: str, *, status: int = 400, data: object = None) -> Answer:
    meta = {"code": code, "message": message, "type": kind}
    return as_json({"meta": meta, "data": data or {}}, status=status)


def _id(number: str) -> str:
    return key_of("aftership", number)[:26]


def _slug(number: str, desk: Desk) -> str:
    known = desk.known(number)
    asked = text(desk.shelf.registered.get(number, {}), "slug")
    return asked or (known[-1].carrier if known else "")


def _tracking(number: str, parcel: Parcel | None, desk: Desk) -> dict[str, object]:
    parcel = parcel or Parcel(number=number, scans=())
    scans = parcel.scans
    subtag = code_for(VOCABULARY, scans[-1]) if scans else "Pending_001"
    since = desk.shelf.registered_at.get(number, desk.seconds)
    created = desk.at.fromtimestamp(since, desk.at.tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
    updated = scans[-1].zulu if scans else created
    last = scans[-1] if scans else None
    registration = desk.shelf.registered.get(number, {})
    return {
        "id": _id(number),
        "legacy_id": _id(number)[:24],
        "created_at": created,
        "updated_at": max(created, updated),
        "tracking_number": number,
        "slug": _slug(number, desk),
        "active": last is None or last.milestone not in {"delivered", "returned"},
        "custom_fields": None,
        "transit_time": (scans[-1].at - scans[0].at).days if scans else None,
        "origin_country_region": alpha3(parcel.origin),
        "origin_state": None,
        "origin_city": scans[0].location or None if scans else None,
        "origin_postal_code": None,
        "origin_raw_location": None,
        "destination_country_region": alpha3(parcel.destination),
        "destination_state": None,
        "destination_city": None,
        "destination_postal_code": None,
        "destination_raw_location": None,
        "courier_destination_country_region": alpha3(parcel.destination),
        "courier_estimated_delivery_date": dict.fromkeys(ESTIMATE),
        "order_id": registration.get("order_id"),
        "order_number": registration.get("order_number"),
        "shipment_package_count": None,
        "shipment_pickup_date": _when(parcel.first("accepted")),
        "shipment_delivery_date": _when(parcel.first("delivered")),
        "shipment_type": None,
        "signed_by": None,
        "source": "api",
        "tag": subtag.partition("_")[0],
        "subtag": subtag,
        "subtag_message": words_for(last) if last else "Pending",
        "title": number,
        "tracked_count": desk.ledger.numbers[number],
        "language": None,
        "return_to_sender": last is not None and last.milestone.startswith("return"),
        "order_promised_delivery_date": None,
        "first_attempted_at": _when(parcel.first("delivery_failed")),
        "failed_delivery_attempts": sum(s.milestone == "delivery_failed" for s in scans),
        "on_time_status": None,
        "on_time_difference": None,
        "latest_estimated_delivery": dict.fromkeys(LATEST_ESTIMATE),
        "first_mile": None,
        "last_mile": None,
        "checkpoints": [_checkpoint(scan, _slug(number, desk)) for scan in scans],
    }


def _when(scan: Scan | None) -> str | None:
    return scan.wall + scan.offset if scan else None


def _checkpoint(scan: Scan, slug: str) -> dict[str, object]:
    subtag = code_for(VOCABULARY, scan)
    event = EVENTS.get(scan.milestone)
    return {
        "created_at": scan.zulu,
        "slug": scan.carrier or slug,
        "checkpoint_time": _when(scan),
        "location": scan.location or None,
        "city": scan.location or None,
        "state": None,
        "postal_code": None,
        "coordinate": None,
        "country_region": alpha3(scan.country),
        "country_region_name": country_name(scan.country),
        "message": words_for(scan),
        "tag": subtag.partition("_")[0],
        "subtag": subtag,
        "subtag_message": words_for(scan),
        "raw_tag": next(iter(scan.codes.values()), None),
        "events": [{"code": event, "reason": None}] if event else [],
        "source": "carrier",
        "hash": key_of(scan.zulu, scan.milestone, scan.location, scan.text),
    }


CHANNEL = Channel(
    code="aftership",
    terms=Terms(
        batch=200,
        rates=(
            Rate(requests=20, seconds=1, pattern="^POST .*/trackings$"),
            Rate(requests=6, seconds=1, pattern="^GET .*/trackings$"),
            Rate(requests=5, seconds=1, pattern="^GET .*/trackings/"),
            Rate(requests=3, seconds=1, pattern="/couriers/detect$"),
        ),
    ),
    credentials={
        "api_key": "AFTERSHIP-EXAMPLE-NOT-A-SECRET",
        "webhook_secret": "AFTERSHIP-WEBHOOK-SECRET-EXAMPLE",
    },
    answer=answer,
    refuse=refuse,
    push=push,
)
