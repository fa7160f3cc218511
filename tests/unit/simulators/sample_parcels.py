"""The parcels of the sample payloads, as scripts of the world."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    channel: str
    file: str
    number: str
    scans: list[dict[str, object]]
    told: tuple[str, ...]
    """Keys whose values, in the order of the document, must be the sample's own."""
    but: tuple[str, ...] = ()
    """Keys of the sample that the provider leaves out when it knows nothing, as the world does."""


def scan(
    at: str,
    milestone: str,
    location: str,
    text: str,
    *,
    country: str = "",
    carrier: str = "",
    step: str = "",
    reason: str = "",
    **codes: str,
) -> dict[str, object]:
    return {
        "at": at,
        "milestone": milestone,
        "step": step,
        "reason": reason,
        "carrier": carrier,
        "location": location,
        "country": country,
        "text": text,
        "codes": codes,
    }


DHL = Sample(
    channel="dhl_unified",
    file="dhl_unified_shipments.json",
    number="4827319501",
    told=("timestamp", "statusCode", "addressLocality"),
    but=(
        "estimatedTimeOfDelivery",
        "estimatedDeliveryTimeFrame",
        "estimatedTimeOfDeliveryRemark",
        "origin",
        "destination",
    ),
    scans=[
        scan(
            "2026-11-08T18:05:00+01:00",
            "accepted",
            "LEIPZIG - GERMANY",
            "Shipment picked up",
            country="DE",
        ),
        scan(
            "2026-11-08T23:58:00+01:00", "in_transit", "LEIPZIG - GERMANY", "Departed", country="DE"
        ),
        scan(
            "2026-11-09T09:15:00+00:00", "in_transit", "PORTO - PORTUGAL", "Arrived", country="PT"
        ),
        scan(
            "2026-11-09T16:42:00+00:00",
            "customs",
            "PORTO - PORTUGAL",
            "Customs clearance status updated",
            country="PT",
            step="presented",
        ),
    ],
)
PARCEL_DE = Sample(
    channel="dhl_unified",
    file="dhl_parcel_de_local_time.json",
    number="00340434161094000123",
    told=("timestamp", "statusCode"),
    but=("url", "origin", "destination", "location"),
    scans=[
        scan("2026-11-10T11:02:00+01:00", "info_received", "", "", carrier="dhl-parcel-de"),
        scan("2026-11-10T19:40:00+01:00", "in_transit", "Hagen", "", carrier="dhl-parcel-de"),
        scan("2026-11-11T07:12:00+01:00", "delivery_failed", "", "", carrier="dhl-parcel-de"),
    ],
)
SEVENTEENTRACK = Sample(
    channel="seventeentrack",
    file="17track_gettrackinfo.response.json",
    number="LZ730192847CN",
    told=("time_iso", "time_utc", "date", "time", "timezone", "sub_status", "stage", "key_stage"),
    scans=[
        scan(
            "2026-10-24T17:05:00+08:00",
            "accepted",
            "SUZHOU",
            "Posting / collection",
            country="CN",
            step="accepted",
        ),
        scan(
            "2026-10-26T22:31:00+08:00",
            "in_transit",
            "SHANGHAI",
            "Departed",
            country="CN",
            step="departed",
        ),
        scan(
            "2026-10-30T12:10:00+02:00",
            "in_transit",
            "ATHENS",
            "Arrived",
            country="GR",
            step="arrived",
        ),
        scan(
            "2026-11-02T03:40:00+08:00",
            "customs",
            "ATHENS",
            "Held by customs, documents required",
            country="GR",
            step="held",
            reason="customs_documents",
        ),
    ],
)
AFTERSHIP = Sample(
    channel="aftership",
    file="aftership_list_trackings.response.json",
    number="9400159901744839206151",
    told=("checkpoint_time", "subtag", "tag", "location", "country_region_name"),
    scans=[
        scan(
            "2026-11-09T10:20:00-06:00",
            "accepted",
            "DALLAS, TX",
            "USPS picked up item",
            country="US",
            step="accepted",
        ),
        scan(
            "2026-11-10T22:02:00-05:00",
            "in_transit",
            "COLUMBUS OH DISTRIBUTION CENTER",
            "Arrived at USPS Regional Facility",
            country="US",
            step="arrived",
        ),
        scan(
            "2026-11-11T14:31:00-05:00",
            "delivery_failed",
            "DAYTON, OH",
            "Delivery attempted, no access to delivery location",
            country="US",
            reason="recipient_absent",
        ),
    ],
)
TRACKINGMORE = Sample(
    channel="trackingmore",
    file="trackingmore_get.response.json",
    number="RS095814731NL",
    told=("checkpoint_date", "checkpoint_delivery_substatus", "delivery_status", "substatus"),
    scans=[
        scan(
            "2026-11-01T18:44:00+01:00",
            "in_transit",
            "Utrecht",
            "Shipment received by carrier",
            country="NL",
        ),
        scan(
            "2026-11-02T21:15:00+01:00",
            "in_transit",
            "Amsterdam",
            "Departed",
            country="NL",
            step="departed",
        ),
        scan(
            "2026-11-05T11:20:00+01:00",
            "delivery_failed",
            "Warsaw",
            "Address incomplete",
            country="PL",
            carrier="poczta-polska",
            reason="address_invalid",
        ),
        scan(
            "2026-11-09T02:10:00+01:00",
            "returned",
            "Warsaw",
            "Item is being returned to sender",
            country="PL",
            carrier="poczta-polska",
        ),
    ],
)
USPS = Sample(
    channel="usps",
    file="usps_v3_detail.response.json",
    number="9400159901744839206151",
    told=("eventTimestamp", "eventCode", "eventCity", "statusCategory"),
    scans=[
        scan("2026-11-09T10:20:00-05:00", "accepted", "DALLAS", "", step="accepted"),
        scan(
            "2026-11-10T22:02:00-05:00",
            "in_transit",
            "COLUMBUS OH DISTRIBUTION CENTER",
            "",
            step="arrived",
        ),
        scan("2026-11-11T09:12:00-05:00", "exception", "TOLEDO", "Missent", reason="missort"),
    ],
)
UPS = Sample(
    channel="ups",
    file="ups_track_v1.response.json",
    number="1Z9A83X40310472914",
    told=("gmtDate", "gmtTime", "gmtOffset", "time", "statusCode", "code"),
    scans=[
        scan(
            at,
            milestone,
            place,
            text,
            country="US",
            **{"ups.activity.type": kind, "ups.code": letters, "ups.statusCode": status},
        )
        for at, milestone, place, text, kind, letters, status in (
            ("2026-11-06T09:03:00-06:00", "info_received", "", "Label", "M", "MP", "003"),
            ("2026-11-06T17:10:00-06:00", "accepted", "Dallas", "", "I", "OR", "160"),
            ("2026-11-07T16:41:00-05:00", "in_transit", "Louisville", "", "I", "AR", "010"),
            ("2026-11-07T23:15:00-05:00", "in_transit", "Louisville", "", "I", "DP", "005"),
            ("2026-11-12T01:30:00-05:00", "exception", "Columbus", "", "X", "UO", "129"),
        )
    ],
)
FEDEX = Sample(
    channel="fedex",
    file="fedex_track_v1.response.json",
    number="781209456319",
    told=("date", "eventType", "exceptionCode"),
    scans=[
        scan("2026-11-04T17:20:00+01:00", "accepted", "LYON", "Picked up", step="accepted"),
        scan(
            "2026-11-06T03:11:00-06:00",
            "in_transit",
            "MEMPHIS",
            "Arrived at FedEx hub",
            **{"fedex.derivedStatusCode": "AR"},
        ),
        scan(
            "2026-11-06T08:41:00-06:00",
            "customs",
            "MEMPHIS",
            "Clearance delay",
            country="US",
            step="held",
            reason="customs_delay",
            **{"fedex.exceptionCode": "37"},
        ),
    ],
)
ROYAL_MAIL = Sample(
    channel="royal_mail",
    file="royalmail_events.response.json",
    number="FQ618402757GB",
    told=("eventCode", "eventDateTime", "locationName", "eventName", "lastEventCode"),
    scans=[
        scan(
            "2026-11-08T16:20:00+00:00",
            "info_received",
            "",
            "Sender despatching item",
            **{"royalmail.eventCode": "EVAIP"},
        ),
        scan(
            "2026-11-09T23:31:00+00:00",
            "in_transit",
            "North West Midlands MC",
            "Item received",
            **{"royalmail.eventCode": "EVIMC"},
        ),
        scan(
            "2026-11-10T10:04:00+00:00",
            "exception",
            "Stafford DO",
            "Forwarded - Mis-sort",
            reason="missort",
        ),
    ],
)
KUAIDI100 = Sample(
    channel="kuaidi100",
    file="kuaidi100_query.response.json",
    number="78451203967710",
    told=("time", "ftime", "context", "areaName", "statusCode", "state", "ischeck"),
    scans=[
        scan(
            "2026-11-05T18:30:00+08:00",
            "accepted",
            "浙江,金华市",
            "【义乌北苑】已揽收",
            **{"kuaidi100.state": "103"},
        ),
        scan(
            "2026-11-06T02:10:44+08:00",
            "in_transit",
            "浙江,杭州市",
            "快件离开【杭州转运中心】已发往【深圳转运中心】",
            **{"kuaidi100.state": "1002"},
        ),
        scan(
            "2026-11-06T23:55:02+00:00",
            "in_transit",
            "广东,深圳市",
            "快件已到达【深圳龙华网点】",
            step="delivery_depot",
        ),
        scan(
            "2026-11-08T10:22:31+08:00",
            "exception",
            "广东,深圳市",
            "快件滞留,正在联系收件人",
            step="held",
            reason="carrier_delay",
        ),
    ],
)
SF = Sample(
    channel="sf",
    file="sf_search_routes.response.json",
    number="SF1540782316094",
    told=("acceptTime", "acceptAddress", "opCode", "remark"),
    scans=[
        scan(
            "2026-11-05T18:30:00+08:00",
            "accepted",
            "金华市",
            "顺丰速运 已收取快件",
            step="accepted",
        ),
        scan(
            "2026-11-05T14:01:00+00:00",
            "in_transit",
            "金华市",
            "快件在【金华义乌集散点】已装车，准备发往下一站",
            step="departed",
        ),
        scan(
            "2026-11-06T09:40:00+08:00",
            "customs",
            "香港",
            "海关待查",
            step="presented",
            **{"sf.opCode": "17"},
        ),
        scan(
            "2026-11-06T15:20:00+08:00",
            "customs",
            "香港",
            "海关扣件",
            step="held",
            reason="customs_inspection",
        ),
    ],
)
UPU = Sample(
    channel="upu",
    file="upu_ptt_item.json",
    number="EA409173653CN",
    told=("EventCd", "EventDT", "EventLocation", "OriginCountryNm", "DestinationCountryNm"),
    scans=[
        scan("2026-10-30T22:40:00+00:00", "accepted", "SUZHOU", "", country="CN"),
        scan("2026-10-31T12:33:20+00:00", "in_transit", "SHANGHAI", "", step="arrived"),
        scan("2026-11-01T02:26:40+00:00", "in_transit", "SHANGHAI", "", step="left_origin_country"),
        scan("2026-11-03T10:00:00+00:00", "in_transit", "ATHENS", "", step="arrived_dest_country"),
        scan(
            "2026-11-03T15:33:20+00:00",
            "customs",
            "ATHENS",
            "",
            step="presented",
            **{"upu.emsevt.v3": "EDB"},
        ),
        scan(
            "2026-11-03T18:20:00+00:00",
            "customs",
            "ATHENS",
            "",
            step="held",
            country="GR",
            **{"upu.emsevt.v3": "EME"},
        ),
    ],
)
EASYPOST = Sample(
    channel="easypost",
    file="easypost_webhook.body.json",
    number="1Z9A83X40310472914",
    told=("datetime", "datetime_local", "status_detail", "carrier_code", "message", "city"),
    scans=[
        scan(
            "2026-11-07T23:15:00-05:00",
            "in_transit",
            "Louisville",
            "Departed from Facility",
            country="US",
            step="departed",
            carrier_code="DP",
        ),
        scan(
            "2026-11-11T14:31:00-05:00",
            "returning",
            "Dayton",
            "Returning to sender",
            country="US",
            carrier_code="RS",
        ),
    ],
)
SAMPLES = [
    DHL,
    PARCEL_DE,
    SEVENTEENTRACK,
    AFTERSHIP,
    TRACKINGMORE,
    USPS,
    UPS,
    FEDEX,
    ROYAL_MAIL,
    KUAIDI100,
    SF,
    UPU,
]
"""Those whose answer has a sample; of EasyPost there is a push alone."""
ALL = [*SAMPLES, EASYPOST]
