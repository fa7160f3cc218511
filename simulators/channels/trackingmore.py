"""TrackingMore v4: created or batched numbers, read 200 a page; naive local times."""

from hmac import digest

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.parcel import Parcel, Scan, key_of
from simulators.wire import Answer, Ask, Message, as_json, compact, text
from simulators.words import code_for, words_for

VOCABULARY = "trackingmore.v4.substatus"
EMPTY = """archived updating destination_state destination_city origin_state origin_city
tracking_postal_code tracking_ship_date tracking_destination_country tracking_origin_country
tracking_key tracking_courier_account customer_name customer_email customer_sms recipient_postcode
order_id title logistics_channel note label signed_by service_code weight weight_kg product_type
pieces dimension previously destination_track_number exchange_number scheduled_delivery_date
scheduled_address status_info""".split()
READ_BATCH = 200


def answer(ask: Ask, desk: Desk) -> Answer:
    """`/v4/trackings/…` and `/v4/couriers/detect`."""
    if ask.headers.get("tracking-api-key") != desk.credentials["api_key"]:
        return desk.refuse("Tracking-Api-Key")
    parts = ask.path.removeprefix("/v4").strip("/").split("/")
    match ask.method, parts:
        case "POST", ["trackings", "create"]:
            return _create(ask, desk)
        case "POST", ["trackings", "batch"]:
            return _batch(ask, desk)
        case "GET", ["trackings", "get"]:
            return _get(ask, desk)
        case "DELETE", ["trackings", "delete", wanted]:
            held = next((n for n in desk.shelf.registered if _id(n) == wanted), "")
            desk.shelf.registered.pop(held, None)
            return _ok({"id": wanted})
        case (("PUT" | "POST"), ["trackings", ("update" | "retrack"), wanted]):
            return _ok({"id": wanted})
        case "POST", ["couriers", "detect"]:
            return _ok([])
        case _:
            return _fail(404, "NotFound", "Page does not exist.", status=404)


def _create(ask: Ask, desk: Desk) -> Answer:
    row = next(iter(ask.rows()), {})
    number, courier = text(row, "tracking_number"), text(row, "courier_code")
    if not number or not courier:
        return _fail(4110, "BadRequest", "The value of tracking_number or courier_code is invalid.")
    if not desk.register(number, row):
        return _fail(4101, "BadRequest", "Tracking No. already exists.")
    return _ok(_tracking(number, desk.parcel(number), desk))


def _batch(ask: Ask, desk: Desk) -> Answer:
    rows = ask.rows()
    if desk.over_batch(len(rows)):
        return _fail(4103, "BadRequest", "Max. 40 trackings are allowed to create in one call.")
    success: list[dict[str, object]] = []
    error: list[dict[str, object]] = []
    for row in rows:
        number, courier = text(row, "tracking_number"), text(row, "courier_code")
        line: dict[str, object] = {"tracking_number": number, "courier_code": courier}
        if len(number) < 5:
            error.append({**line, "errorCode": 4110, "errorMessage": "Invalid tracking_number."})
        elif not desk.register(number, row):
            already = {"errorCode": 4101, "errorMessage": "Tracking No. already exists."}
            error.append({**line, **already})
        else:
            order = row.get("order_number")
            success.append({"id": _id(number), **line, "order_number": order})
    return _ok({"success": success, "error": error})


def _get(ask: Ask, desk: Desk) -> Answer:
    wanted = ask.query.get("tracking_numbers", "")
    numbers = wanted.split(",") if wanted else list(desk.shelf.registered)
    size = int(ask.query.get("limit", "100"))
    if desk.over_batch(len(numbers) if wanted else size, limit=READ_BATCH):
        return _fail(4111, "BadRequest", "The value of limit is invalid.")
    start = (int(ask.query.get("page", "1")) - 1) * size
    shown = [number for number in numbers if desk.is_registered(number)]
    answers = [_tracking(n, desk.parcel(n), desk) for n in shown if not desk.spoils(n)]
    return _ok(answers if wanted else answers[start : start + size])


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """The tracking; its signature covers the timestamp alone, as the provider has it."""
    if not parcel.scans:
        return None
    told = _tracking(parcel.number, parcel, desk)
    stamp = str(int(desk.seconds))
    signed = digest(desk.credentials["webhook_secret"].encode(), stamp.encode(), "sha256")
    return Message(
        body=compact({"code": 200, "message": "success", "data": told}),
        headers={"timestamp": stamp, "signature": signed.hex()},
    )


def refuse(refusal: Refusal) -> Answer:
    """An envelope with an empty list."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(401, "Unauthorized", "The API key is invalid.", status=401)
        case Refusal.RATE_LIMITED:
            message = "Exceeded API request limits, please try again later."
            return _fail(429, "TooManyRequests", message, status=429)
        case Refusal.SERVER_ERROR:
            return _fail(511, "ServerError", "Server error.", status=500)


def _ok(data: object) -> Answer:
    meta = {"code": 200, "message": "Request response is successful"}
    return as_json({"meta": meta, "data": data})


def _fail(code: int, kind: str, message: str, *, status: int = 400) -> Answer:
    meta = {"code": code, "type": kind, "message": message}
    return as_json({"meta": meta, "data": []}, status=status)


def _id(number: str) -> str:
    return key_of("trackingmore", number)


def _tracking(number: str, parcel: Parcel | None, desk: Desk) -> dict[str, object]:
    registration = desk.shelf.registered.get(number, {})
    courier = text(registration, "courier_code") or (parcel.carrier if parcel else "")
    scans = parcel.scans if parcel else ()
    last = scans[-1] if scans else None
    home = [scan for scan in scans if (scan.carrier or courier) == (scans[0].carrier or courier)]
    away = [scan for scan in scans if scan not in home]
    since = desk.shelf.registered_at.get(number, desk.seconds)
    code = code_for(VOCABULARY, last) if last else "notfound002"
    return {
        **dict.fromkeys(EMPTY),
        "id": _id(number),
        "tracking_number": number,
        "courier_code": courier,
        "order_number": registration.get("order_number"),
        "order_date": None,
        "created_at": desk.at.fromtimestamp(since, desk.at.tzinfo).isoformat(timespec="seconds"),
        "update_at": desk.at.isoformat(timespec="seconds"),
        "delivery_status": code.rstrip("0123456789"),
        "archived": "tracking",
        "updating": False,
        "destination_country": parcel.destination or None if parcel else None,
        "origin_country": parcel.origin or None if parcel else None,
        "substatus": code,
        "latest_event": _latest(last),
        "latest_checkpoint_time": last.wall if last else None,
        "transit_time": (scans[-1].at - scans[0].at).days if scans else 0,
        "origin_info": _side(courier, home, parcel),
        "destination_info": _side(away[0].carrier if away else None, away, None),
    }


def _latest(scan: Scan | None) -> str | None:
    return f"{words_for(scan)},{scan.location},{scan.wall[:16].replace('T', ' ')}" if scan else None


def _side(courier: str | None, scans: list[Scan], parcel: Parcel | None) -> dict[str, object]:
    return {
        "courier_code": courier,
        "courier_phone": None,
        "weblink": None,
        "reference_number": None,
        "milestone_date": _milestones(parcel) if parcel else None,
        "trackinfo": [_checkpoint(scan) for scan in reversed(scans)],
    }


def _milestones(parcel: Parcel) -> dict[str, str | None]:
    names = {
        "inforeceived_date": "info_received",
        "pickup_date": "accepted",
        "outfordelivery_date": "out_for_delivery",
        "delivery_date": "delivered",
        "returning_date": "returning",
        "returned_date": "returned",
    }
    found = {name: parcel.first(milestone) for name, milestone in names.items()}
    return {name: scan.wall if scan else None for name, scan in found.items()}


def _checkpoint(scan: Scan) -> dict[str, object]:
    code = code_for(VOCABULARY, scan)
    return {
        "checkpoint_date": scan.wall,
        "checkpoint_delivery_status": code.rstrip("0123456789"),
        "checkpoint_delivery_substatus": code,
        "tracking_detail": words_for(scan),
        "location": scan.location or None,
        "country_iso2": scan.country or None,
        "state": None,
        "city": None,
        "zip": None,
        "raw_status": None,
    }


CHANNEL = Channel(
    code="trackingmore",
    terms=Terms(
        batch=40,
        rates=(
            Rate(requests=3, seconds=1, pattern="/create$"),
            Rate(requests=3, seconds=1, pattern="/batch$"),
            Rate(requests=10, seconds=1, pattern="/get$"),
        ),
    ),
    credentials={
        "api_key": "TRACKINGMORE-EXAMPLE-NOT-A-SECRET",
        "webhook_secret": "2e55b9a3-4dd1-4416-9897-c4bd1e3d738f",
    },
    answer=answer,
    refuse=refuse,
    push=push,
)
