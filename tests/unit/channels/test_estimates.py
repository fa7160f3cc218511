"""When a carrier says that it will deliver: a day is all of it, where the parcel is due."""

import json
from types import ModuleType

import pytest

from amends.catalog.channels import (
    aftership,
    dhl_unified,
    easypost,
    fedex,
    royal_mail,
    seventeentrack,
    trackingmore,
    usps,
)
from amends.domain.parcel.estimates import due

DAY = "2026-10-07"
EVENT = {"date": "2026-10-05T10:00:00-05:00", "eventType": "IT", "derivedStatusCode": "IT"}


def _aftership(**fields: object) -> object:
    return {"data": {"tracking_number": "N1", "tag": "InTransit", "checkpoints": [], **fields}}


def _fedex(**fields: object) -> object:
    result = {"trackingNumberInfo": {"trackingNumber": "1"}, "scanEvents": [EVENT], **fields}
    return {"output": {"completeTrackResults": [{"trackResults": [result]}]}}


def _dhl(**fields: object) -> object:
    row = {"id": "1", "service": "express", "status": {"statusCode": "transit"}, **fields}
    return {"shipments": [row]}


def _seventeentrack(country: str | None) -> object:
    info = {
        "latest_status": {"status": "InTransit"},
        "shipping_info": {"recipient_address": {"country": country}},
        "time_metrics": {"estimated_delivery_date": {"from": "2026-10-06", "to": DAY}},
    }
    return {"code": 0, "data": {"accepted": [{"number": "N1", "track_info": info}]}}


@pytest.mark.parametrize(
    ("channel", "document", "expected"),
    [
        (
            aftership,
            _aftership(destination_country_region="DEU", expected_delivery=DAY),
            "2026-10-07T21:59:59+00:00",
        ),
        (
            aftership,
            _aftership(
                latest_estimated_delivery={
                    "type": "range",
                    "datetime": None,
                    "datetime_min": DAY,
                    "datetime_max": "2026-10-09",
                }
            ),
            "2026-10-09T12:00:00+00:00",
        ),
        (
            aftership,
            _aftership(expected_delivery="2026-10-07T18:00:00-04:00"),
            "2026-10-07T22:00:00+00:00",
        ),
        (
            easypost,
            {
                "tracking_code": "N1",
                "status": "in_transit",
                "est_delivery_date": f"{DAY}T00:00:00Z",
            },
            "2026-10-07T12:00:00+00:00",
        ),
        (
            trackingmore,
            {
                "meta": {"code": 200},
                "data": [
                    {
                        "tracking_number": "N1",
                        "delivery_status": "transit",
                        "destination_country": "PL",
                        "scheduled_delivery_date": DAY,
                    }
                ],
            },
            "2026-10-07T21:59:59+00:00",
        ),
        (seventeentrack, _seventeentrack("CN"), "2026-10-07T15:59:59+00:00"),
        (seventeentrack, _seventeentrack(None), "2026-10-07T12:00:00+00:00"),
        (
            dhl_unified,
            _dhl(
                destination={"address": {"countryCode": "PT"}},
                estimatedTimeOfDelivery=f"{DAY}T00:00:00",
            ),
            "2026-10-07T12:00:00+00:00",
        ),
        (
            fedex,
            _fedex(dateAndTimes=[{"type": "ESTIMATED_DELIVERY", "dateTime": f"{DAY}T00:00:00"}]),
            "2026-10-07T12:00:00+00:00",
        ),
        (
            royal_mail,
            {"mailPieces": {"mailPieceId": "A", "events": [], "estimatedDelivery": {"date": DAY}}},
            "2026-10-07T22:59:59+00:00",
        ),
        (
            usps,
            {
                "trackingNumber": "9",
                "statusCategory": "In Transit",
                "expectedDeliveryDate": DAY,
                "destinationState": "NY",
            },
            "2026-10-08T03:59:59+00:00",
        ),
    ],
)
def test_a_day_is_all_of_it(channel: ModuleType, document: object, expected: str) -> None:
    (reading,) = channel.read(json.dumps(document).encode())

    assert reading.estimated_delivery_at is not None
    assert reading.estimated_delivery_at.isoformat() == expected


def test_what_is_no_day_is_no_estimate() -> None:
    assert [due(sent) for sent in ("", "soon", "2026-13-45", "0001-01-01")] == [None] * 4
