"""A parcel that no channel sees any more is asked about at its carrier's desk, which answers."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_local_stack import token
from tests.e2e.test_mail_in import deliver
from tests.e2e.test_mail_story import history, own_address, told, with_photos, written
from tests.support.cloud import outcome
from tools.local.demo import Walk, a_number, script_parcel
from tools.local.waiting import until
from tools.local.world import INQUIRY_DESKS

pytestmark = pytest.mark.stack
DESK = INQUIRY_DESKS["china_post"]["email"]
SHIPMENT = {
    "carrier": "china_post",
    "service": "registered_small_packet",
    "shipped_on": "2026-08-20",
    "origin": {"country": "CN"},
    "destination": {"country": "DE"},
    "weight_grams": 480,
    "postage": {"amount": "32.50", "currency": "CNY"},
}


@pytest.mark.requirement("003-9", "001-5", "001-6")
def test_the_case_asks_the_carrier_by_itself_and_staff_read_what_it_answers(
    stack: Mapping[str, Any],
) -> None:
    number = a_number(uuid4().int)
    script_parcel(stack, number)
    report = {
        "incident": {"kind": "untraceable", "details": {"searched_where": "operator"}},
        "shipment": {**SHIPMENT, "tracking_number": number},
        "items": [{"name": "scarf", "unit_value": {"amount": "260.00", "currency": "CNY"}}],
        "reporter": {"role": "sender", "name": "李雷", "email": f"{number}@example.org"},
    }
    walk = Walk(stack=stack, say=lambda _: None)
    opened = walk.ask("POST", "/v1/cases", report)
    walk.case_id, walk.token = opened["id"], opened["token"]

    inquiry = told(stack, DESK, number)
    assert history(walk).count("InquirySent") == 1
    assert "李雷" not in inquiry["BodyText"]
    answer = written(DESK, "该邮件已离开广州。", to=own_address(stack, walk.case_id))
    deliver(stack, with_photos(answer))

    agent, path = token(stack, "agent"), f"/v1/staff/cases/{walk.case_id}/messages"

    def noted() -> Any:
        rows = outcome(stack, "GET", path, bearer=agent).json()["data"]
        return [row for row in rows if row["channel"] == "carrier"] or None

    (note,) = until(noted, within=180.0)
    assert (note["text"], note["is_internal"], len(note["evidence"])) == (
        "该邮件已离开广州。",
        True,
        2,
    )
    thread = walk.ask("GET", f"/v1/cases/{walk.case_id}/messages")["data"]
    assert "广州" not in str([row["text"] for row in thread])

    def owed() -> list[str]:
        rows = outcome(stack, "GET", "/v1/staff/work?kind=reply", bearer=agent).json()["data"]
        return [one["because"] for one in rows if one["case_id"] == walk.case_id]

    assert until(lambda: owed() or None, within=60.0) == ["carrier_answered"]
