"""Before it is shipped: one call tells what is wrong with a parcel, and keeps nothing."""

from collections.abc import Iterator

import pytest

from simulators.carriers import world
from tests.support.tracking_cloud import TrackingCloud, tracking_cloud


@pytest.fixture
def cloud() -> Iterator[TrackingCloud]:
    with world() as handle, tracking_cloud(handle) as made:
        yield made


@pytest.mark.requirement("003-14", "001-12", "001-17", "001-20", "001-23")
def test_a_careless_parcel_is_told_what_to_mend_and_whether_to_insure(cloud: TrackingCloud) -> None:
    body = {
        "shipment": {
            "tracking_number": "RR123465785CN",
            "origin": {"country": "CN"},
            "destination": {"country": "DE", "postal_code": "5066", "city": "Köln", "lines": ["A"]},
        },
        "items": [{"name": "礼品", "unit_value": {"amount": "900.00", "currency": "EUR"}}],
        "addressee": {"name": "Erika"},
    }

    told = cloud.call("POST", "/v1/preflight", body=body, headers={"accept-language": "zh-CN"})

    assert told.status == 200
    document = told.json()
    errors = {one["field"] for one in document["findings"] if one["severity"] == "error"}
    assert errors == {
        "shipment.destination.postal_code",
        "addressee.phone",
        "shipment.tracking_number",
        "items.0.name",
        "items.0.hs_code",
    }
    assert "应为 RR" in str(document["findings"])
    assert document["insurance"]["advice"] == "insure"
    assert document["insurance"]["expected_loss"] == {"amount": "9.00", "currency": "EUR"}
    assert cloud.rows("SHIPMENTS_TABLE") == []
    assert cloud.call("POST", "/v1/preflight", body={"shipment": {"x": 1}}).status == 422
