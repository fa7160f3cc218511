"""How channels fare and which codes are strange, before the eyes of staff."""

from typing import Any

import pytest

from amends import runtime
from amends.domain.parcel.unmapped import Unmapped
from tests.component.tracking.parcels import NOW, PARCEL, SHOP
from tests.support.tracking_cloud import TrackingCloud
from tools.local.waiting import until


@pytest.mark.requirement("000-10", "000-24")
def test_staff_see_how_each_channel_fares(cloud: TrackingCloud) -> None:
    cloud.world.fault("sf", *["server_error"] * 5)

    def all_failed() -> dict[str, Any] | None:
        cloud.call("GET", f"/v1/tracking/{PARCEL}")  # one beyond the channel's rate is not sent
        told = cloud.call("GET", "/v1/staff/channels", groups="agent").json()["data"]
        found = {row["channel"]: row for row in told}
        return found if found["sf"]["failures_in_a_row"] == 5 else None

    by_code = until(all_failed, within=180)

    assert (by_code["sf"]["condition"], by_code["sf"]["failures_in_a_row"]) == ("down", 5)
    assert by_code["sf"]["used_today"] >= 5  # a slow answer may have been asked for once more
    assert by_code["usps"]["condition"] == "up"
    assert by_code["sf"]["daily_limit"] == 3000
    assert cloud.call("GET", "/v1/staff/channels", merchant=SHOP).status in (401, 403)

    public = cloud.call("GET", "/v1/status")
    assert public.headers["cache-control"] == "public, max-age=60"
    shown = {row["channel"]: row["is_answering"] for row in public.json()["channels"]}
    assert (shown["sf"], shown["usps"]) == (False, True)
    assert public.json()["is_undisturbed"] is False
    assert "used_today" not in public.body


@pytest.mark.requirement("000-10")
def test_staff_see_the_codes_that_no_table_knows(cloud: TrackingCloud) -> None:
    for code in ("EYY", "EZZ", "EZZ"):
        runtime.tracker().strange.note(
            Unmapped(
                channel="upu", code=code, count=1, first_seen_at=NOW, last_seen_at=NOW, text="x"
            )
        )
    path = "/v1/staff/tracking/unmapped"

    told = cloud.call("GET", path, groups="agent").json()["data"]

    assert [(one["code"], one["count"]) for one in told] == [("EZZ", 2), ("EYY", 1)]
    assert told[0]["sample"] == {"tracking_number": "", "text": "x"}
    assert cloud.call("GET", path, groups="agent", query={"channel": "sf"}).json()["data"] == []
    assert cloud.call("GET", path, merchant=SHOP).status in (401, 403)
