"""What 17TRACK tells of one parcel."""

from zlib import crc32

from simulators.channel import Desk
from simulators.parcel import Parcel, Scan
from simulators.words import code_for, words_for

VOCABULARY = "17track.v2.sub_status"
CARRIERS = {
    "dhl": 100001,
    "ups": 100002,
    "fedex": 100003,
    "usps": 21051,
    "royal": 11031,
    "china-ems": 3013,
    "ems": 3013,
    "china": 3011,
    "correios": 2151,
}
STAGES = {
    "info_received": "InfoReceived",
    "accepted": "PickedUp",
    "departed": "Departure",
    "left_origin_country": "Departure",
    "arrived": "Arrival",
    "arrived_dest_country": "Arrival",
    "available_for_pickup": "AvailableForPickup",
    "out_for_delivery": "OutForDelivery",
    "delivered": "Delivered",
    "returning": "Returning",
    "returned": "Returned",
}
NOWHERE = {"longitude": None, "latitude": None}
NO_TIME = {"date": None, "time": None, "timezone": None}
Row = dict[str, object]


def carrier_key(carrier: str) -> int:
    """17TRACK's number of a carrier; China Post for one that it does not list here."""
    return next((key for name, key in CARRIERS.items() if carrier.startswith(name)), 3011)


def track_info(parcel: Parcel, desk: Desk) -> Row:
    """The `track_info` object."""
    code = code_for(VOCABULARY, parcel.last)
    carriers = sorted({carrier_key(scan.carrier or parcel.carrier) for scan in parcel.scans})
    days = max(0, (desk.at - parcel.last.utc).days)
    travelled = (parcel.last.utc - parcel.scans[0].utc).days
    return {
        "shipping_info": {
            "shipper_address": _address(parcel.origin),
            "recipient_address": _address(parcel.destination),
        },
        "latest_status": {
            "status": code.partition("_")[0],
            "sub_status": code,
            "sub_status_descr": None,
        },
        "latest_event": _event(parcel.last),
        "time_metrics": {
            "days_after_order": travelled,
            "days_of_transit": travelled,
            "days_of_transit_done": travelled if parcel.last.milestone == "delivered" else 0,
            "days_after_last_update": days,
            "estimated_delivery_date": {"source": None, "from": None, "to": None},
        },
        "milestone": _milestones(parcel),
        "misc_info": {
            "risk_factor": 0,
            "service_type": None,
            "weight_raw": None,
            "weight_kg": None,
            "pieces": None,
            "dimensions": None,
            "customer_number": None,
            "reference_number": None,
            "local_number": None,
            "local_provider": None,
            "local_key": 0,
        },
        "tracking": {
            "providers_hash": 1,
            "providers": [_provider(parcel, key, desk) for key in carriers],
        },
    }


def _provider(parcel: Parcel, key: int, desk: Desk) -> Row:
    scans = [scan for scan in parcel.scans if carrier_key(scan.carrier or parcel.carrier) == key]
    return {
        "provider": {
            "key": key,
            "name": parcel.carrier,
            "alias": parcel.carrier,
            "tel": None,
            "homepage": None,
            "country": parcel.origin or None,
        },
        "provider_lang": None,
        "service_type": None,
        "latest_sync_status": "Success",
        "latest_sync_time": desk.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "events_hash": crc32("".join(scan.zulu for scan in scans).encode()),
        "provider_tips": None,
        "events": [_event(scan) for scan in reversed(scans)],
    }


def _milestones(parcel: Parcel) -> list[Row]:
    first: dict[str, Scan] = {}
    for scan in parcel.scans:
        stage = _stage(scan)
        if stage:
            first.setdefault(stage, scan)
    return [
        {"key_stage": stage, **(_times(first[stage]) if stage in first else _times(None))}
        for stage in dict.fromkeys(STAGES.values())
    ]


def _stage(scan: Scan) -> str | None:
    return STAGES.get(scan.milestone) or STAGES.get(scan.step or "")


def _times(scan: Scan | None) -> Row:
    if scan is None:
        return {"time_iso": None, "time_utc": None, "time_raw": NO_TIME}
    date, _, clock = scan.wall.partition("T")
    return {
        "time_iso": scan.wall + scan.offset,
        "time_utc": scan.zulu,
        "time_raw": {"date": date, "time": clock, "timezone": scan.offset},
    }


def _address(country: str, city: str | None = None) -> Row:
    return {
        "country": country or None,
        "state": None,
        "city": city,
        "street": None,
        "postal_code": None,
        "coordinates": NOWHERE,
    }


def _event(scan: Scan) -> Row:
    return {
        **_times(scan),
        "description": words_for(scan),
        "description_translation": {"lang": None, "description": None},
        "location": scan.location or None,
        "stage": _stage(scan),
        "sub_status": code_for(VOCABULARY, scan),
        "address": _address(scan.country, scan.location or None),
    }
