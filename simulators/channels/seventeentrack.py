"""17TRACK v2.4: registered numbers, 40 a request, partial success as a matter of course."""

from collections.abc import Callable
from hashlib import sha256

from simulators.channel import Channel, Desk, Refusal
from simulators.limits import Rate, Terms
from simulators.parcel import Parcel
from simulators.track_info import carrier_key, track_info
from simulators.wire import Answer, Ask, Message, as_json, compact, text

PREFIX = "/track/v2.4"
Row = dict[str, object]


def answer(ask: Ask, desk: Desk) -> Answer:
    """`POST /track/v2.4/{method}` with a JSON array."""
    if ask.headers.get("17token") != desk.credentials["token"]:
        return desk.refuse("17token")
    method = ask.path.removeprefix(PREFIX).strip("/")
    if method == "getquota":
        return _quota(desk)
    row_of = METHODS.get(method)
    content = ask.content()
    if row_of is None or not isinstance(content, list):
        return _fail(-18010012 if row_of else 404, "The format of the data is invalid.")
    if desk.over_batch(len(content)):
        return _fail(-18010014, "At most 40 tracking numbers are allowed.")
    accepted: list[Row] = []
    rejected: list[Row] = []
    for row in ask.rows():
        outcome = row_of(row, desk)
        if isinstance(outcome, tuple):
            code, message = outcome
            rejected.append(
                {
                    "number": text(row, "number"),
                    "carrier": row.get("carrier", 0),
                    "error": {"code": code, "message": message},
                }
            )
        else:
            accepted.append(outcome)
    return as_json({"code": 0, "data": {"accepted": accepted, "rejected": rejected}})


def _register(row: Row, desk: Desk) -> Row | tuple[int, str]:
    number = text(row, "number")
    if not 4 < len(number) < 41:
        return -18010012, f"The format of '{number}' is invalid."
    if not desk.register(number, row):
        return -18019901, f"Tracking number {number} is already registered."
    return {
        "origin": 2,
        "number": number,
        "carrier": _carrier_of(number, desk),
        "email": None,
        "lang": None,
        "tag": row.get("tag"),
    }


def _ask(row: Row, desk: Desk) -> Row | tuple[int, str]:
    number = text(row, "number")
    if not desk.is_registered(number):
        message = f"The tracking number {number} does not register, please register first."
        return -18019902, message
    parcel = desk.parcel(number)
    if desk.spoils(number):
        return -18010003, "Internal service error."
    if parcel is None or not desk.is_ready(number):
        return -18019909, "No tracking information at this time."
    return _told(parcel, desk)


def _forget(row: Row, desk: Desk) -> Row | tuple[int, str]:
    number = text(row, "number")
    if desk.shelf.registered.pop(number, None) is None:
        return -18019902, f"The tracking number {number} does not register, please register first."
    return {"number": number, "carrier": row.get("carrier", 0)}


def _keep(row: Row, desk: Desk) -> Row | tuple[int, str]:
    number = text(row, "number")
    if not desk.is_registered(number):
        return -18019902, f"The tracking number {number} does not register, please register first."
    return {"number": number, "carrier": row.get("carrier", 0)}


METHODS: dict[str, Callable[[Row, Desk], Row | tuple[int, str]]] = {
    "register": _register,
    "gettrackinfo": _ask,
    "stoptrack": _keep,
    "retrack": _keep,
    "changecarrier": _keep,
    "changeinfo": _keep,
    "push": _keep,
    "deletetrack": _forget,
}


def push(parcel: Parcel, desk: Desk) -> Message | None:
    """`TRACKING_UPDATED`, signed with SHA-256 over body, slash and key."""
    if not parcel.scans:
        return None
    body = compact({"event": "TRACKING_UPDATED", "data": _told(parcel, desk)})
    signed = sha256(body + b"/" + desk.credentials["token"].encode()).hexdigest()
    return Message(body=body, headers={"sign": signed})


def refuse(refusal: Refusal) -> Answer:
    """An envelope with `errors`."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return _fail(-18010002, "Invalid security key.", status=401)
        case Refusal.RATE_LIMITED:
            return _fail(429, "Too many requests.", status=429)
        case Refusal.SERVER_ERROR:
            return _fail(-18010003, "Internal service error.", status=500)


def _fail(code: int, message: str, *, status: int = 200) -> Answer:
    errors = {"errors": [{"code": code, "message": message}]}
    return as_json({"code": code, "data": errors}, status=status)


def _quota(desk: Desk) -> Answer:
    used = len(desk.shelf.registered)
    figures = {
        "quota_total": 1_000_000,
        "quota_used": used,
        "quota_remain": 1_000_000 - used,
        "today_used": used,
        "max_track_daily": 10_000_000,
        "free_email_quota": 300,
        "free_email_quotaused": 0,
    }
    return as_json({"code": 0, "data": figures})


def _carrier_of(number: str, desk: Desk) -> int:
    known = desk.known(number)
    return carrier_key(known[-1].carrier) if known else _asked_carrier(number, desk)


def _asked_carrier(number: str, desk: Desk) -> int:
    asked = desk.shelf.registered.get(number, {}).get("carrier", 0)
    return asked if isinstance(asked, int) else 0


def _told(parcel: Parcel, desk: Desk) -> Row:
    registration = desk.shelf.registered.get(parcel.number, {})
    return {
        "number": parcel.number,
        "carrier": _asked_carrier(parcel.number, desk) or carrier_key(parcel.carrier),
        "param": None,
        "tag": registration.get("tag"),
        "lang": None,
        "track_info": track_info(parcel, desk),
    }


CHANNEL = Channel(
    code="seventeentrack",
    terms=Terms(batch=40, rates=(Rate(requests=3, seconds=1),)),
    credentials={"token": "17K-EXAMPLE-NOT-A-SECRET"},
    answer=answer,
    refuse=refuse,
    push=push,
)
