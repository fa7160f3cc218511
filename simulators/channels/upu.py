"""UPU Global Track: EMSEVT events of one S10 item; the body `1` says that there are none."""

from simulators.channel import Channel, Desk, Refusal, no_push
from simulators.limits import Terms
from simulators.parcel import Parcel, Scan
from simulators.places import country_name
from simulators.wire import Answer, Ask, as_json
from simulators.words import code_for, words_for

VOCABULARY = "upu.emsevt.v3"
S10 = 13


def answer(ask: Ask, desk: Desk) -> Answer:
    """`GET …/itemTTExt/{id}/{token}`."""
    parts = ask.path.strip("/").split("/")
    if len(parts) < 3 or parts[-3] != "itemTTExt" or ask.method != "GET":
        return Answer(body=b"Not Found", status=404, content_type="text/plain")
    number, held = parts[-2], parts[-1]
    if held != desk.credentials["token"]:
        return desk.refuse("token")
    parcel = desk.parcel(number) if len(number) == S10 else None
    if parcel is None:
        return Answer(body=b"1")
    return as_json([_item(parcel)])


def refuse(refusal: Refusal) -> Answer:
    """Plain answers of the server itself: the service documents none."""
    match refusal:
        case Refusal.UNAUTHORISED:
            return as_json({"Message": "Authorization has been denied."}, status=401)
        case Refusal.RATE_LIMITED:
            return as_json({"Message": "Too many requests."}, status=429)
        case Refusal.SERVER_ERROR:
            return as_json({"Message": "An error has occurred."}, status=500)


def _item(parcel: Parcel) -> dict[str, object]:
    number = parcel.number
    origin = parcel.origin or number[-2:]
    return {
        "ID": number,
        "OriginCountryCd": origin,
        "OriginCountryNm": country_name(origin),
        "DestinationCountryCd": parcel.destination,
        "DestinationCountryNm": country_name(parcel.destination),
        "State": 3 if parcel.last.milestone == "delivered" else 2,
        "Events": [_event(scan) for scan in parcel.scans],
    }


def _event(scan: Scan) -> dict[str, str]:
    return {
        "EventCd": code_for(VOCABULARY, scan),
        "EventNm": words_for(scan),
        "EventDT": f"/Date({int(scan.utc.timestamp() * 1000)})/",
        "EventLocation": scan.location,
    }


CHANNEL = Channel(
    code="upu",
    terms=Terms(),
    credentials={"token": "UPU-EXAMPLE-NOT-A-SECRET"},
    answer=answer,
    refuse=refuse,
    push=no_push,
)
