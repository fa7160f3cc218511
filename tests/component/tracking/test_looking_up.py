"""A number looked up by anyone: live once, then from memory."""

import pytest

from tests.component.tracking.parcels import NUMBER, PARCEL, scan
from tests.support.tracking_cloud import TrackingCloud


@pytest.mark.requirement("000-11", "003-7")
def test_a_look_up_is_live_once_and_then_from_memory_until_the_window_ends(
    cloud: TrackingCloud,
) -> None:
    cloud.world.put(NUMBER, scan(20), channels=["upu"])

    first = cloud.call("GET", f"/v1/tracking/{NUMBER}").json()
    cloud.world.put(NUMBER, scan(20), scan(1, "customs", "presented"), channels=["upu"])
    second = cloud.call("GET", f"/v1/tracking/{NUMBER}").json()

    assert (first["valid"], first["milestone"]) == (True, "in_transit")
    assert [row["state"] for row in first["channels"]] == ["active"]
    assert first["channels"][0]["asked_at"] is not None
    assert second == first


@pytest.mark.requirement("000-11")
def test_a_look_up_that_a_channel_could_not_answer_is_not_remembered(cloud: TrackingCloud) -> None:
    cloud.world.put(PARCEL, scan(20), channels=["sf"])
    cloud.world.fault("sf", "server_error")

    first = cloud.call("GET", f"/v1/tracking/{PARCEL}").json()
    second = cloud.call("GET", f"/v1/tracking/{PARCEL}").json()

    assert [row["state"] for row in first["channels"]] == ["unavailable"]
    assert (first["found"], second["found"]) == (False, True)


@pytest.mark.requirement("003-8", "003-10", "003-11")
def test_a_mistyped_number_is_told_with_its_correction_in_the_readers_language(
    cloud: TrackingCloud,
) -> None:
    told = {
        language: cloud.call(
            "GET", "/v1/tracking/RR123465785CN", headers={"accept-language": language}
        ).json()
        for language in ("en", "zh-CN")
    }

    assert told["en"]["valid"] is False
    assert told["en"]["diagnosis"]["cause"] == "number_wrong"
    assert NUMBER in told["en"]["suggestions"]
    assert told["en"]["diagnosis"]["message"] != told["zh-CN"]["diagnosis"]["message"]


def test_a_look_up_refuses_a_carrier_that_is_no_code(cloud: TrackingCloud) -> None:
    told = cloud.call("GET", f"/v1/tracking/{NUMBER}", query={"carrier": "#../x"})

    assert (told.status, told.json()["errors"][0]["field"]) == (422, "carrier")
